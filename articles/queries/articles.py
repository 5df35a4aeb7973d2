"""Finding articles: the same filters serve the page, the API, exports and runs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import regex
from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from annotator.lib.errors import Invalid
from annotator.lib.plans import planned_without
from annotator.users.models import Project, User
from annotator.users.permissions import Permission, check
from articles.models import Article, Layer, Span, Status
from articles.models.articles import UNDATED
from articles.models.searched_texts import WITHOUT_SPACES
from articles.queries.known_gold.exercises import with_hidden_answers
from articles.queries.known_gold.known_articles import shown_articles
from articles.queries.pages import Ordering
from articles.queries.suggestions.blind import with_hidden_engines
from articles.queries.threads import having_open_threads

# What a caller may order by, and nothing else.
ORDERINGS = {
    "id": Ordering("id"),
    "-id": Ordering("id", descending=True),
    "published_on": Ordering("published"),
    "-published_on": Ordering("published", descending=True),
}
# From so many articles on a search first looks whether its words are rare, and from so few hits on they are.
MANY, FEW = 100_000, 2_000
_WORD = regex.compile(r"\w+")
_NO_SPACES = regex.compile(WITHOUT_SPACES)
_ENTIRE = regex.compile(r"[\p{L}\p{Nd}]+\Z")


@dataclass(frozen=True)
class ArticleFilter:
    """What to look for. Empty fields do not narrow. `label` is one that the gold or an engine's layer has;
    `comments` is `open` (unresolved threads that the user may read) or `mentions` (that mention the user);
    `twins` is `only` (articles that nearly repeat another) or `without` (those that do not)."""

    q: str = ""
    status: str = ""
    label: str = ""
    language: str = ""
    published_after: date | None = None
    published_before: date | None = None
    mine: bool = False
    comments: str = ""
    twins: str = ""


def find_articles(project: Project, wanted: ArticleFilter, *, user: User) -> QuerySet[Article]:
    """The articles of the project that fit and that the user may find. Labels are looked up only in layers
    that the user may see."""
    dates = (wanted.published_after, wanted.published_before)
    shown: Any = shown_articles(project, user)
    rows: QuerySet[Article] = shown.published_between(*dates)
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.mine:
        rows = rows.filter(assignments__user=user)
    if wanted.comments:
        rows = rows.filter(having_open_threads(user, mentioning=wanted.comments == "mentions"))
    if wanted.twins:
        rows = rows.filter(twin__isnull=wanted.twins == "without")
    if wanted.label:
        rows = rows.filter(_has_label(project, wanted.label, user))
    if wanted.q:
        rows = matching(rows, wanted.q)
    return rows


def require_articles(project: Project, ids: Collection[int]) -> list[int]:
    """These ids, each once. Raises Invalid when one is of no article of the project that is in use."""
    there = list(Article.objects.of(project).filter(pk__in=ids).values_list("pk", flat=True))
    missing = set(ids).difference(there)
    if missing:
        words = _("The project has no article %(number)s. Nothing was done.")
        raise Invalid(words % {"number": min(missing)})
    return there


def ordered(rows: QuerySet[Article], ordering: Ordering) -> QuerySet[Article]:
    """Rows with the key that `ordering` needs."""
    return rows.annotate(published=Coalesce("published_on", UNDATED)) if ordering.key == "published" else rows


def without_text(rows: QuerySet[Article]) -> QuerySet[Article]:
    """For lists: the text stays in the database."""
    return rows.defer("text", "metadata")


def rows_of(ids: Collection[int]) -> list[Article]:
    """Articles as lists show them, in the order in which they came in."""
    return list(without_text(Article.objects.filter(pk__in=ids)).order_by("pk"))


def status_counts(project: Project, user: User) -> dict[str, int]:
    """How many of the articles that the user may find have each status."""
    rows = shown_articles(project, user).order_by().values_list("status").annotate(Count("pk"))
    counts = dict(rows)
    return {status: counts.get(status, 0) for status in Status.values}


def languages(project: Project) -> list[str]:
    """The languages that occur in the project."""
    return Article.objects.of(project).languages()


def recent_languages() -> list[str]:
    """The languages of the newest articles of all projects."""
    newest = Article.objects.order_by("-pk").values("language")[:2000]
    return sorted({row["language"] for row in newest} - {""})


def texts_there(
    project: Project, *, external_ids: Sequence[str], digests: Sequence[str]
) -> set[tuple[str, str]]:
    """External id and SHA-256 of the project's articles that have one of these external ids or one of these
    digests. It is asked by joins, which use the indexes also while a long import fills an empty table and the
    planner has no statistics yet."""
    with connection.cursor() as cursor:
        cursor.execute(_THERE, [list(external_ids), project.pk, list(digests), project.pk])
        return set(cursor.fetchall())


_THERE = """
SELECT a.external_id, a.sha256 FROM unnest(%s::text[]) AS wanted (external_id)
JOIN articles_article a ON a.project_id = %s AND a.external_id = wanted.external_id AND a.external_id <> ''
UNION ALL
SELECT a.external_id, a.sha256 FROM unnest(%s::text[]) AS wanted (sha256)
JOIN articles_article a ON a.project_id = %s AND a.sha256 = wanted.sha256
"""


def matching(rows: QuerySet[Article], q: str) -> QuerySet[Article]:
    """Articles that match a search: all its words, of which the last may be incomplete. Text in quotes, or in
    a script without spaces, is looked for as it stands."""
    q = q.strip()
    quoted = len(q) > 2 and q[0] == q[-1] == '"'
    if _NO_SPACES.search(q):
        return holding_text(rows, q.strip('"'))
    if quoted:
        return _holding(rows, q.strip('"'))
    words = _WORD.findall(q)
    return _with_words(rows, words) if words else holding_text(rows, q)


def holding_text(rows: QuerySet[Article], text: str) -> QuerySet[Article]:
    """Articles that contain exactly this text, in capitals or not, also inside words."""
    where = "search__unspaced" if _NO_SPACES.search(text) else "text"
    return rows.filter(**{f"{where}__icontains": text})


def _holding(rows: QuerySet[Article], phrase: str) -> QuerySet[Article]:
    """Articles that contain exactly this phrase. The index of words narrows the search by the words of the
    phrase, except the first (it may be the end of a longer word) and those with signs (the index may cut them
    otherwise)."""
    sure = [one for one in phrase.split()[1:] if _ENTIRE.match(one)]
    narrowed = _with_words(rows, sure) if sure else rows
    return narrowed.filter(text__icontains=phrase)


def holding_words(rows: QuerySet[Article], words: list[str]) -> QuerySet[Article]:
    """Articles that contain all these words, each as a whole word. Very long articles are always among them,
    because only their beginning is indexed."""
    query = SearchQuery(" & ".join(f"'{word}'" for word in words), search_type="raw", config="simple")
    return rows.filter(Q(search__words=query) | Q(search__is_whole=False))


def _with_words(rows: QuerySet[Article], words: list[str]) -> QuerySet[Article]:
    terms = [*(f"'{word}'" for word in words[:-1]), f"'{words[-1]}':*"]
    query = " & ".join(terms)
    found = _rare(query, terms)
    if found is not None:
        return rows.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [found]))
    return rows.filter(search__words=SearchQuery(query, search_type="raw", config="simple"))


def _rare(query: str, terms: list[str]) -> list[int] | None:
    """The articles of all projects that the query finds, if they are few among many; else None.

    The planner takes rare words for more frequent than they are. It then reads the list from its beginning,
    unpacking the words of each article, until a page is full: among a million articles that takes a quarter
    of a second. It knows how frequent the frequent words are, and for them that way is quick.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'articles_searchedtext'::regclass")
        count = cursor.fetchone()[0]
        if count < MANY or all(_expected(cursor, term) > count / 100 for term in terms):
            return None
        with planned_without("seqscan", "indexscan"):
            cursor.execute(f"{_HOLDING} LIMIT %s", [query, FEW + 1])
            found = [pk for (pk,) in cursor.fetchall()]
    return found if len(found) <= FEW else None


def _expected(cursor: CursorWrapper, query: str) -> float:
    """How many articles the planner expects the query to find."""
    cursor.execute(f"EXPLAIN (FORMAT JSON) {_HOLDING}", [query])
    plan: list[dict[str, Any]] = cursor.fetchone()[0]
    return float(plan[0]["Plan"]["Plan Rows"])


_HOLDING = "SELECT article_id FROM articles_searchedtext WHERE words @@ to_tsquery('simple', %s)"


def _has_label(project: Project, label: str, user: User) -> Q:
    """Whether gold or an engine has the label. Layers that are hidden from the user do not count: the search
    would tell what they say."""
    spans = Span.objects.filter(layer__article=OuterRef("pk"), label=label)
    gold = Q(Exists(spans.filter(layer__kind=Layer.Kind.GOLD, layer__approved_at__isnull=False)))
    suggested = Q(Exists(spans.filter(layer__kind=Layer.Kind.ENGINE)))
    if not check(user, Permission.VIEW_ALL_LAYERS, project):
        suggested &= ~with_hidden_engines(project, user)
        gold &= ~with_hidden_answers(project, user)
    return gold | suggested
