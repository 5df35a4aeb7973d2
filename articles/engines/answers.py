"""What engines answer, checked: an engine may be anybody's code, and may spoil no page and no run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, repeat
from operator import index

from articles.domain.spans import Suggestion, problem_with_offsets
from articles.engines.base import ArticleText, Engine, EngineError, EngineUnavailable

# More in one article are a fault of the engine, and would fill the memory.
MOST_SUGGESTIONS = 20_000


def answers_of(name: str, engine: Engine, articles: Sequence[ArticleText]) -> list[list[Suggestion]]:
    """What the engine suggests: one list an article, in their order. Offsets that lie outside the text are
    left out, and a confidence that is none is taken away.

    Raises EngineUnavailable as the engine does, and EngineError for whatever else is wrong; both say `name`.
    """
    try:
        answered = islice(engine.annotate(articles), len(articles) + 1)
        found = [list(islice(one, MOST_SUGGESTIONS + 1)) for one in answered]
        if len(found) != len(articles):
            raise EngineError(_miscounted(len(found), len(articles)))
        return [_sound(one, article) for one, article in zip(found, articles, strict=True)]
    except EngineUnavailable as error:
        raise EngineUnavailable(f"{name}: {error}", may_pass=error.may_pass) from error
    except EngineError as error:
        raise EngineError(f"{name}: {error}") from error
    except (Exception, SystemExit) as error:
        raise EngineError(f"{name} failed: {type(error).__name__}: {error}") from error


def _miscounted(found: int, wanted: int) -> str:
    found_words = f"more than {wanted}" if found > wanted else str(found)
    return (
        f"It answered {found_words} lists of suggestions, not {wanted}: one an article. "
        "Its author must mend that."
    )


def _sound(found: list[Suggestion], article: ArticleText) -> list[Suggestion]:
    if len(found) > MOST_SUGGESTIONS:
        raise EngineError(f"It suggests more than {MOST_SUGGESTIONS:,} spans in one article.")
    length = len(article.text)
    if all(map(_is_sound, found, repeat(length))):
        return found
    mended = [_mended(one) for one in found]
    return [one for one in mended if not problem_with_offsets(one.start, one.end, length)]


def _is_sound(one: Suggestion, length: int) -> bool:
    return (
        type(one) is Suggestion
        and type(one.start) is type(one.end) is int
        and type(one.label) is str
        and 0 <= one.start < one.end <= length
        and (one.confidence is None or (type(one.confidence) is float and 0 < one.confidence <= 1))
    )


def _mended(one: Suggestion) -> Suggestion:
    """With offsets that are plain numbers, and a confidence in (0, 1] or none. Raises EngineError, TypeError
    and ValueError for what is no suggestion at all."""
    if not isinstance(one, Suggestion) or not isinstance(one.label, str):
        raise EngineError(f"It answered {one!r:.200}, which is no suggestion.")
    confidence = None if one.confidence is None else float(one.confidence)
    if confidence is not None and not 0 < confidence <= 1:
        confidence = None
    return replace(one, start=index(one.start), end=index(one.end), confidence=confidence)
