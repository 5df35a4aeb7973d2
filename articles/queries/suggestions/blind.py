"""The blind control: a share of articles is given without suggestions, to see what suggestions change."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, Value
from django.db.models.lookups import LessThan
from django.utils.translation import gettext

from annotator.users.models import Project, User
from articles.domain.assignments.draws import is_drawn
from articles.engines.registry import holding_kinds
from articles.models import Article, Assignment, ProjectEngine, Status


def is_drawn_blind(project: Project, article_id: int, user: User) -> bool:
    """Whether this person is given this article blind: drawn by lot with the project's share, where engines
    suggest anything."""
    return is_drawn(project.blind_share, article_id, user.pk) and _has_engines(project)


def blind_lot(project: Project) -> Callable[[int, int], bool]:
    """The same for many: what the lot says of an article and a person, by their ids."""
    share = project.blind_share if _has_engines(project) else 0
    return lambda article_id, user_id: is_drawn(share, article_id, user_id)


def works_blind(article: Article, user: User) -> bool:
    """Whether an annotator gets no suggestions here, until the article is gold: who could see what engines
    say as soon as they have handed it in could take it back and be blind no more.

    Who has not claimed the article yet gets none either where they would be given it blind: what has been
    seen cannot be unseen.
    """
    if article.status == Status.GOLD:
        return False
    mine = Assignment.objects.of(user).filter(article=article).first()
    return mine.blind if mine else is_drawn_blind(article.project, article.pk, user)


def given_blind(project: Project, user: User) -> Q:
    """The articles of the project in which the user works blind, as a condition: what `works_blind` says."""
    mine = Assignment.objects.of(user).filter(article=OuterRef("pk"))
    begun, unfinished = Q(Exists(mine.filter(blind=True))), ~Q(status=Status.GOLD)
    if not (project.blind_share and _has_engines(project)):
        return unfinished & begun
    lot = LessThan(_lot(user), project.blind_share)
    return unfinished & (begun | Q(~Exists(mine), lot))


def engines_are_hidden(article: Article, user: User) -> bool:
    """Whether an annotator may not read engines' layers until the article is gold: they work blind, or are
    shown suggestions that are wrong on purpose, which whoever can compare them with the layers would know."""
    if article.project.planted_share and article.status != Status.GOLD:
        return True
    return works_blind(article, user)


def with_hidden_engines(project: Project, user: User) -> Q:
    """The articles of the project of which `engines_are_hidden` says so, as a condition."""
    return ~Q(status=Status.GOLD) if project.planted_share else given_blind(project, user)


def _lot(user: User) -> Func:
    """The number that `domain.assignments.draws.is_drawn` compares: the first eight bytes of a digest modulo
    100, here by halves, because PostgreSQL has no such numbers without a sign."""
    return Func(
        F("pk"),
        Value(f":{user.pk}"),
        template="""(SELECT mod(mod(high, 100) * 96 + low, 100) FROM (
            SELECT ('x' || substr(digest, 1, 8))::bit(32)::bigint AS high,
                ('x' || substr(digest, 9, 8))::bit(32)::bigint AS low
            FROM encode(sha256(convert_to(concat(%(expressions)s), 'UTF8')), 'hex') AS digest) AS halves)""",
        output_field=IntegerField(),
    )


def about_blind(project: Project) -> str:
    """What an annotator is told who gets no suggestions."""
    often = round(100 / project.blind_share) if project.blind_share else 0
    if not often:
        return gettext("This article comes without suggestions: some do, to see what suggestions change.")
    return gettext(
        "This article comes without suggestions: one in %(often)s does, to see what suggestions change."
    ) % {"often": often}


def _has_engines(project: Project) -> bool:
    enabled = ProjectEngine.objects.filter(project=project, enabled=True)
    return enabled.exclude(kind__in=holding_kinds()).exists()
