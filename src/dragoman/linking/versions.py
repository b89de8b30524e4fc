"""Versions of one page: an article that was corrected or extended is kept beside the one that it replaces."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..records import Article

__all__ = ["versions"]

_FEWEST_TITLE_WORDS = 4
_MOST_VERSIONS = 50
_LEAST_SHARED = 0.5
_SHINGLE = 3
_WORD = re.compile(r"\w+")
_UPDATED = re.compile(r"updated (\S+)")


def versions(articles: Iterable[Article], text_of: Callable[[str], str]) -> dict[str, str]:
    """Later version -> first version, by the ids of articles; `text_of` gives the text of one.

    Articles of one outlet are versions of one page if they share an address, a source, or a title and a day, and most
    of their words. The first is the one published earliest, then updated earliest; where neither says it, the shorter
    one, for a correction adds its note. So the order of reading does not matter.
    """
    order: dict[str, tuple[str, str, int, str]] = {}
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for article in articles:
        order[article.id] = _order(article)
        for key in _keys(article):
            groups[key].append(article.id)
    first: dict[str, str] = {}
    for group in groups.values():
        # What so many articles share is no page: a section's address, a template's title.
        if 1 < len(group) <= _MOST_VERSIONS:
            for pair in _alike(sorted(group, key=order.__getitem__), text_of):
                earlier, *later = sorted({_root(first, article) for article in pair}, key=order.__getitem__)
                first.update(dict.fromkeys(later, earlier))
    return {article: _root(first, article) for article in sorted(first)}


def _alike(group: Sequence[str], text_of: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Each article of a group with the first before it that shares most of its words."""
    said = [(article, _shingles(text_of(article))) for article in group]
    for number, (later, after) in enumerate(said):
        for earlier, before in said[:number]:
            if len(after & before) >= _LEAST_SHARED * len(after | before):
                yield earlier, later
                break


def _root(first: Mapping[str, str], article: str) -> str:
    while article in first:
        article = first[article]
    return article


def _keys(article: Article) -> Iterator[tuple[str, ...]]:
    """What the versions of a page have in common; undated titles and the bare addresses of sites are too little."""
    outlet = article.outlet or ""
    yield "source", outlet, article.source
    address = re.sub(r"^https?://(?:www\.)?", "", article.url or "").partition("#")[0].rstrip("/")
    if "/" in address:
        yield "address", outlet, address
    title = " ".join(_WORD.findall((article.title or "").lower()))
    if outlet and article.published and len(title.split()) >= _FEWEST_TITLE_WORDS:
        yield "title", outlet, title, article.published[:10]


def _order(article: Article) -> tuple[str, str, int, str]:
    updated = next((match[1] for match in map(_UPDATED.fullmatch, article.flags) if match), "")
    return (article.published or "~", updated, len(article.text), article.id)


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words of a text, or all its words where it has fewer."""
    words = _WORD.findall(text.lower())
    return frozenset(zip(*(words[start:] for start in range(_SHINGLE)), strict=False)) or frozenset([tuple(words)])
