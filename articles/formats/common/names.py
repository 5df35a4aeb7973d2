"""Names for files of an export."""

from __future__ import annotations

import re

from articles.formats.base import ExportArticle

_UNSAFE = re.compile(r"[^\w.-]+")


def file_stem(article: ExportArticle) -> str:
    """A name without ending that no other article has: its number, and its external id as far as a name can
    hold it."""
    words = _UNSAFE.sub("-", article.external_id)[:80].strip("-.")
    return f"{article.id}-{words}" if words else str(article.id)
