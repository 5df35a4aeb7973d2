"""The test set: choosing its articles, giving copies of them among the work, and scoring what comes back.

Why copies: what an annotator does on one never touches the gold, the agreement or any figure of the real
article, and the copy is an ordinary article to all that they do with it. Why archived ones in the same
project: whatever forgets about them leaves them out, and settings, labels and engines are the project's.
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
    """Put those of these articles into the test set that can join it. Answers how many did."""
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
    """The same for `count` articles by lot. Answers how many there were."""
    drawn = may_be_known(project).order_by("?").values_list("pk", flat=True)[: min(count, MOST_AT_ONCE)]
    return add_known_articles(project=project, articles=list(drawn), by=by)


def remove_known_article(*, known: KnownArticle) -> None:
    """Nobody is given it any more; what people did there stays."""
    KnownArticle.objects.filter(pk=known.pk, removed_at__isnull=True).update(removed_at=timezone.now())


def copy_known_article(*, project: Project, user: User) -> Article | None:
    """As often as the project wants, a new copy of a known article, for this annotator alone; mostly None. It
    is theirs once the caller, who locked the user's row, has assigned it."""
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
    """Somebody goes on with what they had handed in, if it is a copy of a known article."""
    KnownReading.objects.filter(copy=copy).update(**_UNSCORED)
