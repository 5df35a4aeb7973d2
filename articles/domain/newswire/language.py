"""Which language a text is written in."""

from __future__ import annotations

import regex
from py3langid import classify

SAMPLE = 400
ENOUGH_LETTERS = 20
_LETTER = regex.compile(r"\p{L}")


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the text's beginning, or "" when there are too few letters to tell.

    Method: naive Bayes over byte n-grams, Lui and Baldwin, langid.py, ACL 2012 demonstrations.
    """
    sample = text[:SAMPLE]
    letters = sum(1 for _ in zip(_LETTER.finditer(sample), range(ENOUGH_LETTERS), strict=False))
    if letters < ENOUGH_LETTERS:
        return ""
    language, _ = classify(sample)
    return str(language)
