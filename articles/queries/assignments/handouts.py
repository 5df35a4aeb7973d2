"""Giving articles to people: who would get what, and what came of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, QuerySet
from django.utils.translation import gettext

from annotator.lib.errors import Refused
from annotator.users.models import Membership, Project, User
from annotator.users.permissions import Permission, roles_with
from articles.domain.assignments.dealing import ArticleRoom, deal
from articles.models import Article, Assignment, Handout, Status
from articles.queries.assignments.standing import wanted_of

MOST_AT_ONCE = 10_000


@dataclass(frozen=True)
class HandoutPlan:
    """`pairs` of article and person. `full` are articles without room, `left` those with room for which
    nobody is left who did not have them before; both by id."""

    pairs: Sequence[tuple[int, int]]
    full: Sequence[int]
    left: Sequence[int]

    @property
    def articles(self) -> int:
        """How many articles go to somebody."""
        return len({article for article, _ in self.pairs})

    @property
    def shares(self) -> Mapping[int, int]:
        """How many each person gets, by their id."""
        return Counter(person for _, person in self.pairs)


def plan_handout(
    project: Project, articles: Sequence[int], weights: Mapping[str, int], each: int
) -> HandoutPlan:
    """What giving these articles, in this order, to these people (by user name, with the weights of their
    shares) would come to. Raises Refused."""
    if len(articles) > MOST_AT_ONCE:
        raise Refused(
            gettext("Give at most %(most_at_once)s articles at once. Narrow the choice.")
            % {"most_at_once": intcomma(MOST_AT_ONCE)}
        )
    rooms = _rooms(project, articles)
    pairs = deal(rooms, sharers(project, weights), each)
    served = {article for article, _ in pairs}
    full = [one.article for one in rooms if not one.room]
    left = [one.article for one in rooms if one.room and one.article not in served]
    return HandoutPlan(pairs, full, left)


def articles_to_give(
    rows: QuerySet[Article], *, numbers: Collection[int] = (), at_most: int | None = None
) -> list[int]:
    """The ids of the articles to give: those with these numbers, or else all that are not gold. Those with
    room come first, and among them the oldest. There are more than can be given at once only if so many have
    room."""
    rows = rows.filter(pk__in=numbers) if numbers else rows.exclude(status=Status.GOLD)
    found = rows.order_by("-has_room", "pk").values_list("pk", "has_room")[: at_most or MOST_AT_ONCE + 1]
    roomy = [pk for pk, has_room in found if has_room]
    full = [pk for pk, has_room in found if not has_room]
    return roomy + full[: max(0, MOST_AT_ONCE - len(roomy))]


@dataclass(frozen=True)
class Share:
    """What one person would get, and has in hand already."""

    user: User
    gets: int
    has: int


def shares_of(project: Project, plan: HandoutPlan) -> list[Share]:
    """By user name."""
    people = User.objects.filter(pk__in=plan.shares.keys()).order_by("username")
    claims = Assignment.objects.unfinished().filter(article__project=project, user__in=people)
    has = dict(claims.order_by().values_list("user").annotate(Count("pk")))
    return [Share(one, plan.shares[one.pk], has.get(one.pk, 0)) for one in people]


def sharers(project: Project, weights: Mapping[str, int]) -> dict[int, int]:
    """Weights above 0 by the ids of people, in order of their user names. Raises Refused."""
    able = {row.user.username: row.user for row in able_to_annotate(project)}
    unable = sorted(name for name, weight in weights.items() if weight > 0 and name not in able)
    if unable:
        raise Refused(
            gettext("Only active members who may annotate can be given articles, not %(unable)s.")
            % {"unable": ", ".join(unable)}
        )
    people = {one.pk: weights[name] for name, one in able.items() if weights.get(name, 0) > 0}
    if not people:
        raise Refused(gettext("Choose at least one person, with a share above 0."))
    return people


def able_to_annotate(project: Project) -> list[Membership]:
    """The active members who may annotate, by user name."""
    roles = roles_with(Permission.ANNOTATE)
    rows = Membership.objects.filter(project=project, role__in=roles, user__is_active=True)
    return list(rows.select_related("user").order_by("user__username"))


def latest_handouts(project: Project) -> list[Handout]:
    return list(Handout.objects.filter(project=project).select_related("by")[:10])


def _rooms(project: Project, articles: Sequence[int]) -> list[ArticleRoom]:
    """Articles of the project in this order; others are passed over."""
    rows = Article.objects.of(project).filter(pk__in=articles).values_list("pk", "status")
    statuses = dict(rows)
    room = {pk: wanted_of(project, pk) for pk in statuses}
    had = defaultdict[int, set[int]](set)
    for claim in Assignment.objects.filter(article__in=statuses.keys()):
        room[claim.article_id] -= claim.takes_room
        if claim.returned_at is None:
            had[claim.article_id].add(claim.user_id)
    return [
        ArticleRoom(pk, 0 if statuses[pk] == Status.GOLD else max(room[pk], 0), frozenset(had[pk]))
        for pk in articles
        if pk in statuses
    ]
