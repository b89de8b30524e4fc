"""An Article from what was found on a page or in a record: its text, its identity, its flags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from dragoman.errors import SourceError
from dragoman.records import LONGEST_SENTENCE, Article, Basis, Field, Furniture, article_id

from .decoding import GUESSED
from .language import ENGLISH, language_of, unreadable_language

__all__ = ["CUT_SHORT", "FROM_DATELINE", "ON_PAGE", "Found", "assemble", "empty", "file_name"]

ON_PAGE = "visible line"
FROM_DATELINE = "dateline"
CUT_SHORT = "the text is much shorter than the page"
"""Flag of an article beside which its page says more than twice as much in whole sentences."""

_LEAST_REPEATED = 80
_END = re.compile(r"[.?!…]\s|\n")
_SAMPLE = 20_000
_MOST_ACCENTED = 0.3
_TOLD = ("title", "standfirst", "author", "outlet", "place", "url", "language")


@dataclass(slots=True)
class Found:
    """What a page or record gave; `paragraphs` are the body's. A record may bring its `text` composed already.

    `bases` says of each field that was set by `take` how it was found.
    """

    source: str
    text: str | None = None
    title: str | None = None
    standfirst: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    author: str | None = None
    outlet: str | None = None
    place: str | None = None
    published: str | None = None
    url: str | None = None
    user_id: str | None = None
    furniture: list[Furniture] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    other: list[Field] = field(default_factory=list)
    bases: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, value: str | None, how: str) -> bool:
        """Sets a field, and how it was found; leaves both as they are where there is no value. Gives whether it did."""
        if not value:
            return False
        setattr(self, name, value)
        self.bases[name] = how
        return True

    def drop(self, name: str) -> None:
        """Takes a field back."""
        setattr(self, name, None)
        self.bases.pop(name, None)


def assemble(found: Found) -> Article:
    """The article: title, standfirst and body as paragraphs of one text; checked to be there and to be English.

    Raises:
        SourceError: S004, there is no text; S005, it is not English; S014, it was read in a wrong encoding.
    """
    if not found.title and not found.paragraphs:
        raise empty(found.source, len(found.furniture))
    text = found.text or "\n".join(part for part in (found.title, found.standfirst, *found.paragraphs) if part)
    if GUESSED in found.flags and _garbled(text):
        raise SourceError(
            "S014",
            f"{found.source} is in a wrong encoding: it is not UTF-8, and read as windows-1252 it makes no sense."
            " Save it as UTF-8.",
        )
    foreign = unreadable_language(text)
    if foreign is not None:
        raise SourceError(
            "S005", f"{found.source} is {foreign}; only running English is read. Give a text or translation in English."
        )
    if not found.paragraphs:
        found.flags.append("only a title was found")
    if _repeats(found.paragraphs):
        found.flags.append("a paragraph stands twice")
    if any(len(stretch) > LONGEST_SENTENCE for stretch in _END.split(text)):
        found.flags.append(f"more than {LONGEST_SENTENCE:,} characters without the end of a sentence, read in pieces")
    language = "en" if language_of(text) == ENGLISH else None
    bases = found.bases | ({"language": "inferred from its function words"} if language else {})
    return Article(
        id=article_id(text, found.outlet or file_name(found.source)),
        text=text,
        source=found.source,
        title=found.title or None,
        standfirst=found.standfirst or None,
        author=found.author or None,
        outlet=found.outlet or None,
        place=found.place or None,
        published=found.published,
        published_basis=found.bases.get("published"),
        url=found.url or None,
        user_id=found.user_id or None,
        furniture=tuple(found.furniture),
        language=language,
        flags=tuple(dict.fromkeys(found.flags)),
        other=tuple(found.other),
        bases=tuple(Basis(name, bases[name]) for name in _TOLD if name in bases),
    )


def empty(source: str, furniture: int = 0) -> SourceError:
    """The error of a source that holds no article."""
    if furniture:
        return SourceError(
            "S004",
            f"{source} holds no article: all its {furniture} lines are page furniture."
            " Save the page again when logged in, or paste the article's text.",
        )
    return SourceError("S004", f"{source} is empty. Give a file that holds an article's text.")


def file_name(source: str) -> str:
    """The bare file name of a source: what stands for the outlet in an identity where no outlet is known.

    Without folder and line, so that a file given by itself and in its folder is the same article.

    >>> file_name("folder/news.jsonl:12")
    'news.jsonl'
    """
    name = PurePosixPath(source.replace("\\", "/")).name or source
    stem, colon, line = name.rpartition(":")
    return stem if colon and line.isdigit() else name


def _garbled(text: str) -> bool:
    """Whether so many letters are accented that no language of windows-1252 writes so."""
    sample = [character for character in text[:_SAMPLE] if not character.isspace()]
    return sum(not character.isascii() for character in sample) > _MOST_ACCENTED * len(sample)


def _repeats(paragraphs: Iterable[str]) -> bool:
    counts = Counter(paragraph for paragraph in paragraphs if len(paragraph) >= _LEAST_REPEATED)
    return any(times > 1 for times in counts.values())
