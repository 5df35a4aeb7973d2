"""The test set: choosing its articles, giving copies of them among the work, and scoring what comes back.

Annotators get copies, so that what they do never touches the gold, the agreement or any figure of the real
article, while the copy behaves like any other article to them. Copies are archived articles of the same
project: code that does not know of them leaves them out, and they have the project's settings, labels and
engines.
"""

from __future__ import annotations

import random
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.users.models import Project, Role, User
from annotator.users.permissions import role_of
from articles.domain.grading import compare
from articles.models import Article, KnownArticle, KnownReading
from articles.queries.answers import answer_of, given_layer, gold_layer
from articles.queries.known_gold.known_articles import engines_readings, may_be_known, next_known
from articles.services.articles import METADATA_FIELDS
from articles.services.runs.layers import write_layers

MOST_AT_ONCE = 1_000
_COPIED = (*METADATA_FIELDS, "external_id", "created_at")
_UNSCORED = {"handed_in_at": None, "in_gold": None, "given": None, "same": None, "overlapping": None}


def add_known_articles(*, project: Project, articles: Collection[int], by: User) -> int:
    """Put these articles into the test set, as far as they can join it. Answers how many did."""
    if len(articles) > MOST_AT_ONCE:
        raise Refused(_("Choose at most %(most)s articles at once.") % {"most": MOST_AT_ONCE})
    with transaction.atomic():
        ids = list(may_be_known(project).filter(pk__in=articles).values_list("pk", flat=True))
        again = KnownArticle.objects.filter(article__in=ids, removed_at__isnull=False)
        again.update(removed_at=None, added_at=timezone.now(), added_by=by)
        new = [KnownArticle(article_id=pk, added_by=by) for pk in ids]
        KnownArticle.objects.bulk_create(new, ignore_conflicts=True)
    return len(ids)


def draw_known_articles(*, project: Project, count: int, by: User) -> int:
    """Put `count` articles into the test set, chosen by lot. Answers how many did."""
    drawn = may_be_known(project).order_by("?").values_list("pk", flat=True)[: min(count, MOST_AT_ONCE)]
    return add_known_articles(project=project, articles=list(drawn), by=by)


def remove_known_article(*, known: KnownArticle) -> None:
    """Take the article out of the test set: nobody is given it any more, and what people did there stays."""
    KnownArticle.objects.filter(pk=known.pk, removed_at__isnull=True).update(removed_at=timezone.now())


def copy_known_article(*, project: Project, user: User) -> Article | None:
    """A new copy of a known article for this annotator alone, in as many of a hundred cases as the project's
    `known_share` says; mostly None. The caller has locked the user's row, and assigns the copy."""
    if random.randrange(100) >= project.known_share or role_of(user, project) != Role.ANNOTATOR:  # noqa: S311
        return None
    known = next_known(project, user)
    if known is None:
        return None
    original = known.article
    copied = {name: getattr(original, name) for name in _COPIED}
    copy = Article.objects.create(
        project=project, text=original.text, sha256=original.sha256, archived_at=timezone.now(), **copied
    )
    copy.refresh_from_db(fields=["length"])
    for engine, version, found in engines_readings(original):
        write_layers(engine=engine, version=version, articles=[copy], suggestions=[found])
    KnownReading.objects.create(known=known, user=user, copy=copy)
    return copy


def score_reading(*, copy: Article) -> None:
    """Hold what was just handed in against gold. The caller holds the lock on the copy's row."""
    reading = KnownReading.objects.select_related("known").get(copy=copy)
    gold = answer_of(gold_layer(reading.known.article_id))
    mine = answer_of(given_layer(copy.pk, reading.user_id))
    found = compare(gold.mentions, mine.mentions)
    KnownReading.objects.filter(pk=reading.pk).update(
        handed_in_at=timezone.now(),
        in_gold=found.in_gold,
        given=found.given,
        same=found.same,
        overlapping=found.overlapping,
    )


def unscore_reading(*, copy: Article) -> None:
    """Take the score of a known article back, because its annotator goes on with it. Harmless for other
    articles."""
    KnownReading.objects.filter(copy=copy).update(**_UNSCORED)
