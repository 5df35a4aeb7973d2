"""What queries say to people without Django. Made by `make messages`."""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _(" %(left_out)s more could not be used: outside the text, or with a label that the schema has not."),
    _("%(label)s: type it again, or take it away. It is kept for another %(meant_for)s than this, and sent nowhere else."),
    _("%(name)s has learned the old names: what it suggests is put under the new ones, until it learns again."),
    _("%(name)s is a secret: give it among the secrets, not among the settings."),
    _("%(name)s: %(lines)s of its settings get the new names."),
    _("%(words)s the names of their time."),
    _("It has learned nothing yet. It does so by itself once there is enough gold."),
    _("It is linked to others. Open the article to remove it with its relations."),
    _("It learns first, and can be tried as soon as it has learned something."),
    _("It works: the answer took %(value)s seconds and found %(spans)s in %(read)s."),
    _("Nobody has submitted this article, so there is no gold of it yet."),
    _("The %(releases)s releases keep"),
    _("The key that is kept cannot be opened any more, because SECRET_KEY changed. Type it again."),
    _("The other engines that are on suggest nothing in this article, so there is nothing to merge. Let them read it first, or choose another one."),
    _("The release keeps"),
    _("The test failed. %(error)s"),
    _("There is no secret %(name)s."),
    _("There is no setting %(name)s."),
    _("This article is approved."),
    _("You are not at work on this article. Only articles that you have taken can be changed."),
    _("You skipped this article."),
    _("You submitted this article. Reopen it to change it."),
    _("the sentence “%(text)s”"),
)
