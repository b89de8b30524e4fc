"""Files of every kind that is read, built in code: documents, tables, web archives, exports of news databases.

The articles are invented, as are their outlets; the layouts are those of the real kinds.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any

import docx
import openpyxl

TITLE = "Inquiry faults army over October killings"
ONE = "Soldiers and police used live fire against demonstrators in the first week of October, the committee said."
TWO = "The finding contradicts the ministry, which had denied that the security forces confronted the protesters."
THREE = "Lawmakers are to meet on Thursday to discuss the report and the demands of the families."


def pdf(pages: Sequence[Sequence[tuple[str, float, float, float]]]) -> bytes:
    """A PDF whose pages are lines of (text, left, height above the foot, size of letters), in Helvetica."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        drawn = []
        for text, left, height, size in lines:
            shown = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            drawn.append(b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%b) Tj ET" % (size, left, height, shown))
        stream = b"\n".join(drawn)
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    references = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), references)
    return _pdf_file(objects)


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def wrapped(text: str, width: int, left: float, top: float, size: float = 10) -> list[tuple[str, float, float, float]]:
    """A paragraph as lines of a PDF, 1.2 sizes apart."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [(one, left, top - number * 1.2 * size, size) for number, one in enumerate([*lines, line])]


def word(paragraphs: Sequence[str]) -> bytes:
    """A .docx of paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rtf(paragraphs: Sequence[str]) -> bytes:
    """A rich text file of paragraphs; an empty one stays an empty line."""
    out = [r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}{\info{\title An export}}"]
    for paragraph in paragraphs:
        escaped = paragraph.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
        out.append("".join(c if c.isascii() else f"\\u{ord(c)}?" for c in escaped) + r"\par")
    return "\n".join([*out, "}"]).encode("ascii")


def excel(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """An .xlsx of sheets with rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mhtml(page: str, address: str | None, encoding: str = "utf-8") -> bytes:
    """A web archive as a browser saves it."""
    message = MIMEMultipart("related", type="text/html")
    message["From"] = "<Saved by Blink>"
    message["Date"] = "Sun, 22 Nov 2026 10:00:00 +0000"
    if address:
        message["Snapshot-Content-Location"] = address
    message.attach(MIMEText(page, "html", encoding))
    message.attach(MIMEText("body { color: black }", "css", "utf-8"))
    return message.as_bytes()


def packed(files: Mapping[str, bytes]) -> bytes:
    """A .zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


NEXIS_UNI = f"""User Name: = A Reader
Date and Time: = Sunday, November 22, 2026 10:11:00 AM EST
Job Number: = 108912345

Documents (2)

1. {TITLE}
Client/Matter: -None-
Search Terms: october AND inquiry
2. Ministry denies that it ordered fire

{TITLE}
The Morning Courier
October 22, 2019 Tuesday 5:40 PM GMT

Copyright 2019 Courier Newspapers All Rights Reserved

Section: WORLD NEWS; Version:1
Length: 143 words
Byline: Jane Roe in Baghdad
Highlight: What the committee found, and what it left out
Dateline: BAGHDAD

Body


{ONE}

{TWO}

{THREE}


Graphic


A soldier stands on a bridge in Baghdad. Photograph: agencies


Classification


Language: ENGLISH

Publication-Type: Newspaper

Subject: INQUIRIES (90%); PROTESTS (85%)

Load-Date: October 23, 2019


End of Document


Ministry denies that it ordered fire
The Evening Post
October 23, 2019 Wednesday

Copyright 2019 Evening Post All Rights Reserved

Section: NEWS; Pg. 4
Length: 60 words

Body


BAGHDAD, Oct 23 (Evening Post) - {TWO}

{THREE}


Load-Date: October 23, 2019


End of Document
"""

LEXIS_NEXIS = f"""                               1 of 2 DOCUMENTS


                              The Morning Courier

                            October 22, 2019 Tuesday
                              Late Edition - Final

{TITLE}

BYLINE: By JANE ROE and JOHN DOE; Mary Major contributed reporting
from Erbil.

SECTION: Section A; Column 0; Foreign Desk; Pg. 1

LENGTH: 143 words

DATELINE: BAGHDAD

BODY:

   {ONE}

   {TWO}

URL: http://www.example.org/inquiry

GRAPHIC: PHOTO: A soldier on a bridge

LOAD-DATE: October 22, 2019

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                    Copyright 2019 The Morning Courier Company

                               2 of 2 DOCUMENTS


                              The Evening Post

                            October 23, 2019 Wednesday

HEADLINE: Ministry denies that it ordered fire

LENGTH: 60 words

BODY:

   {TWO}

   {THREE}

LOAD-DATE: October 23, 2019
"""

FACTIVA = f"""World
{TITLE}
By Jane Roe
143 words
22 October 2019
17:40 GMT
The Morning Courier
MOCOUR
English
Copyright 2019. The Morning Courier. All Rights Reserved.

{ONE}

{TWO}

{THREE}

Document MOCOUR0020191022efam00001

Ministry denies that it ordered fire
60 words
23 October 2019
The Evening Post
EVPOST
4
English
(c) 2019 Evening Post

BAGHDAD, Oct 23 (Evening Post) - {TWO}

{THREE}

Document EVPOST0020191023efan0000a
Page 2 of 2 © 2019 Factiva, Inc. All rights reserved.

Search Summary
Text october and inquiry
Timestamp 22 November 2026 10:11
"""

FACTIVA_CODED = f"""SE     World
HD     {TITLE}
BY     By Jane Roe
WC     143 words
PD     22 October 2019
ET     17:40
SN     The Morning Courier
SC     MOCOUR
LA     English
CY     Copyright 2019. The Morning Courier.

LP
{ONE}

TD
{TWO}

{THREE}

NS     gcat : Political/General News | gvio : Military Action
RE     iraq : Iraq
PUB    Courier Newspapers
AN     Document MOCOUR0020191022efam00001

HD     Ministry denies that it ordered fire
WC     60 words
PD     23 October 2019
SN     The Evening Post
SC     EVPOST
LA     English

LP
{TWO}
TD
{THREE}
AN     Document EVPOST0020191023efan0000a
"""
