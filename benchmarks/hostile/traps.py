# ruff: noqa: E501
"""Archives whose members have names and links that lead elsewhere, and pages in encodings right, wrong and undeclared."""

from __future__ import annotations

import io
import random
import stat
import zipfile
from collections.abc import Iterator

__all__ = ["ENCODINGS", "encoded_pages", "trap"]

_STORY = b"Police in Basra arrested twelve protesters on Monday, officials said, and the governor resigned."
_STARTS = [
    "",
    "../",
    "../" * 12,
    "/",
    "//",
    "C:\\",
    "\\\\host\\share\\",
    "..\\..\\",
    "a/../../",
    "./././",
    "~/",
    "%2e%2e/",
    "\u2025/",
    "/proc/self/fd/",
    "\0/",
]
_NAMES = [
    "a",
    "passwd",
    "..",
    "CON",
    "NUL",
    "a\n",
    "\u202egpj",
    "a:stream",
    "x" * 300,
    " ",
    "-rf",
    "$(touch x)",
    "`touch x`",
    "a|b",
    "é",
    "\ud83d",
]
_ENDINGS = [".txt", ".html", ".jsonl", ".zip", "", ".TXT", ".txt/", ".docx", ".py"]


def trap(chance: random.Random) -> bytes:
    """A .zip of one to eight members under hostile names, some of them links, some twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(chance.randint(1, 8)):
            name = chance.choice(_STARTS) + chance.choice(_NAMES) + chance.choice(_ENDINGS)
            entry = zipfile.ZipInfo("a.txt")
            # Set afterwards: the constructor would tidy it.
            entry.filename = name.encode("utf-8", "replace").decode()
            entry.create_system = chance.choice((0, 3))
            entry.external_attr = (
                chance.choice((stat.S_IFREG, stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO)) | 0o777
            ) << 16
            link = chance.choice((b"/etc/passwd", b"../../out.txt", b"."))
            data = link if stat.S_ISLNK(entry.external_attr >> 16) else _STORY + b" %d" % number
            packed.writestr(entry, data)
    return out.getvalue()


ENCODINGS = (
    "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 iso-8859-1 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-7 "
    "iso-8859-9 iso-8859-10 iso-8859-13 iso-8859-15 windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 "
    "windows-1257 koi8-r cp437 cp850 mac-roman gb18030 big5 shift_jis euc-kr"
).split()
"""Thirty encodings in which an English page may come."""

_WORDS = "naïve café “quoted” – dash’s façade Müller Gdańsk Αθήνα Москва €5 £3 ½ 東京 서울 Łódź Ångström".split()
_SENTENCES = (
    "Police in {0} arrested 12 protesters on Monday, the governor of {1} said.",
    "The ministry of {1} condemned the attack on the embassy, and {0} sent an envoy to the talks.",
    "Residents of {0} told reporters that soldiers had shelled the market near the {1} bridge.",
)


def encoded_pages() -> Iterator[tuple[str, str, str | None, str, bytes]]:
    """Encoding, how it is declared (right, wrong, not), what is declared, the words of the page, and its bytes."""
    for number, encoding in enumerate(ENCODINGS):
        words = [word for word in _WORDS if _has(encoding, word)] or ["Basra"]
        text = " ".join(
            sentence.format(words[index % len(words)], words[-1 - index % len(words)])
            for index, sentence in enumerate(_SENTENCES * 3)
        )
        wrong = ENCODINGS[(number + 7) % len(ENCODINGS)]
        for how, declared in (("right", encoding), ("wrong", wrong), ("not", None)):
            meta = f'<meta charset="{declared}">' if declared else ""
            page = f"<html><head>{meta}<title>Arrests in the south</title></head><body><h1>Arrests in the south</h1><p>{text}</p></body></html>"
            yield encoding, how, declared, text, page.encode(encoding)


def _has(encoding: str, word: str) -> bool:
    try:
        word.encode(encoding)
    except UnicodeEncodeError:
        return False
    return not word.isascii()
