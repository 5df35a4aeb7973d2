"""Bytes into exact text."""

from __future__ import annotations

from articles.formats.limits import MAX_TEXT

BOM = b"\xef\xbb\xbf"


class BadText(ValueError):
    """Bytes that are no text. `line` counts from 1."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line


def without_bom(content: bytes) -> tuple[bytes, bool]:
    """The content without a leading UTF-8 byte order mark, and whether there was one."""
    return (content[len(BOM) :], True) if content.startswith(BOM) else (content, False)


def decode(content: bytes) -> str:
    """UTF-8 as it stands: nothing normalised, CRLF kept. Raises BadText with the line."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadText("This looks like UTF-16. Save the file as UTF-8.", 1)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise BadText(f"Byte 0x{byte:02X} is not UTF-8. Save the file as UTF-8.", line) from error
    nul = text.find("\0")
    if nul >= 0:
        raise BadText("There is a NUL character, which no text may hold.", text.count("\n", 0, nul) + 1)
    return text


def problem_with_text(text: str) -> str | None:
    """Why this cannot be an article's text, or None."""
    if not text.strip():
        return "The text is empty."
    if len(text) > MAX_TEXT:
        return f"The text has {len(text):,} characters; an article has at most {MAX_TEXT:,}."
    if "\0" in text:
        return "There is a NUL character, which no text may hold."
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "There is half of a surrogate pair, which is no character."
    return None
