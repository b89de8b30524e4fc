"""Near-copies: wire stories that several outlets carry with small edits, found over a whole archive.

An article is a near-copy of an earlier one if
- of the triples of neighbouring words of the shorter text, at least `LEAST_SHARED` stand in the longer one (cuts,
  edits, moved paragraphs and new headlines leave that many; two reporters of one event share hardly any),
- it begins with what the earlier one says (a follow-up repeats the background, and begins with the news),
- and it gives mostly the same figures (the report of another day in the same mould does not), or shares nearly all.

Articles are taken in the order of publication, and each is compared with the originals before it alone, so a story
that a thousand outlets carry costs a thousand comparisons. Candidates come from an index of one triple in `SAMPLE`,
chosen by hash (A. Broder, On the resemblance and containment of documents, 1997); what is a copy is decided on all
triples. The result depends on the set of articles alone: adding to an archive gives the same as reading it anew.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ..records import Article, Event

__all__ = ["independent", "near_copies"]

LEAST_SHARED = 0.45
"""Share of the shorter text's triples that stand in the longer one."""

SURELY_SHARED = 0.75
"""From this share on figures do not matter: an editor may have converted them."""

LEAST_OF_LEAD = 0.3
"""Share of the triples of the later text's first `LEAD` words that stand in the earlier one."""

LEAST_FIGURES = 0.5
"""Share of the figures of the text with fewer of them that stand in the other one."""

LEAD = 60
"""Words: a headline and a first paragraph."""

FEW_FIGURES = 4
"""With fewer figures than this, they tell nothing."""

SHORTEST = 12
"""Triples: a shorter text is never taken for a copy."""

SAMPLE = 4
"""One triple in so many is in the index."""

LEAST_HITS = 0.1
"""Of the shorter text's triples, the share that the index must suggest before two texts are compared."""

COMMON = 30
"""A triple that so many originals have is a formula ("one of the") and suggests nothing."""

_WORD = re.compile(r"\w+")
_STEP = np.uint64(0x9E3779B97F4A7C15)  # odd, the golden ratio of 2**64, as in Fibonacci hashing

Hashes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What is compared of an article: hashes of its triples of words and of its figures, sorted, each once."""

    id: str
    triples: Hashes
    lead: Hashes
    figures: Hashes


def near_copies(articles: Iterable[Article]) -> dict[str, str]:
    """The near-copies among articles, given in any order: id of the copy -> id of the original.

    The original is the one published first (undated ones come last, then the id decides); it is never a copy itself.

    >>> story = "Nine soldiers died on Tuesday when rebels attacked a convoy near the northern border, officials said."
    >>> first = Article("a", story, "a.txt", published="2019-05-01")
    >>> second = Article("b", "Convoy attacked. " + story, "b.txt", published="2019-05-02")
    >>> near_copies([second, first])
    {'b': 'a'}
    """
    by_order = {(_published(article), article.id): _sketch(article) for article in articles}
    sketches = [by_order[key] for key in sorted(by_order)]
    repeated = _repeated(sketches)
    originals: list[_Sketch] = []
    index: defaultdict[int, list[int]] = defaultdict(list)
    copies: dict[str, str] = {}
    for sketch in sketches:
        hashes = _within(_sample(sketch), repeated)
        original = _original(sketch, _candidates(sketch, hashes, index, originals))
        if original is not None:
            copies[sketch.id] = original.id
            continue
        for value in hashes:
            if len(index[value]) <= COMMON:
                index[value].append(len(originals))
        originals.append(sketch)
    return copies


def independent(events: Iterable[Event], copies: Mapping[str, str]) -> Iterator[Event]:
    """The events without those that near-copies only repeat; what a copy adds to its original stays.

    `copies` is id of the copy -> id of the original. Events are the same report if type, mode, status, parties and
    date are; where one article tells an event several times, its copies do too, and the article that tells it most
    often counts.
    """
    told: Counter[tuple[object, ...]] = Counter()
    kept: Counter[tuple[object, ...]] = Counter()
    for event in events:
        article = event.article
        if article is None:
            yield event
            continue
        report = (copies.get(article, article), *_content(event))
        told[(article, *report)] += 1
        if told[(article, *report)] > kept[report]:
            kept[report] += 1
            yield event


def _content(event: Event) -> tuple[object, ...]:
    sides = (frozenset(party.id or party.name for party in side) for side in (event.actor, event.recipient))
    when = (event.when.start, event.when.end) if event.when and event.when.text else None
    return (event.type, event.mode, event.status, *sides, when)


def _published(article: Article) -> tuple[bool, str]:
    """A key that orders by publication: moments of several zones by the moment, intervals by their end."""
    published = article.published and article.published.rpartition("/")[2].replace("..", "")
    if published and "T" in published:
        try:
            moment = datetime.fromisoformat(published)
        except ValueError:
            return False, published
        if moment.tzinfo is not None:
            return False, moment.astimezone(UTC).isoformat()
    return not published, published or ""


def _sketch(article: Article) -> _Sketch:
    words = _WORD.findall(article.text.lower())
    figures = np.array([crc32(word.encode()) for word in words if word[0].isdigit()], dtype=np.uint32)
    triples = _triples(words)
    return _Sketch(article.id, np.unique(triples), np.unique(triples[: LEAD - 2]), np.unique(figures))


def _triples(words: list[str]) -> Hashes:
    """A hash of each three neighbouring words, in the order of the text; the same on every machine."""
    codes = np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)
    mixed = ((codes[:-2] * _STEP + codes[1:-1]) * _STEP + codes[2:]) * _STEP
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _sample(sketch: _Sketch) -> Hashes:
    sampled: Hashes = sketch.triples[sketch.triples % SAMPLE == 0]
    return sampled


def _repeated(sketches: list[_Sketch]) -> Hashes:
    """The sampled triples that stand in more than one article: most do not, and need no index."""
    samples = [np.empty(0, np.uint32), *map(_sample, sketches)]
    values, counts = np.unique(np.concatenate(samples), return_counts=True)
    return values[counts > 1]


def _within(some: Hashes, all_of_them: Hashes) -> list[int]:
    """Those of some sorted hashes that are among others; `np.isin` would sort the others each time."""
    places = np.searchsorted(all_of_them, some)
    inside = places < len(all_of_them)
    found: list[int] = some[inside][all_of_them[places[inside]] == some[inside]].tolist()
    return found


def _candidates(
    sketch: _Sketch, hashes: list[int], index: Mapping[int, list[int]], originals: list[_Sketch]
) -> Iterator[_Sketch]:
    """The originals that share enough sampled triples to be worth comparing, earliest first."""
    hits: Counter[int] = Counter()
    for value in hashes:
        sharing = index.get(value, ())
        if len(sharing) <= COMMON:
            hits.update(sharing)
    for number in sorted(hits):
        shorter = min(len(sketch.triples), len(originals[number].triples))
        if hits[number] * SAMPLE >= shorter * LEAST_HITS:
            yield originals[number]


def _original(sketch: _Sketch, candidates: Iterable[_Sketch]) -> _Sketch | None:
    """Of the candidates that the article is a copy of, the one that shares most with it; of equals the earliest."""
    best, most = None, 0
    for candidate in candidates:
        shared = _shared(sketch.triples, candidate.triples)
        if shared > most and _is_copy(sketch, candidate, shared):
            best, most = candidate, shared
    return best


def _is_copy(later: _Sketch, earlier: _Sketch, shared: int) -> bool:
    shorter = min(len(later.triples), len(earlier.triples))
    if shorter < SHORTEST or shared < LEAST_SHARED * shorter:
        return False
    if _shared(later.lead, earlier.triples) < LEAST_OF_LEAD * len(later.lead):
        return False
    if shared >= SURELY_SHARED * shorter:
        return True
    fewer = min(len(later.figures), len(earlier.figures))
    return fewer < FEW_FIGURES or _shared(later.figures, earlier.figures) >= LEAST_FIGURES * fewer


def _shared(one: Hashes, other: Hashes) -> int:
    return len(np.intersect1d(one, other, assume_unique=True))
