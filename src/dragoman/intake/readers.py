"""One file's bytes -> Articles, by the ending of its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from dragoman.errors import SourceError
from dragoman.records import Article, Furniture, Notice, Unread
from dragoman.settings import Settings

from .databases import articles_of_export
from .decoding import declared_encoding, decode
from .documents import page_of_mhtml, text_of_docx, text_of_rtf
from .jsonl import articles_from_lines
from .pdf import text_of_pdf
from .plain import article_from_text
from .tables import articles_from_table, sheets_of_xlsx, table_of_csv
from .webpage import article_from_html

__all__ = ["READERS", "Item", "Reader", "Source", "read_jsonl"]

Item = Article | Unread | Notice


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: the name that its records bear, its bytes, the settings, and the columns that the user told."""

    name: str
    data: bytes
    settings: Settings
    columns: Mapping[str, str]


Reader = Callable[[Source], Iterator[Item]]

_INLINED = re.compile(r"data:[\w.+-]{1,40}/[\w.+-]{1,60}(?:;[\w=-]{1,40}){0,4},[A-Za-z0-9+/=%]*")


def _plain(source: Source) -> Iterator[Item]:
    text, flags = decode(source.data, source.name)
    yield from _of_text(text, source, flags)


def _rtf(source: Source) -> Iterator[Item]:
    yield from _of_text(text_of_rtf(source.data, source.name), source)


def _docx(source: Source) -> Iterator[Item]:
    yield from _of_text(text_of_docx(source.data, source.name, source.settings), source)


def _pdf(source: Source) -> Iterator[Item]:
    text, beside = text_of_pdf(source.data, source.name, source.settings.most_pages)
    yield from _of_text(text, source, furniture=beside)


def _of_text(
    text: str, source: Source, flags: tuple[str, ...] = (), furniture: tuple[Furniture, ...] = ()
) -> Iterator[Item]:
    """The articles of a text: those of a database's export, else the one that it is."""
    export = articles_of_export(text, source.name, flags)
    if export is not None:
        yield from (_checked(item, source) for item in export)
        return
    _check_length(len(text), source)
    article = article_from_text(text, source.name, flags)
    yield replace(article, furniture=(*article.furniture, *furniture))


def _checked(item: Item, source: Source) -> Item:
    """The article, or that it is too long."""
    if isinstance(item, Article) and len(item.text) > source.settings.longest_article:
        return Unread(item.source, "S007", _too_long(item.source, len(item.text), source.settings.longest_article))
    return item


def _html(source: Source) -> Iterator[Item]:
    text, flags = decode(source.data, source.name, declared_encoding(source.data))
    yield _page(text, source, flags)


def _mhtml(source: Source) -> Iterator[Item]:
    page, encoding, address = page_of_mhtml(source.data, source.name)
    text, flags = decode(page, source.name, encoding or declared_encoding(page))
    yield _page(text, source, flags, address)


def _page(text: str, source: Source, flags: tuple[str, ...], saved_from: str | None = None) -> Article:
    text = _INLINED.sub("data:", text)
    if len(text) > source.settings.largest_page:
        raise SourceError(
            "S007",
            f"{source.name} has {len(text):,} characters of HTML; the limit is {source.settings.largest_page:,}."
            " Save the article alone, or raise the setting largest_page.",
        )
    article = article_from_html(text, source.name, flags, saved_from)
    _check_length(len(article.text), source)
    return article


def read_jsonl(source: Source) -> Iterator[Item]:
    """The articles of JSON Lines."""
    text, flags = decode(source.data, source.name)
    yield from articles_from_lines(text, source.name, source.settings.longest_article, flags, source.columns)


def _csv(source: Source) -> Iterator[Item]:
    text, flags = decode(source.data, source.name)
    table = table_of_csv(text, source.name)
    yield from articles_from_table(table, source.columns, source.settings.longest_article, flags)


def _xlsx(source: Source) -> Iterator[Item]:
    for table in sheets_of_xlsx(source.data, source.name, source.settings):
        yield from articles_from_table(table, source.columns, source.settings.longest_article)


def _check_length(length: int, source: Source) -> None:
    if length > source.settings.longest_article:
        raise SourceError("S007", _too_long(source.name, length, source.settings.longest_article))


def _too_long(name: str, length: int, longest: int) -> str:
    return (
        f"{name} has {length:,} characters; the limit of an article is {longest:,}."
        " Split it, or raise the setting longest_article."
    )


READERS: Mapping[str, Reader] = {
    ".csv": _csv,
    ".docx": _docx,
    ".htm": _html,
    ".html": _html,
    ".jsonl": read_jsonl,
    ".mht": _mhtml,
    ".mhtml": _mhtml,
    ".ndjson": read_jsonl,
    ".pdf": _pdf,
    ".rtf": _rtf,
    ".tsv": _csv,
    ".txt": _plain,
    ".xlsx": _xlsx,
}
"""Ending -> what reads such a file."""
