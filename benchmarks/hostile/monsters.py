# ruff: noqa: E501
"""Sixty files made to cost time or memory: bombs, nests without end, lines without end, loops."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator

from .documents import pdf_file

__all__ = ["monsters"]

MANY = 1_000_000
WORDS = b"Police in the capital arrested twelve protesters on Monday, officials said. "

Maker = Callable[[], bytes]


def monsters() -> Iterator[tuple[str, Maker]]:
    """Name of each file and what makes it; event files (`.tab.gz`) are to be imported, the others read."""
    yield from _pages()
    yield from _packed()
    yield from _texts()
    yield from _records()
    yield from _documents()
    yield from _events()


def _page(before: bytes, many: bytes, times: int, after: bytes = b"") -> Maker:
    return lambda: b"<html><body>" + before + many * times + after + b"</body></html>"


def _pages() -> Iterator[tuple[str, Maker]]:
    yield "nested-divs.html", _page(b"", b"<div>", MANY)
    yield "nested-spans.html", _page(b"", b"<span>", MANY)
    yield "nested-lists.html", _page(b"", b"<ul><li>", MANY // 2)
    yield "nested-tables.html", _page(b"", b"<table><tr><td>", MANY // 4)
    yield "nested-quotes.html", _page(b"", b"<blockquote>x", MANY // 4)
    yield "formatting.html", _page(b"", b"<b><i><u><a href=x>", MANY // 6)
    yield "links.html", _page(b"", b"<a href='/x'>x</a> ", MANY // 3)
    yield (
        "attributes.html",
        lambda: b"<html><body " + b" ".join(b"a%d=1" % i for i in range(MANY // 2)) + b">x</body></html>",
    )
    yield "one-attribute.html", _page(b"<p title='", b"x" * 100, 90_000, b"'>x</p>")
    yield "classes.html", _page(b"<p class='", b"a ", MANY * 2, b"'>x</p>")
    yield "unclosed-tags.html", _page(b"", b"<p", MANY)
    yield "unclosed-attributes.html", _page(b"", b"<p a='", MANY)
    yield "unclosed-comments.html", _page(b"", b"<!-- ", MANY)
    yield "unclosed-scripts.html", _page(b"", b"<script>", MANY)
    yield "entities.html", _page(b"<p>", b"&amp;&#x41;&nosuch", MANY // 3)
    yield "brackets.html", _page(b"", b"<", MANY * 5)
    yield "titles.html", _page(b"", b"<title>x</title><h1>x</h1>", MANY // 4)
    yield "metadata.html", _page(b"", b"<meta property='og:title' content='x'>", MANY // 8)
    yield "deep-data.html", _page(b"<script type='application/ld+json'>", b"[", MANY * 3, b"</script>")
    yield "empty-paragraphs.html", _page(b"", b"<p> </p>", MANY // 2)
    yield "doctypes.html", lambda: b"<!DOCTYPE " + b"[<!ENTITY a '&a;&a;'>" * 200_000


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def _lying() -> bytes:
    """A .zip whose member says that it is small."""
    data = bytearray(_zip({"a.txt": b" " * 200_000_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.rindex(mark) + place
        data[at : at + 4] = (100).to_bytes(4, "little")
    return bytes(data)


def _one_for_many() -> bytes:
    """A .zip whose directory names one member many times."""
    data = _zip({"a.txt": b"x " * 4_000_000})
    start = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    times = 9_000
    tail = bytearray(data[end:])
    tail[8:12] = times.to_bytes(2, "little") * 2
    tail[12:16] = ((end - start) * times).to_bytes(4, "little")
    return data[:start] + data[start:end] * times + bytes(tail)


def _nested(depth: int) -> bytes:
    data = WORDS
    for number in range(depth):
        data = _zip({f"{number}.zip" if number else "a.txt": data})
    return data


def _office(ending: str, name: str, part: bytes) -> bytes:
    kind = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}[ending]
    main = "wordprocessingml.document" if ending == "docx" else "spreadsheetml.sheet"
    types = (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType='
        f'"application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{kind}" ContentType="application/vnd.openxmlformats-officedocument.{main}.main+xml"/></Types>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://'
        f'schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{kind}"/></Relationships>'
    )
    return _zip({"[Content_Types].xml": types.encode(), "_rels/.rels": links.encode(), name: part})


_W = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "laugh">'
    + b"".join(b'<!ENTITY a%d "%b">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]>"
)


def _packed() -> Iterator[tuple[str, Maker]]:
    yield "zeros.zip", lambda: _zip({"a.txt": bytes(400_000_000)})
    yield "many-members.zip", lambda: _zip({f"{n}.txt": b"x" for n in range(20_000)})
    yield "lying.zip", _lying
    yield "one-for-many.zip", _one_for_many
    yield "zip-in-zip.zip", lambda: _nested(20)
    yield "pages.zip", lambda: _zip({f"{n}.html": b"<div>" * 200_000 for n in range(10)})
    yield (
        "bomb.docx",
        lambda: _office("docx", "word/document.xml", _W + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 6_000_000),
    )
    yield "deep.docx", lambda: _office("docx", "word/document.xml", _W + b"<w:p>" * 300_000)
    yield (
        "laughs.docx",
        lambda: _office(
            "docx", "word/document.xml", _LAUGHS + _W + b"<w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>"
        ),
    )
    yield "laughs.xlsx", lambda: _office("xlsx", "xl/workbook.xml", _LAUGHS + b"<workbook>&a11;</workbook>")
    yield "bomb.xlsx", lambda: _office("xlsx", "xl/workbook.xml", b"<workbook>" + b"<sheet/>" * 5_000_000)


def _texts() -> Iterator[tuple[str, Maker]]:
    yield "one-line.txt", lambda: WORDS * 500_000
    yield "one-word.txt", lambda: b"x" * 45_000_000
    yield "short-lines.txt", lambda: b"a\n" * 5_000_000
    yield "blank-lines.txt", lambda: b"\n \n" * 8_000_000
    yield "brackets.txt", lambda: b"(" * 3_000_000
    yield "dates.txt", lambda: b"4 February 2020 " * 400_000
    yield "marks.txt", lambda: "e\u0301\u0301\u0301\u202e".encode() * 2_000_000
    yield "datelines.txt", lambda: b"BASRA, Iraq (AP) -- " * 400_000
    yield "clock-times.txt", lambda: b"10:30 GMT | Updated 3 hours ago\n" * 400_000


def _records() -> Iterator[tuple[str, Maker]]:
    yield "deep.jsonl", lambda: b"[" * 40_000_000
    yield "deep-objects.jsonl", lambda: b'{"a":' * 5_000_000
    yield "number.jsonl", lambda: b'{"text": ' + b"9" * 20_000_000 + b"}"
    yield "long-text.jsonl", lambda: json.dumps({"text": "x " * 20_000_000}).encode()
    yield "keys.jsonl", lambda: b"{" + b",".join(b'"%d":0' % n for n in range(2 * MANY)) + b"}"
    yield "surrogates.jsonl", lambda: b'{"text": "' + b"\\ud800" * 5_000_000 + b'"}'
    yield "columns.csv", lambda: b"text" + b",x" * 20_000_000
    yield "open-quote.csv", lambda: b'text\n"' + b"x,\n" * 12_000_000
    yield "quotes.csv", lambda: b"text\n" + b'"a""' * 8_000_000
    yield "cells.tsv", lambda: b"text\tdate\n" + b"\t\t\t\t\n" * 7_000_000


def _drawn(
    stream: bytes, font: bytes = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", packed: bool = True
) -> bytes:
    data = zlib.compress(stream, 9) if packed else stream
    return pdf_file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d%b >>\nstream\n%b\nendstream"
            % (len(data), b" /Filter /FlateDecode" if packed else b"", data),
            font,
        ]
    )


def _documents() -> Iterator[tuple[str, Maker]]:
    yield "bomb.pdf", lambda: _drawn(b" " * 900_000_000)
    yield "operators.pdf", lambda: _drawn(b"BT /F1 9 Tf (x) Tj ET\n" * 1_500_000)
    yield "deep-array.pdf", lambda: _drawn(b"[" * 4_000_000)
    yield (
        "loop.pdf",
        lambda: pdf_file([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"]),
    )
    yield (
        "pages.pdf",
        lambda: pdf_file(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Count 2000000 /Kids [" + b"3 0 R " * 2_000_000 + b"] >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
            ]
        ),
    )
    yield "deep.rtf", lambda: b"{\\rtf1 " + b"{" * 5_000_000
    yield "fields.rtf", lambda: b"{\\rtf1 " + b"{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt x}}" * 200_000
    yield (
        "parts.mhtml",
        lambda: b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(50_000)),
    )


def _events() -> Iterator[tuple[str, Maker]]:
    yield "zeros.tab.gz", lambda: gzip.compress(bytes(900_000_000), 6)


if __name__ == "__main__":
    print(len(list(monsters())))
