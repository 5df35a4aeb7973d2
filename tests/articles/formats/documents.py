"""Documents as programs of people write them, built by hand."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
from docx.document import Document


def make_docx(build: Callable[[Document], object] | None = None) -> bytes:
    """A Word file; `build` is given the empty document."""
    document = docx.Document()
    if build:
        build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_pdf(*pages: str, info: str = "", fonts: str = "/F1 4 0 R", trailer: str = "") -> bytes:
    """A PDF whose pages show these lines in Helvetica. `info` and `trailer` are entries of those objects."""
    first_page = 5
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< {info} >>".encode("latin-1"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        content = first_page + 2 * number + 1
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R"
            f" /Resources << /Font << {fonts} >> >> >>".encode()
        )
        bodies.append(pdf_stream(shown(page)))
    return assembled(bodies, trailer)


def shown(page: str) -> bytes:
    """The operators that show these lines, the first at the top."""
    lines = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in page.split("\n"))
    operators = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    return f"BT /F1 12 Tf 72 720 Td {operators} ET".encode("cp1252") if page else b""


def pdf_stream(content: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(content)} {entries} >>\nstream\n".encode() + content + b"\nendstream"


def assembled(bodies: list[bytes], trailer: str = "") -> bytes:
    """Objects numbered from 1, of which the first is the catalogue and the third the properties."""
    content = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(bodies) + 1
    start = len(content)
    content += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    content += f"trailer\n<< /Size {size} /Root 1 0 R /Info 3 0 R {trailer} >>\n".encode()
    return bytes(content + f"startxref\n{start}\n%%EOF\n".encode())
