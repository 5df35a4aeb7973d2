"""Which gold engines learn from, and which they are measured on and never see."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from annotator.lib.errors import Refused
from annotator.users.models import Project
from articles.models import Article, GoldPart
from articles.queries.exports.splits import Split, parts_of
from articles.queries.gold.approved import gold_articles
from articles.queries.layers.choice import GOLD
from articles.queries.stories.twins import groups_of
from articles.services.twins import catch_up

LEARN, HELD_OUT = "learn", "held-out"
# One article in FIFTH is held out, up to a number at which intervals are narrow enough to tell which engine
# is better.
FIFTH = 5
FEWEST_HELD_OUT, MOST_HELD_OUT = 2, 500


def deal_gold(*, project: Project) -> None:
    """Put each gold article that is in no part yet into one, for good. Running it twice does no harm.

    Near-duplicates share one part. When an article comes that nearly repeats some of both parts, all of them
    are learned from thereafter, because what was learned from can no longer be measured on. Locks the
    project's row when it writes. Raises Refused when the gold is too little, or too much alike, for both
    parts.
    """
    catch_up(project=project)
    while not _deal(project):
        pass


def _deal(project: Project) -> bool:
    """False when another process has dealt in the meantime: then it has to be done again."""
    dealt = _dealt(project)
    parts = _parts(project, dealt)
    if len(parts[HELD_OUT]) < FEWEST_HELD_OUT or not parts[LEARN]:
        raise Refused(
            _(
                "At least %(fewest_held_out)s articles that nearly repeat no other are needed "
                "to measure on. Approve some that differ."
            )
            % {"fewest_held_out": FEWEST_HELD_OUT}
        )
    with transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if _dealt(project) != dealt:
            return False
        _store(parts, dealt)
    return True


def _dealt(project: Project) -> dict[int, bool]:
    """By the id of each article that is in a part: whether it is held out."""
    return dict(GoldPart.objects.filter(article__project=project).values_list("article", "held_out"))


def _parts(project: Project, dealt: Mapping[int, bool]) -> dict[str, list[int]]:
    """The articles of each part. With few articles or many near-duplicates the held-out part may come out too
    small: then a larger share is asked for, twice."""
    articles = gold_articles(project)
    earlier = _earlier(project, dealt)
    count = articles.count()
    wanted = min(MOST_HELD_OUT, max(FEWEST_HELD_OUT, count // FIFTH))
    for held_out in (wanted, wanted * 3 // 2, wanted * 2):
        shares = {LEARN: max(1, count - held_out), HELD_OUT: held_out}
        parts = parts_of(articles, GOLD, Split(shares), earlier=earlier)
        if len(parts[HELD_OUT]) >= FEWEST_HELD_OUT:
            break
    return parts


def _earlier(project: Project, dealt: Mapping[int, bool]) -> dict[int, str]:
    """The part of every gold article that has one, or nearly repeats one that has."""
    roots = groups_of(Article.objects.filter(project=project))
    of_group: dict[int, bool] = {}
    for article, held_out in dealt.items():
        root = roots[article]
        of_group[root] = held_out and of_group.get(root, True)
    ids = gold_articles(project).values_list("pk", flat=True)
    return {one: HELD_OUT if of_group[roots[one]] else LEARN for one in ids if roots[one] in of_group}


def _store(parts: Mapping[str, list[int]], dealt: Mapping[int, bool]) -> None:
    now = {article: part == HELD_OUT for part, ids in parts.items() for article in ids}
    new = [GoldPart(article_id=one, held_out=part) for one, part in now.items() if one not in dealt]
    GoldPart.objects.bulk_create(new, batch_size=5_000)
    moved = [one for one, part in now.items() if dealt.get(one, part) != part]
    GoldPart.objects.filter(article__in=moved).update(held_out=False)
