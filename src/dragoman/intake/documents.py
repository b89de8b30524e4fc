"""Documents with one text: Word, RTF and web archives -> the text (or page) in them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from typing import Any

from dragoman.errors import SourceError
from dragoman.settings import Settings

from .packed import check_office

__all__ = ["page_of_mhtml", "text_of_docx", "text_of_rtf"]

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MOST_PARTS = 500
_LARGEST_FONT_TABLE = 100_000
_SPACES = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}


def text_of_docx(data: bytes, name: str, settings: Settings) -> str:
    """The text of a Word document, its paragraphs (those in tables and boxes too) a line each.

    Text that tracked changes have deleted is left out, text that they have inserted is in.

    Raises:
        SourceError: S010, it is protected; S012, it is damaged; S013, it unpacks to more than the limits.
    """
    import docx  # loaded where it is used: most sources are none of these

    check_office(data, name, settings)
    try:
        body = docx.Document(io.BytesIO(data)).element.body
        paragraphs = ["".join(_words(paragraph)) for paragraph in body.iter(f"{_WORD}p") if not _twice(paragraph)]
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # python-docx and lxml raise many kinds on a damaged file
        raise SourceError("S012", f"{name} cannot be read as a Word document: {_short(error)}.") from error
    return "\n".join(paragraphs)


def _twice(paragraph: Any) -> bool:
    """Whether a paragraph stands for older programs what another one says already."""
    return any(element.tag == _FALLBACK for element in paragraph.iterancestors())


def _words(element: Any) -> Iterator[str]:
    """The words in a paragraph, without those of the paragraphs of a box in it."""
    for child in element:
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag in _SPACES:
            yield _SPACES[child.tag]
        elif child.tag != f"{_WORD}p":
            yield from _words(child)


def text_of_rtf(data: bytes, name: str) -> str:
    """The text of a rich text file.

    Raises:
        SourceError: S006, it is none; S012, it is damaged.
    """
    from striprtf.striprtf import font_table_group, rtf_to_text

    if not data.lstrip()[:5].startswith(b"{\\rtf"):
        raise SourceError("S006", f"{name} is not readable as rich text: it does not begin as RTF does.")
    # The library would put a link's address behind its words, in time that grows with the square of the links; under
    # the name of another part that is not shown, it takes the address for one.
    markup = data.decode("latin-1").replace("\\fldinst", "\\datafield")
    # In a table of fonts without character sets it looks for them in such time too.
    if len(font_table_group(markup)) > _LARGEST_FONT_TABLE:  # type: ignore[no-untyped-call]
        raise SourceError("S012", f"{name} cannot be read as rich text: its table of fonts has no end. Save it anew.")
    try:
        return str(rtf_to_text(markup, errors="replace"))  # type: ignore[no-untyped-call]
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # striprtf raises many kinds on a damaged file
        raise SourceError("S012", f"{name} cannot be read as rich text: {_short(error)}.") from error


def page_of_mhtml(data: bytes, name: str) -> tuple[bytes, str | None, str | None]:
    """The page of a web archive (.mhtml): its bytes, their declared encoding, and the address that it was saved from.

    Raises:
        SourceError: S006, there is no page in it; S013, its parts are nested without end.
    """
    if data.count(b"boundary=") > _MOST_PARTS:
        raise SourceError("S013", f"{name} holds parts in parts without end. Save the page anew.")
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
        # A frame or an advertisement is a page too; the first is the one that was saved.
        page = pages[0].get_payload(decode=True) if pages else None
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise SourceError("S006", f"{name} is not readable as a web archive: {_short(error)}.") from error
    if not isinstance(page, bytes):
        raise SourceError("S006", f"{name} is not readable as a web archive: there is no page in it.")
    address = str(message.get("Snapshot-Content-Location") or pages[0].get("Content-Location") or "").strip()
    return page, pages[0].get_content_charset(), address if address.startswith(("http://", "https://")) else None


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120].rstrip(".") or type(error).__name__
