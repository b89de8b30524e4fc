# ruff: noqa: E501
"""The sound files that are broken: a page of each layout of the intake benchmark, and PDFs of twenty kinds."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable, Iterator, Sequence

from benchmarks.page_set import Page, pages

__all__ = ["html_pages", "pdf_file", "pdf_files"]

PAGES, KINDS = 40, 20
WIDTH, HEIGHT = 612, 792

Line = tuple[str, float, float, float]


def html_pages() -> list[bytes]:
    """Forty pages, each of a layout of its own."""
    found: dict[str, bytes] = {}
    for page in pages():
        if page.source.endswith(".html"):
            found.setdefault(page.layout, page.page.encode())
    return list(found.values())[:PAGES]


def pdf_files() -> list[bytes]:
    """Twenty PDFs: one and two columns, letters of several sizes, kinds of fonts, filters, tables of places, passwords."""
    articles = [page for page in pages() if page.source.endswith(".html")]
    kinds = [_kind(number) for number in range(KINDS)]
    return [make(article) for make, article in zip(kinds, articles, strict=False)]


def _kind(number: int) -> Callable[[Page], bytes]:
    """How the PDF of that number is made: every combination of columns, filter, font and rewriting turns up."""

    def make(page: Page) -> bytes:
        lines = list(_laid_out(page.text, columns=1 + number % 2, size=(8, 10, 12, 14)[number % 4]))
        data = _file(
            _sheets(lines), packed=number % 3 == 1, turned=number % 7 == 3, font=("Type1", "TrueType")[number % 2]
        )
        return _rewritten(data, number) if number >= 12 else data

    return make


def _laid_out(text: str, columns: int, size: float) -> Iterator[Line]:
    width = int(WIDTH * 0.85 / columns / (size * 0.5))
    top, left, height = HEIGHT - 60, 40.0, float(HEIGHT - 60)
    for paragraph in text.split("\n"):
        words, line = paragraph.split(), ""
        for word in [*words, ""]:
            if word and len(line) + len(word) < width:
                line = f"{line} {word}".strip()
                continue
            yield line, left, height, size
            line, height = word, height - 1.2 * size
            if height < 60:
                height = float(top)
                left = 40.0 if left > 40 or columns == 1 else WIDTH / 2
        height -= 0.6 * size


def _sheets(lines: Sequence[Line]) -> list[list[Line]]:
    sheets: list[list[Line]] = [[]]
    for line in lines:
        last = sheets[-1][-1] if sheets[-1] else None
        if last and line[2] > last[2] and line[1] <= last[1]:
            sheets.append([])
        sheets[-1].append(line)
    return sheets


def _file(sheets: Sequence[Sequence[Line]], packed: bool, turned: bool, font: str) -> bytes:
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /%b /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>" % font.encode())
    kids = []
    for lines in sheets:
        drawn = b"\n".join(
            b"BT /F1 %g Tf %s %g %g Tm (%b) Tj ET"
            % (size, b"0 1 -1 0" if turned else b"1 0 0 1", left, height, _escaped(text))
            for text, left, height, size in lines
        )
        stream, filtered = (zlib.compress(drawn), b" /Filter /FlateDecode") if packed else (drawn, b"")
        objects.append(b"<< /Length %d%b >>\nstream\n%b\nendstream" % (len(stream), filtered, stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % (WIDTH, HEIGHT, len(objects))
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return pdf_file(objects)


def pdf_file(objects: Sequence[bytes]) -> bytes:
    """A PDF of numbered objects, the first of them its catalogue, with the table of where they stand."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % place for place in places
    )
    return bytes(out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def _escaped(text: str) -> bytes:
    return text.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _rewritten(data: bytes, number: int) -> bytes:
    """The file as another program would write it: compressed, with metadata and an outline, with a password."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    if number % 2:
        for page in writer.pages:
            page.compress_content_streams()
    if number % 3 == 0:
        writer.add_metadata({"/Title": "An article", "/Author": "Ruth Calloway"})
        writer.add_outline_item(title="First", page_number=0)
    if number % 4 == 3:
        random.seed(number)
        writer.encrypt("", owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
