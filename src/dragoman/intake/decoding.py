"""Bytes of a source -> its text, and what had to be guessed on the way."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from dragoman.errors import SourceError

__all__ = ["DECLARED", "GUESSED", "declared_encoding", "decode"]

GUESSED = "encoding guessed: windows-1252"
"""Flag of an article whose bytes are not UTF-8 and bear no mark of another encoding."""

DECLARED = "encoding as the page declares it"
"""Flag, with the encoding, of an article whose letters beyond ASCII are right if what the page says of itself is."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# UTF-32's little-endian mark begins with UTF-16's; read as UTF-16 it would be every second letter a NUL.
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_META = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_HEAD = 4_096
# Python knows codecs that are no encodings of text, and some that take long; these are what pages declare.
_PAGES = re.compile(
    r"(?:iso-8859|windows|cp|x-mac|mac|koi8|euc|tis)-?[\w-]{1,12}|gb2312|gbk|gb18030|big5(?:-hkscs)?|shift[_-]jis"
)
_PROBE = 65_536
_MOST_CONTROL = 0.02
# Control characters that texts do hold: tab, line ends, form feed, and the escape of terminals.
_USUAL = b"\t\n\r\x0b\x0c\x1b\x1a"
_CONTROL = bytes(set(range(32)) - set(_USUAL))


def decode(data: bytes, source: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of `data` and the flags that it earns; `declared` is the encoding that a page says it is in.

    UTF-8 with or without a mark, UTF-16 with one, or as declared; what is none of these is read as windows-1252, the
    usual encoding of old pages, and flagged. So is what rests on a page's word: that it is not UTF-8 can be told, but
    seldom which of the others it is.

    Raises:
        SourceError: S006, the bytes are no text.
    """
    if data.startswith(_UTF32):
        return _strictly(data[4:], "utf-32-le" if data.startswith(codecs.BOM_UTF32_LE) else "utf-32-be", source), ()
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, source), ()
    if _binary(data):
        raise _no_text(source, "it holds bytes that no text holds")
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8"), ()
    with suppress(UnicodeDecodeError, LookupError):
        encoding = _usable(declared)
        return data.decode(encoding), (f"{DECLARED}: {encoding}",)
    # Five bytes mean nothing in windows-1252; browsers show the control characters of Latin-1 there, and so do we.
    return data.decode("cp1252", "replace"), (GUESSED,)


def declared_encoding(page: bytes) -> str | None:
    """The encoding that the head of a web page declares.

    >>> declared_encoding(b'<head><meta charset="windows-1256">')
    'windows-1256'
    """
    match = _META.search(page[:_HEAD])
    return match[1].decode("ascii") if match else None


def _usable(declared: str | None) -> str:
    """The codec of a declared encoding; what is no encoding of pages counts as UTF-8."""
    name = (declared or "").strip().lower()
    if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        return "cp1252"
    return name if _PAGES.fullmatch(name) else "utf-8"


def _strictly(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(source, f"it is marked as {encoding.upper()} but byte {error.start:,} is not") from error


def _binary(data: bytes) -> bool:
    probe = data[:_PROBE]
    if b"\0" in probe:
        return True
    return len(probe) - len(probe.translate(None, _CONTROL)) > _MOST_CONTROL * len(probe)


def _no_text(source: str, why: str) -> SourceError:
    return SourceError(
        "S006", f"{source} is not readable as text: {why}. Save it as UTF-8 text, or give a format that can be read."
    )
