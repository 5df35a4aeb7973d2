from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from annotator.lib.latin import in_latin
from annotator.schemas.ready import DEFAULT, ready_templates
from annotator.users.models import ConfidenceShown, GoldRule, Openness, Project, QueueOrder

# Labels that are written on the page, in place of a ready template.
OWN_LABELS = "own"
_ANNOTATORS = forms.IntegerField(
    min_value=1,
    max_value=5,
    initial=1,
    label=_("Annotators per article"),
    help_text=_("With two or more, each works blind and a reviewer decides where they differ."),
)


class NewProjectForm(forms.Form):
    name = forms.CharField(max_length=200, label=_("Name"))
    slug = forms.SlugField(
        max_length=64,
        required=False,
        label=_("Short name"),
        help_text=_(
            "Used in addresses and in the API: letters, digits and hyphens. Left empty, it is made "
            "from the name. It cannot be changed later."
        ),
    )
    template = forms.ChoiceField(label=_("Label schema"))
    labels = forms.CharField(
        required=False,
        max_length=20_000,
        label=_("Labels"),
        help_text=_("With commas between, or one a line: PERSON, ORG, PLACE."),
        widget=forms.Textarea({"rows": 3}),
    )
    annotators_per_article = _ANNOTATORS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        field.initial = DEFAULT
        names = [OWN_LABELS, *ready_templates()]
        field.choices = [(name, name) for name in names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("slug") and "slug" not in self.errors and data.get("name"):
            data["slug"] = slugify(in_latin(data["name"]))[:64].strip("-")
            if not data["slug"]:
                self.add_error("slug", _("Give a short name in Latin letters."))
        if data.get("slug") == "new":
            self.add_error("slug", _("This short name is taken by the site itself. Choose another."))
        labels = _names(data.pop("labels", ""))
        if data.get("template") == OWN_LABELS:
            data["schema"] = {"labels": [{"name": name} for name in labels]}
            if not labels:
                self.add_error("labels", _("Write at least one label."))
        return data


def _names(written: str) -> list[str]:
    """Names of labels, each once. None has a space in it: what has is written as our own labels are."""
    names = ("_".join(one.split()) for one in re.split(r"[,;\n]", written))
    return list(dict.fromkeys(name for name in names if name))


class ProjectSettingsForm(forms.Form):
    name = forms.CharField(max_length=200, label=_("Name"))
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("One or two sentences."),
    )
    guidelines = forms.CharField(
        label=_("Guidelines"),
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea({"class": "tall"}),
        help_text=_("What annotators go by, in Markdown. Shown on the overview and in the editor."),
    )
    annotators_per_article = _ANNOTATORS
    gold_rule = forms.ChoiceField(
        choices=GoldRule.choices,
        widget=forms.RadioSelect,
        label=_("Who decides what is gold"),
        help_text=_(
            "It is asked when two or more annotators of an article have handed in. What a reviewer has "
            "begun with stays with them."
        ),
    )
    readers_shown = forms.BooleanField(
        required=False,
        label=_("Show reviewers who said what"),
        help_text=_(
            "Else annotators are A, B, C to whoever settles their disagreements, in another order for "
            "every article, so that it is the reading that is judged."
        ),
    )
    queue_order = forms.ChoiceField(
        choices=QueueOrder.choices,
        label=_("Order of the queue"),
        help_text=_("What an annotator is given next. Orders by gain and ease are renewed as work goes on."),
    )
    preannotate = forms.BooleanField(
        required=False,
        label=_("Pre-annotate new articles"),
        help_text=_("The project's engines suggest entities for every new article without being asked."),
    )
    confidence_shown = forms.ChoiceField(
        choices=ConfidenceShown.choices,
        widget=forms.RadioSelect,
        label=_("How sure an engine is, shown to annotators"),
        help_text=_("Numbers are quick to trust. Who sees none looks closer; bands are in between."),
    )
    overlap_share = forms.IntegerField(
        min_value=0,
        max_value=100,
        label=_("Articles with more than one annotator, in percent"),
        help_text=_(
            "Where the number above is 2 or more, this share of the articles gets so many annotators, "
            "and the others get one. A tenth is often enough to know how well people agree, at little more "
            "than the work of one each. Which ones is drawn by lot; more join when the share grows. 100 "
            "is all."
        ),
    )
    openness = forms.ChoiceField(
        choices=Openness.choices,
        widget=forms.RadioSelect,
        label=_("Annotators may read what others have handed in"),
        help_text=_(
            "Agreement between people who could read each other says nothing. Reading afterwards "
            "teaches, but who then takes their work back has seen the others. Reviewers and managers "
            "always may."
        ),
    )
    lease_days = forms.IntegerField(
        min_value=0,
        max_value=365,
        label=_("Days until an article that is left alone goes back"),
        help_text=_(
            "What somebody took and has not touched for so long is free for others again; what "
            "they did there is kept. Articles that a manager gave stay with them. 0 is never."
        ),
    )
    blind_share = forms.IntegerField(
        min_value=0,
        max_value=50,
        label=_("Articles without suggestions, in percent"),
        help_text=_(
            "Who always has suggestions gets used to nodding at them. Some articles without show what "
            "suggestions change, for better or worse; annotators are told which. 0 is none."
        ),
    )
    planted_share = forms.IntegerField(
        min_value=0,
        max_value=10,
        label=_("Suggestions that are wrong on purpose, in percent"),
        help_text=_(
            "Shows who looks. Annotators are told that there are some, and on submitting which they "
            "accepted; those are taken out again and never get into gold, exports or training. Such "
            "suggestions stand in articles given out from now on; 0 is none, and hides those that are open."
        ),
    )
    practice_articles = forms.IntegerField(
        min_value=0,
        max_value=50,
        label=_("Practice articles before real work"),
        help_text=_(
            "So many exercises an annotator hands in, and sees the answers of, before the queue opens. You "
            "choose them under Training. 0 is none. Whoever has handed in real articles before is exempt."
        ),
    )
    pass_mark = forms.IntegerField(
        min_value=0,
        max_value=100,
        label=_("Pass mark of the test, in percent"),
        help_text=_(
            "The mean F1 of entities, exact, over all test articles that an annotator needs before the queue "
            "opens. 0 is no test. You can let people through who fall short."
        ),
    )
    carries_over = forms.BooleanField(
        required=False,
        label=_("Carry work over within a story"),
        help_text=_(
            "What becomes gold is suggested in the reprints and updates that are not finished, within a "
            "minute; and what an annotator has handed in is suggested to them, and to nobody else, in those "
            "that they are given. Only on words that are the same."
        ),
    )
    known_share = forms.IntegerField(
        min_value=0,
        max_value=100,
        label=_("Known articles among the work, in percent"),
        help_text=_(
            "So often an annotator is given an article whose gold is known, and which looks like any "
            "other: it shows how well work is done, without counting as work. You choose them under Known "
            "articles; nobody gets one twice. Annotators are told that there are some. 0 is none."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    @classmethod
    def initial_of(cls, project: Project) -> dict[str, Any]:
        return {name: getattr(project, name) for name in cls.base_fields}

    @property
    def changes(self) -> dict[str, Any]:
        """What is to be set. The page says of each field what stood there when it was opened: what was left
        alone since is left alone here, for somebody else may have changed it meanwhile."""
        told = {name for name in self.fields if self[name].html_initial_name in self.data}
        left_alone = told.difference(self.changed_data)
        return {name: value for name, value in self.cleaned_data.items() if name not in left_alone}
