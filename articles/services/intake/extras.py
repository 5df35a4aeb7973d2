"""What else articles bring along: comments and tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import orjson

from annotator.lib.copying import copy_rows
from annotator.users.models import Project, User
from articles.formats.base import ParsedArticle, Remark, Talk
from articles.models.threads import MAX_COMMENT_LENGTH

_THREADS = """COPY articles_thread (id, article_id, start, "end", span, created_at, resolved_at,
resolved_by_id) FROM STDIN"""
_COMMENTS = "COPY articles_comment (id, thread_id, author_id, text, created_at) FROM STDIN"
_TOKENS = "COPY articles_tokenization (article_id, data) FROM STDIN"

Numbered = Iterable[tuple[int, ParsedArticle]]


def store_tokens(articles: Numbered) -> None:
    rows = [(id_, orjson.dumps(asdict(one.tokens)).decode()) for id_, one in articles if one.tokens]
    if rows:
        copy_rows(_TOKENS, rows)


def store_talks(articles: Numbered, *, project: Project, by: User | None) -> None:
    """Comments keep their words, their time and, when a member has that name, their author; those of
    strangers are the importer's, with the name before the words."""
    talks = [(id_, talk) for id_, one in articles for talk in one.talks if talk.remarks]
    if not talks or by is None:
        return
    members = dict(project.memberships.values_list("user__username", "user_id"))
    threads = [(uuid4(), article, talk) for article, talk in talks]
    copy_rows(_THREADS, (_thread_row(id_, article, talk, by) for id_, article, talk in threads))
    copy_rows(_COMMENTS, (row for id_, _, talk in threads for row in _comment_rows(id_, talk, members, by)))


def _thread_row(id_: Any, article: int, talk: Talk, by: User) -> tuple[Any, ...]:
    now = datetime.now(UTC)
    resolved = (now, by.pk) if talk.resolved else (None, None)
    return (id_, article, talk.start, talk.end, talk.span, _time(talk.remarks[0]) or now, *resolved)


def _comment_rows(thread: Any, talk: Talk, members: dict[str, int], by: User) -> Iterator[tuple[Any, ...]]:
    for remark in talk.remarks:
        author = members.get(remark.author)
        named = f"{remark.author}: {remark.text}" if remark.author and author is None else remark.text
        when = _time(remark) or datetime.now(UTC)
        yield uuid4(), thread, author or by.pk, named[:MAX_COMMENT_LENGTH] or "…", when


def _time(remark: Remark) -> datetime | None:
    """None for what is no time, and for a year so early or late that a time zone could move it out of
    Python's range."""
    try:
        when = datetime.fromisoformat(remark.created_at)
    except ValueError:
        return None
    if not 1 < when.year < 9999:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
