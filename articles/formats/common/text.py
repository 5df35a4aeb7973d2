"""Bytes into exact text."""

from __future__ import annotations

from articles.formats.common.encodings import advice, marked_encoding, wide_encoding
from articles.formats.common.limits import MAX_TEXT

BOM = b"\xef\xbb\xbf"
# So much is looked at to tell an encoding by, around a bad byte or of a bad line.
_SAMPLE_BYTES = 16 * 1024
_LINE_BYTES = 1024
_NUL = "There is a NUL character, which no text may hold."


class BadText(ValueError):
    """Bytes that are no text. `line` counts from 1."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line


def decode(content: bytes) -> str:
    """UTF-8 as it stands: nothing normalised, CRLF kept. Raises BadText with the line."""
    if marked_encoding(content):
        raise BadText(f"This is not UTF-8. {advice(content[:_SAMPLE_BYTES])}", 1)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        around = content[max(0, error.start - _SAMPLE_BYTES) : error.start + _SAMPLE_BYTES]
        raise BadText(_not_utf8(error, around), line) from error
    require_no_nul(text)
    return text


def require_no_nul(text: str) -> None:
    """Raises BadText with the line."""
    nul = text.find("\0")
    if nul >= 0:
        raise BadText(_no_nul(text[:_SAMPLE_BYTES].encode("utf-8", "replace")), text.count("\n", 0, nul) + 1)


def why_not_text(line: bytes, head: bytes = b"") -> str | None:
    """Why one line is no text in UTF-8, or None: quicker than `decode`, which makes the text too.

    `head` is the beginning of its file, by which the reason says what encoding that looks like.
    """
    if b"\0" in line:
        return _no_nul(head or line[:_LINE_BYTES])
    if line.isascii():
        return None
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(error, line[:_LINE_BYTES] if head.isascii() else head)
    return None


def _not_utf8(error: UnicodeDecodeError, sample: bytes) -> str:
    return f"Byte 0x{error.object[error.start]:02X} is not UTF-8. {advice(sample)}"


def _no_nul(sample: bytes) -> str:
    """Text with many NUL is UTF-16 or UTF-32."""
    is_wide = marked_encoding(sample) or wide_encoding(sample)
    return f"{_NUL} {advice(sample)}" if is_wide else _NUL


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
