"""Wires the stages: sources to articles, articles to records, records to the archive; one process or many.

The records of an article depend on that article and the knowledge base alone; what is learned
across articles (register, incidents) is computed over the whole archive in canonical order. Any
number of workers, and any order of sources, therefore give the same records.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing.pool import AsyncResult
from pathlib import Path

from .actors import knowledge, mentions_of, register
from .archive import Archive
from .coding import code_article, code_sentence, code_stories, frames, patterns
from .encoder import encoder, fingerprint
from .intake import read_sources
from .linking import link
from .reading import read
from .records import Article, CodedArticle, Event, Mention, Sentence, Trace, Unread, normalise
from .settings import Settings
from .version import __version__

__all__ = ["Summary", "code", "explained", "read_into", "refresh"]

AHEAD = 4
"""Articles given to each worker before its first result is waited for."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run of reading did."""

    read: int
    already_there: int
    unread: tuple[Unread, ...]
    sentences: int
    events: int


def code(article: Article, user_data: str = "") -> CodedArticle:
    """All records of one article."""
    sentences, mentions = _understood(article, user_data)
    events = tuple(code_article(article, sentences, mentions, frames(user_data)))
    stories = code_stories(article, sentences, mentions, events, user_data)
    return CodedArticle(article, sentences, mentions, tuple(register(mentions, knowledge(user_data))), events, *stories)


def _understood(article: Article, user_data: str) -> tuple[tuple[Sentence, ...], tuple[Mention, ...]]:
    """The parsed sentences of an article and who is named in them: what coding starts from."""
    sentences = tuple(read([article], encoder()))
    return sentences, mentions_of(article, sentences, knowledge(user_data))


def read_into(
    archive: Archive,
    sources: Iterable[str | Path],
    settings: Settings,
    progress: Callable[[int], None] = lambda done: None,
) -> Summary:
    """Read sources into an archive; what is already there is left as it is.

    `progress` is told the number of articles done. Articles are kept in batches of
    `settings.batch`, each one transaction, so that a run that is cut off loses nothing it reported.
    """
    unread: list[Unread] = []
    counts = {"read": 0, "there": 0, "sentences": 0, "events": 0}
    read: set[str] = set()
    fresh = _fresh(archive, read_sources(sources, settings), unread, counts, read)
    for batch in _batches(_coded(fresh, settings), settings.batch):
        archive.keep(batch)
        counts["read"] += len(batch)
        counts["sentences"] += sum(len(coded.sentences) for coded in batch)
        counts["events"] += sum(len(coded.events) for coded in batch)
        progress(counts["read"])
    archive.keep_unread(unread, instead=read)
    refresh(archive, settings)
    return Summary(counts["read"], counts["there"], tuple(unread), counts["sentences"], counts["events"])


def _fresh(
    archive: Archive, found: Iterable[Article | Unread], unread: list[Unread], counts: dict[str, int], read: set[str]
) -> Iterator[Article]:
    """Articles that the archive does not have; the rest is counted. `read` collects the sources of all."""
    seen: set[str] = set()
    for item in found:
        read.add(item.source)
        if isinstance(item, Unread):
            unread.append(item)
        elif item.id in seen or archive.has_article(item.id):
            counts["there"] += 1
        else:
            seen.add(item.id)
            yield item


def _coded(articles: Iterator[Article], settings: Settings) -> Iterator[CodedArticle]:
    _prepare(settings.user_data)
    if settings.jobs <= 1:
        for article in articles:
            yield _confident(code(article, settings.user_data), settings.least_confidence)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(settings.jobs, initializer=_prepare, initargs=(settings.user_data,)) as pool:
        waiting: deque[AsyncResult[CodedArticle]] = deque()
        for article in articles:
            waiting.append(pool.apply_async(code, (article, settings.user_data)))
            if len(waiting) >= AHEAD * settings.jobs:
                yield _confident(waiting.popleft().get(), settings.least_confidence)
        while waiting:
            yield _confident(waiting.popleft().get(), settings.least_confidence)


def _confident(coded: CodedArticle, least: float) -> CodedArticle:
    """The article without the events that are less sure than the settings ask."""
    if least <= 0:
        return coded
    return replace(coded, events=tuple(event for event in coded.events if event.confidence >= least))


def _prepare(user_data: str) -> None:
    """Load model, knowledge and frames once in a process; what is wrong with them is said here, not in a worker."""
    encoder()
    knowledge(user_data)
    frames(user_data)
    for which in ("ties", "shifts", "causes"):
        patterns(which, user_data)


def _batches(coded: Iterator[CodedArticle], size: int) -> Iterator[Sequence[CodedArticle]]:
    while batch := list(islice(coded, max(1, size))):
        yield batch


def refresh(archive: Archive, settings: Settings) -> None:
    """Compute what is learned across articles anew, over the whole archive in canonical order."""
    known = knowledge(settings.user_data)
    archive.replace_actors(
        register((mention for article in archive.articles() for mention in archive.mentions(article.id)), known)
    )
    archive.replace_incidents(link(archive.events()))
    archive.set_manifest({"version": __version__, "model": fingerprint()})


def explained(
    text: str, published: str | None = None, user_data: str = ""
) -> Iterator[tuple[Sentence, Sequence[Mention], list[Event], list[Trace]]]:
    """Each sentence of a text with its mentions, its events, and what was tried on the way to them."""
    article = Article("", normalise(text), "", published=published)
    sentences, mentions = _understood(article, user_data)
    for sentence in sentences:
        inside = [mention for mention in mentions if mention.sentence == sentence.index]
        events, traces = code_sentence(article, sentence, inside, frames(user_data))
        yield sentence, inside, events, traces
