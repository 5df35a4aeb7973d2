"""The versions of a text: which one counts, and which there were."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import F, Q
from django.http import Http404
from django.utils.translation import gettext

from annotator.lib.errors import Refused
from annotator.users.models import Project
from articles.models import Article, Correction


class TextCorrected(Refused, Http404):
    """The text was corrected meanwhile, or a correction of it was taken back: the work goes on at `article`
    (an id)."""

    def __init__(self, article: int) -> None:
        super().__init__(
            gettext("The text of this article was corrected meanwhile. Go on with the text as it is now.")
        )
        self.article = article


@dataclass(frozen=True)
class TextVersion:
    """One text of an article. `correction` is how it came about, None for the first text."""

    number: int
    article: Article
    correction: Correction | None
    is_current: bool


# From one text to the next: both article ids, and whether that is back to the text before a correction.
Step = tuple[int, int, bool]


def text_that_counts(article_id: int) -> int:
    """The id of the article that holds the text as it is now; of an article that was never corrected, its
    own."""
    return next((target for _, target, _ in reversed(list(_steps(article_id)))), article_id)


def way_between(article_id: int, current: int) -> list[Step]:
    """The steps from one text of an article to another, in order. None where one does not lead to the
    other."""
    steps = list(_steps(article_id))
    ends = [target for _, target, _ in steps]
    return steps[: ends.index(current) + 1] if current in ends else []


def require_current(article: Article) -> None:
    """Raises TextCorrected where work goes on with another text."""
    current = text_that_counts(article.pk)
    if current != article.pk:
        raise TextCorrected(current)


def _steps(article_id: int) -> Iterator[Step]:
    while following := _following(article_id):
        yield following
        article_id = following[1]


def _following(article_id: int) -> Step | None:
    """A text that was taken back leads to the one before it, and any other to the correction that stands."""
    made_it = Q(article=article_id, undone_at__isnull=False)
    took_its_place = Q(corrected=article_id, undone_at__isnull=True)
    pairs = Correction.objects.filter(made_it | took_its_place).order_by(F("undone_at").desc(nulls_last=True))
    for article, corrected in pairs.values_list("article", "corrected")[:1]:
        is_back = article == article_id
        return article_id, corrected if is_back else article, is_back
    return None


def version_number(article: Article) -> int:
    """1 for a text that no correction made."""
    found = Correction.objects.filter(article=article).values_list("number", flat=True).first()
    return found or 1


def correctable(project: Project, external_ids: Collection[str]) -> dict[str, tuple[int, set[str]]]:
    """By external id: the article that has it, and the SHA-256 of all texts that the article has had."""
    rows = Article.objects.of(project).filter(external_id__in=external_ids)
    found = {name: (pk, {sha256}) for name, pk, sha256 in rows.values_list("external_id", "pk", "sha256")}
    corrected = set(Correction.objects.filter(article__in=rows).values_list("article", flat=True))
    for article in rows.filter(pk__in=corrected).select_related("project").defer("text"):
        found[article.external_id][1].update(one.article.sha256 for one in versions_of(article))
    return found


def versions_of(article: Article) -> list[TextVersion]:
    """All texts that the article has had, the newest first; `article` is any of them. What was taken back is
    among them."""
    ids = {article.pk}
    while more := _beside(ids) - ids:
        ids |= more
    made = {one.article_id: one for one in _corrections_of(ids)}
    current = text_that_counts(article.pk)
    articles = Article.objects.filter(pk__in=ids).defer("text").select_related("project")
    versions = [
        TextVersion(made[one.pk].number if one.pk in made else 1, one, made.get(one.pk), one.pk == current)
        for one in articles
    ]
    return sorted(versions, key=lambda one: one.article.pk, reverse=True)


def _beside(ids: set[int]) -> set[int]:
    pairs = Correction.objects.filter(Q(article__in=ids) | Q(corrected__in=ids))
    return {id_ for pair in pairs.values_list("article", "corrected") for id_ in pair}


def _corrections_of(ids: set[int]) -> list[Correction]:
    return list(Correction.objects.filter(article__in=ids).select_related("made_by", "undone_by"))
