"""Bytes into exact text."""

from __future__ import annotations

from articles.formats.limits import MAX_TEXT

BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LOOKS_LIKE_UTF16 = "This looks like UTF-16. Choose that encoding, or save the file as UTF-8."
_NUL = "There is a NUL character, which no text may hold."


class BadText(ValueError):
    """Bytes that are no text. `line` counts from 1."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line


def decode(content: bytes) -> str:
    """UTF-8 as it stands: nothing normalised, CRLF kept. Raises BadText with the line."""
    if content.startswith(_UTF16):
        raise BadText(_LOOKS_LIKE_UTF16, 1)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadText(_not_utf8(error), content.count(b"\n", 0, error.start) + 1) from error
    nul = text.find("\0")
    if nul >= 0:
        raise BadText(_NUL, text.count("\n", 0, nul) + 1)
    return text


def why_not_text(line: bytes) -> str | None:
    """Why one line is no text in UTF-8, or None: quicker than `decode`, which makes the text too."""
    if line.startswith(_UTF16):
        return _LOOKS_LIKE_UTF16
    if b"\0" in line:
        return _NUL
    if line.isascii():
        return None
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(error)
    return None


def _not_utf8(error: UnicodeDecodeError) -> str:
    byte = error.object[error.start]
    return f"Byte 0x{byte:02X} is not UTF-8. Choose its encoding, or save the file as UTF-8."


def problem_with_text(text: str) -> str | None:
    """Why this cannot be an article's text, or None."""
    if not text.strip():
        return "The text is empty."
    if len(text) > MAX_TEXT:
        return f"The text has {len(text):,} characters; an article has at most {MAX_TEXT:,}."
    if "\0" in text:
        return _NUL
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "There is half of a surrogate pair, which is no character."
    return None
