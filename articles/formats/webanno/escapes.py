"""How text and values are written so that no sign of the format stands in them.

Text is escaped as WebAnno does, not as its handbook says: only backslashes and control characters. Other
tools follow the handbook and escape the signs of values too.
"""

from __future__ import annotations

import re

_VALUE = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "->": r"\->", **{sign: f"\\{sign}" for sign in "[]|_;*"}}
_VALUE_SIGN = re.compile(r"->|[\\\t\n\[\]|_;*]")
_VALUE_ESCAPE = re.compile(r"\\(?:->|[\\tn\[\]|_;*])")
_VALUE_PLAIN = {escaped: sign for sign, escaped in _VALUE.items()}

_NAMED = {"\t": "t", "\n": "n", "\f": "f", "\r": "r", "\b": "b", "\\": "\\"}
_NAMED_PLAIN = {name: sign for sign, name in _NAMED.items()}
_TEXT_SIGN = re.compile(r"[\x01-\x0a\x0c-\x1f\\]")
_TEXT_ESCAPE = re.compile(r"\\([\x01-\x08\x0e-\x1ftnfrb\\])")
_ANY_ESCAPE = re.compile(r"\\(->|[\x01-\x08\x0e-\x1ftnfrb\\\[\]|_;*])")
_JAVA_ESCAPE = re.compile(r"\\(?:u+([0-9a-fA-F]{4})|(.))", re.DOTALL)


def escape_value(value: str) -> str:
    return _VALUE_SIGN.sub(lambda found: _VALUE[found[0]], value)


def unescape_value(value: str) -> str:
    return _VALUE_ESCAPE.sub(lambda found: _VALUE_PLAIN[found[0]], value)


def escape_text(text: str) -> str:
    return _TEXT_SIGN.sub(lambda found: "\\" + _NAMED.get(found[0], found[0]), text)


def unescape_text(text: str) -> str:
    return _TEXT_ESCAPE.sub(lambda found: _NAMED_PLAIN.get(found[1], found[1]), text)


def unescape_as_value(text: str) -> str:
    """Text as the handbook says that it is escaped."""
    return _ANY_ESCAPE.sub(lambda found: _NAMED_PLAIN.get(found[1], found[1]), text)


def unescape_java(text: str) -> str:
    """As version 3.1 and those before it have text. Half of a surrogate pair becomes U+FFFD."""
    plain = _JAVA_ESCAPE.sub(_java_sign, text)
    return plain if plain.isascii() else plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _java_sign(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _NAMED_PLAIN.get(found[2], found[2])


def split_escaped(value: str, separator: str) -> list[str]:
    """The parts between separators that no backslash escapes. The parts stay escaped."""
    if separator not in value:
        return [value]
    parts, is_escaped = [""], False
    for sign in value:
        if sign == separator and not is_escaped:
            parts.append("")
        else:
            parts[-1] += sign
        is_escaped = sign == "\\" and not is_escaped
    return parts
