"""Text whose file declares its encoding: web pages and feeds."""

from __future__ import annotations

import codecs
import io
import re

from articles.formats.common.decoding import decoded
from articles.formats.common.encodings import ENCODINGS, marked_encoding
from articles.formats.common.text import BadText, decode, require_no_nul

UTF8 = "utf-8"
# What is declared, and what browsers read it as: the WHATWG Encoding Standard.
_MEANT = {
    "iso8859-1": "windows-1252",
    "ascii": "windows-1252",
    "iso8859-9": "windows-1254",
    "iso8859-11": "tis-620",
    "cp874": "tis-620",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_HEAD_BYTES = 16 * 1024
# Nothing is tried twice, whatever the bytes: all quantifiers are possessive or stand in atomic groups.
_PROLOGUE = re.compile(
    rb"(?:\s++|<\?[^>]*+>|<!--(?>.*?-->)|<!doctype[^>\[]*+(?:\[[^\]]*+\]\s*+)?>)*+", re.IGNORECASE | re.DOTALL
)


def split_prologue(head: bytes) -> tuple[bytes, bytes]:
    """Declarations and comments at the beginning of HTML or XML, and what follows: its first element."""
    end = len(_PROLOGUE.match(head[:_HEAD_BYTES])[0])  # type: ignore[index]
    return head[:end], head[end:_HEAD_BYTES]


def text_as_declared(content: bytes, chosen: str, declaration: re.Pattern[bytes]) -> tuple[str, str]:
    """The text, and the encoding that it was read in if that was not the chosen one, else empty.

    A byte order mark counts first, then UTF-8 if it can be read so, then what the first group of
    `declaration` names. Raises BadText.
    """
    if chosen != UTF8:
        return _read(content, chosen), ""
    if marked := marked_encoding(content):
        return _read(content, marked), marked
    named = declared_encoding(content, declaration)
    # The one encoding that is in use and can be taken for UTF-8: all its bytes are ASCII.
    if named != "iso2022_jp":
        try:
            return decode(content.removeprefix(codecs.BOM_UTF8)), ""
        except BadText:
            if not named or named.startswith("utf"):
                raise
    return _read(content, named), named


def declared_encoding(content: bytes, declaration: re.Pattern[bytes]) -> str:
    """The value in ENCODINGS of what is declared; empty for what is not offered."""
    found = declaration.search(content[:_HEAD_BYTES])
    try:
        name = codecs.lookup(found[1].decode()).name if found else ""
    except (LookupError, UnicodeDecodeError):
        return ""
    meant = codecs.lookup(_MEANT.get(name, name)).name if name else ""
    return next((value for value, _ in ENCODINGS if codecs.lookup(value).name == meant), "")


def _read(content: bytes, encoding: str) -> str:
    text = "".join(decoded(io.BytesIO(content), encoding))
    require_no_nul(text)
    return text
