"""Kinds of file that are known and not read, each with a sentence that says what to do instead."""

from __future__ import annotations

from articles.formats.common.source import Source

_UNPACK = "Unpack it, and upload the files or a zip of them."
_SIGNATURES = (
    (b"7z\xbc\xaf\x27\x1c", f"This is a 7z archive. {_UNPACK}"),
    (b"Rar!\x1a\x07", f"This is a RAR archive. {_UNPACK}"),
    (b"\xfd7zXZ\x00", f"This is packed with xz. {_UNPACK}"),
    (b"\x28\xb5\x2f\xfd", f"This is packed with zstd. {_UNPACK}"),
    (b"BZh91AY&SY", f"This is packed with bzip2. {_UNPACK}"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "This is a file of an old Word or Excel, or has a password. Save it as .docx or .csv without one.",
    ),
    (b"{\\rtf", "This is rich text (RTF). Save it as .docx or as plain text."),
)
_TAR_AT, _TAR = 257, b"ustar"


def why_refused(file: Source) -> str | None:
    """The sentence for a file of such a kind, told by its first bytes as they were uploaded; else None."""
    start = file.raw_head
    if start.startswith(_TAR, _TAR_AT):
        return f"This is a tar archive. {_UNPACK}"
    return next((reason for signature, reason in _SIGNATURES if start.startswith(signature)), None)
