"""Russian and Kazakh words in Latin letters, for addresses."""

from __future__ import annotations

_ONE_BY_ONE = dict(zip("абвгдеёзийклмнопрстуфхыэәғқңөұүһі", "abvgdeeziiklmnoprstufhyeagqnouuhi", strict=True))
_SEVERAL = {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
_TABLE = str.maketrans(_ONE_BY_ONE | _SEVERAL)


def in_latin(words: str) -> str:
    """`words` in small letters, as they are roughly said; other scripts stay as they are."""
    return words.lower().translate(_TABLE)
