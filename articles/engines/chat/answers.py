"""What a model answers: the text of its turn, the mentions in it, and the tokens it took."""

from __future__ import annotations

import json
from typing import Any

from articles.engines.base import EngineError
from articles.engines.chat.alignment import Mention
from articles.engines.web.exchange import Unanswered

# Models that think aloud do so before they answer.
_THOUGHT = "</think>"
_MOST_ATTEMPTS = 50


def content_of(answer: Any) -> str:
    """The text of the first choice. Raises Unanswered when the answer is not of this API, EngineError when
    the model did not finish."""
    try:
        choice = answer["choices"][0]
        content = choice["message"]["content"]
    except (LookupError, TypeError):
        raise Unanswered(
            "The service does not answer as a chat endpoint does: choices[0].message is missing."
        ) from None
    if isinstance(choice, dict) and choice.get("finish_reason") == "length":
        raise EngineError("The model reached its longest answer before it was done.")
    if not isinstance(content, str):
        raise EngineError("The model refused to answer, or answered with something else than text.")
    return content


def tokens_of(answer: Any, sent: int, received: int) -> int:
    """The tokens that the service counted. Where it does not: one for four characters either way."""
    usage = answer.get("usage") if isinstance(answer, dict) else None
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    if isinstance(total, int) and not isinstance(total, bool) and total > 0:
        return total
    return (sent + received) // 4


def mentions_in(content: str) -> tuple[list[Mention], int]:
    """The mentions of an answer, and how many entries are none. Words around the JSON do not matter.

    Raises EngineError when there is no list of mentions in it.
    """
    listed = _listed(content.rpartition(_THOUGHT)[2])
    if listed is None:
        raise EngineError(f"There is no list of mentions in the model's answer: {content.strip()[:120]!r}.")
    mentions = [mention for one in listed if (mention := _mention(one))]
    return mentions, len(listed) - len(mentions)


def _listed(content: str) -> list[Any] | None:
    decoder, at = json.JSONDecoder(), -1
    for _ in range(_MOST_ATTEMPTS):
        at = min((place for mark in "{[" if (place := content.find(mark, at + 1)) >= 0), default=-1)
        if at < 0:
            return None
        try:
            found, _ = decoder.raw_decode(content, at)
        except (ValueError, RecursionError):
            continue
        listed = found.get("mentions") if isinstance(found, dict) else found
        if isinstance(listed, list):
            return listed
    return None


def _mention(entry: Any) -> Mention | None:
    match entry:
        case {"text": str(text), "label": str(label)}:
            number = entry.get("occurrence", 1)
            usable = isinstance(number, int) and not isinstance(number, bool)
            return Mention(text, label.strip(), number if usable else 1)
    return None
