"""What suggestions are known by."""

from __future__ import annotations

from uuid import UUID

from annotator.lib.ids import named_uuid
from articles.domain.spans import Suggestion

SUGGESTION_NAMESPACE = UUID("6f6a3c2e-5d0b-4c7e-9a39-6a5f0f6d2b11")
_NAMESPACE = SUGGESTION_NAMESPACE.bytes


def suggestion_id(article_id: int, engine_id: int, one: Suggestion) -> str:
    """The same suggestion of the same engine has the same id in every run, so that what people accepted or
    rejected stays known."""
    return named_uuid(_NAMESPACE, f"{article_id}/{engine_id}/{one.start}/{one.end}/{one.label}")
