"""What engines learn from and are measured on: approved gold of articles that are not archived."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from django.db.models import Exists, OuterRef, QuerySet

from annotator.schemas.queries import published_version
from annotator.users.models import Project
from articles.domain.spans import Span
from articles.models import Article, KnownArticle, Layer
from articles.models import Span as SpanRow

# What a periodic task drafts at once.
MOST_DRAFTED = 1_000


def gold_articles(project: Project) -> QuerySet[Article]:
    """The articles whose gold is final."""
    return Article.objects.of(project).filter(
        pk__in=Layer.objects.gold().filter(approved_at__isnull=False).values("article")
    )


def to_learn_from(project: Project) -> QuerySet[Article]:
    """Those that engines learn from, once `deal_gold` has dealt them out: not the known ones, which would
    come with better suggestions than other articles."""
    known = KnownArticle.objects.of(project).values("article")
    return gold_articles(project).filter(gold_part__held_out=False).exclude(pk__in=known)


def held_out(project: Project) -> QuerySet[Article]:
    """Those that no engine has learned from, and none will: engines are measured on them."""
    return gold_articles(project).filter(gold_part__held_out=True)


def gold_spans(articles: Iterable[Article], labels: frozenset[str]) -> dict[int, tuple[Span, ...]]:
    """The gold spans with one of these labels of each of the articles, in reading order."""
    found: dict[int, list[Span]] = {one.pk: [] for one in articles}
    rows = SpanRow.objects.filter(
        layer__in=Layer.objects.gold().filter(article__in=list(found)), label__in=labels
    )
    for article, id_, start, end, label, fragments in rows.order_by(
        "start", "-end", "label", "id"
    ).values_list("layer__article", "id", "start", "end", "label", "fragments"):
        pieces = tuple((piece[0], piece[1]) for piece in fragments)
        found[article].append(Span(id_, start, end, label, pieces))
    return {article: tuple(spans) for article, spans in found.items()}


def gold_digest(project: Project) -> str:
    """A digest that changes when articles become gold or are reopened, when gold is edited, and with the
    schema."""
    digest = sha256(b"%d" % published_version(project.pk).number)
    layers = Layer.objects.gold().filter(article__in=gold_articles(project), approved_at__isnull=False)
    for article, version in layers.order_by("article").values_list("article", "version").iterator():
        digest.update(b"/%d:%d" % (article, version))
    return digest.hexdigest()


def waiting_without_draft() -> list[int]:
    """The articles that wait for review and have no gold layer yet, by id, at most MOST_DRAFTED."""
    gold = Layer.objects.gold().filter(article=OuterRef("pk"))
    rows = Article.objects.awaiting_review().filter(~Exists(gold), archived_at__isnull=True)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_DRAFTED])
