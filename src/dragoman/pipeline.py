"""Wires the stages: sources to articles, articles to records, records to the archive; one process or many.

The records of an article depend on that article and the knowledge base alone; what is learned
across articles (register, near-copies, incidents) is computed over the whole archive in canonical order. Any
number of workers, and any order of sources, therefore give the same records.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, zip_longest
from multiprocessing.pool import AsyncResult
from pathlib import Path
from typing import TypeVar

from threadpoolctl import ThreadpoolController

from .actors import certain, dated_facts, knowledge, mentions_of, register, spellings
from .archive import Archive, Imported, coded_of
from .coding import (
    Judgement,
    across_sentences,
    code_article,
    code_sentence,
    code_stories,
    context_lexicon,
    frames,
    judge,
    patterns,
    with_contexts,
)
from .encoder import encoder, fingerprint
from .errors import SourceError
from .evaluation import changes, judged
from .formats import events_in, is_parquet, parquet_rows
from .intake import as_taken_in, dated, read_sources
from .linking import link, near_copies, versions
from .reading import pipeline_called, read_with_spacy, read_with_vectors
from .records import (
    Actor,
    Article,
    Change,
    CodedArticle,
    Event,
    Mention,
    Notice,
    Run,
    Sentence,
    Trace,
    Unread,
    normalise,
)
from .settings import Settings
from .version import __version__

__all__ = ["Imports", "Summary", "code", "coded_as", "explained", "import_into", "read_into", "refresh", "reread"]

Item = TypeVar("Item")

AHEAD = 4
"""Articles given to each worker before its first result is waited for."""


ROWS_TOLD = 1000
"""Imported rows between two tellings of progress."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run of reading did."""

    read: int
    already_there: int
    unread: tuple[Unread, ...]
    sentences: int
    events: int
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Imports:
    """What a run of importing did: what came of each file, and the files of which nothing was imported."""

    files: Mapping[str, Imported]
    unread: tuple[Unread, ...]

    @property
    def complete(self) -> bool:
        """Whether every row of every file went in."""
        return not self.unread and not any(found.unread for found in self.files.values())


def code(article: Article, user_data: str = "", reader: str = "") -> CodedArticle:
    """All records of one article; one without a date is dated by its own words, as far as they go.

    It is read by the package's model, or by the spaCy pipeline that `reader` names.
    """
    sentences, mentions, judgements = _understood(article, user_data, reader)
    facts = dated_facts(mentions, knowledge(user_data), user_data)
    if article.published is None:
        article = dated(article, sentences, mentions, facts)
        if article.published is not None:  # who is meant by a name, or an office, may depend on the date
            mentions = mentions_of(article, sentences, knowledge(user_data))
    coded = code_article(article, sentences, mentions, frames(user_data), judgements, facts)
    events = tuple(with_contexts(article, sentences, coded, context_lexicon(user_data)))
    stories = code_stories(article, sentences, mentions, events, user_data)
    return CodedArticle(article, sentences, mentions, tuple(register(mentions, knowledge(user_data))), events, *stories)


def _understood(
    article: Article, user_data: str, reader: str
) -> tuple[tuple[Sentence, ...], tuple[Mention, ...], tuple[Judgement, ...]]:
    """What coding starts from: the parsed sentences of an article, who is named in them, the network's judgements."""
    judgements: tuple[Judgement, ...] = ()
    if reader:
        sentences = tuple(read_with_spacy([article], pipeline_called(reader)))
    else:
        with _numerics().limit(limits=1, user_api="blas"):
            read = tuple(read_with_vectors(article, encoder()))
            sentences = tuple(sentence for sentence, _ in read)
            judgements = tuple(judge(vectors, encoder()) for _, vectors in read)
    return sentences, mentions_of(article, sentences, knowledge(user_data)), judgements


@cache
def _numerics() -> ThreadpoolController:
    """The libraries beneath numpy.

    Their threads wait busily for the next product, which cost a third of the time of reading, and how they divide one
    would make the last digits of a score depend on the number of cores.
    """
    return ThreadpoolController()


def read_into(
    archive: Archive,
    sources: Iterable[str | Path],
    settings: Settings,
    progress: Callable[[int], None] = lambda done: None,
    columns: Mapping[str, str] | None = None,
) -> Summary:
    """Read sources into an archive; what is already there is left as it is.

    `columns` says which column of tables holds which field of an article ({"text": "Body"}).

    `progress` is told the number of articles done. Articles are kept in batches of
    `settings.batch`, each one transaction, so that a run that is cut off loses nothing it reported.
    """
    unread: list[Unread] = []
    notices: list[Notice] = []
    counts = {"read": 0, "there": 0, "sentences": 0, "events": 0}
    read: set[str] = set()
    found = _without_notices(read_sources(sources, settings, columns), notices)
    fresh = _fresh(archive, found, unread, counts, read)
    for batch in _batches(_coded(fresh, settings), settings.batch):
        archive.keep(batch)
        counts["read"] += len(batch)
        counts["sentences"] += sum(len(coded.sentences) for coded in batch)
        counts["events"] += sum(len(coded.events) for coded in batch)
        progress(counts["read"])
    archive.keep_unread(unread, instead=read)
    if counts["read"]:
        archive.begin_run(Run(0, "read", __version__, fingerprint(), counts["read"], counts["events"]))
    refresh(archive, settings)
    return Summary(
        counts["read"], counts["there"], tuple(unread), counts["sentences"], counts["events"], tuple(notices)
    )


def reread(archive: Archive, settings: Settings, progress: Callable[[int], None] = lambda done: None) -> Run:
    """Read the articles of an archive anew, as this version does; returns the run, which notes every event it changed.

    Decisions stay, and so do articles with what intake found in them; a date that was inferred from the text is
    inferred anew. Articles are replaced in batches, each one transaction: a run that is cut off leaves every article
    whole, as the old version or as this one has it.
    """
    run = archive.begin_run(Run(0, "reread", __version__, fingerprint(), 0, 0))
    done = 0
    for batch in _batches(_coded(map(as_taken_in, archive.articles()), settings), settings.batch):
        archive.replace_coded(run, batch, [change for coded in batch for change in _changed(archive, coded)])
        done += len(batch)
        progress(done)
    refresh(archive, settings)
    return next(found for found in archive.runs() if found.number == run)


def _changed(archive: Archive, coded: CodedArticle) -> list[Change]:
    """How the events of an article differ from those that the archive has of it."""
    sentences = {sentence.index: sentence for sentence in coded.sentences}
    before = archive.evidence(archive.events(article=coded.article.id))
    return changes(
        {event.id: judged(event, article, sentence) for event, article, sentence in before},
        {event.id: judged(event, coded.article, sentences.get(event.sentence or 0)) for event in coded.events},
    )


def _without_notices(found: Iterable[Article | Unread | Notice], notices: list[Notice]) -> Iterator[Article | Unread]:
    for item in found:
        if isinstance(item, Notice):
            notices.append(item)
        else:
            yield item


def import_into(
    archive: Archive,
    paths: Iterable[str | Path],
    settings: Settings,
    format: str | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Imports:
    """Import other people's event files into an archive, each whole or not at all, and what Spark has coded.

    `progress` is told the number of rows done. Without `format`, each file's is known by its header.
    """
    resolve = certain(knowledge(settings.user_data))
    files: dict[str, Imported] = {}
    unread: list[Unread] = []
    done = 0
    bundled, events = _told_apart(dict.fromkeys(map(Path, paths)))
    for path in bundled:
        try:
            files[str(path)] = _keep_bundles(archive, path, settings, progress)
        except SourceError as error:
            unread.append(Unread(str(path), error.code, error.message))
    for path in events:
        rows = enumerate(events_in(path, resolve, format), done + 1)
        try:
            files[str(path)] = found = archive.keep_imported(str(path), _told(rows, progress))
        except SourceError as error:
            unread.append(Unread(str(path), error.code, error.message))
        else:
            done += found.new + found.replaced + found.unread
    archive.keep_unread(unread, instead=[item.source for item in unread])
    if bundled:
        refresh(archive, settings)
    else:
        _keep_actors(archive, archive.actors(), settings)
    return Imports(files, tuple(unread))


def _told_apart(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The Parquet of coded articles (a file, or the folder that Spark writes), and the files of events."""
    bundled: list[Path] = []
    events: list[Path] = []
    for path in paths:
        (bundled if is_parquet(path) else events).append(path)
    return bundled, events


def _keep_bundles(archive: Archive, path: Path, settings: Settings, progress: Callable[[int], None]) -> Imported:
    """Keep the coded articles of Parquet, in batches of one transaction each; what is there already is left as it is.

    Raises:
        SourceError: it cannot be read, or is of another version; the batches before are kept.
    """
    new = done = 0
    unread: list[Unread] = []
    for batch in _batches(parquet_rows(path), settings.batch):
        coded = []
        for row in batch:
            if row.get("unread_code"):
                unread.append(Unread(row["source"], row["unread_code"], row["unread_message"]))
            else:
                coded.append(coded_of(row, str(path)))
        new += archive.keep(coded)
        done += len(batch)
        progress(done)
    archive.keep_unread(unread)
    return Imported(new, 0, len(unread))


def _told(rows: Iterable[tuple[int, Event | Unread]], progress: Callable[[int], None]) -> Iterator[Event | Unread]:
    for number, row in rows:
        if number % ROWS_TOLD == 0:
            progress(number)
        yield row


def _keep_actors(archive: Archive, actors: Iterable[Actor], settings: Settings) -> None:
    """Make these actors the register, with those that imported events name."""
    known = knowledge(settings.user_data).actors
    found = {actor.id: actor for actor in actors}
    found |= {identity: known[identity] for identity in archive.imported_actors() if identity in known}
    archive.replace_actors(found[identity] for identity in sorted(found))


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
    _check(settings.user_data)
    if settings.jobs <= 1:
        for article in articles:
            yield coded_as(article, settings)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(settings.jobs, initializer=_prepare, initargs=(settings.user_data, settings.reader)) as pool:
        waiting: deque[AsyncResult[CodedArticle]] = deque()
        for article in articles:
            waiting.append(pool.apply_async(coded_as, (article, settings)))
            if len(waiting) >= AHEAD * settings.jobs:
                yield waiting.popleft().get()
        while waiting:
            yield waiting.popleft().get()


def coded_as(article: Article, settings: Settings) -> CodedArticle:
    """All records of one article, without the events that are less sure than the settings ask."""
    coded = code(article, settings.user_data, settings.reader)
    if settings.least_confidence <= 0:
        return coded
    return replace(coded, events=tuple(one for one in coded.events if one.confidence >= settings.least_confidence))


def _prepare(user_data: str, reader: str) -> None:
    """Load model, knowledge and frames once in a worker, before its first article comes."""
    if reader:
        pipeline_called(reader)
    else:
        encoder()
    _check(user_data)


def _check(user_data: str) -> None:
    """Load knowledge and frames; what is wrong with the user's own is said here, not in a worker."""
    knowledge(user_data)
    frames(user_data)
    context_lexicon(user_data)
    for which in ("ties", "shifts", "causes"):
        patterns(which, user_data)


def _batches(items: Iterator[Item], size: int) -> Iterator[Sequence[Item]]:
    while batch := list(islice(items, max(1, size))):
        yield batch


def refresh(archive: Archive, settings: Settings) -> None:
    """Compute what is learned across articles anew, over the whole archive in canonical order."""
    known = knowledge(settings.user_data)
    named = ((identity, name, code, times) for identity, name, _, code, times, _ in archive.named())
    archive.rename(spellings(named, known))
    _keep_actors(archive, register(archive.every_mention(), known), settings)
    copies = near_copies(archive.articles())
    archive.replace_near_copies(copies)
    later = versions(archive.articles(), lambda article: archive.article(article).text)
    archive.replace_versions(later)
    told = archive.evidence(archive.reported_events())
    archive.replace_incidents(link(told, archive.actors(), archive.ties(), copies | later))
    archive.set_manifest({"version": __version__, "model": fingerprint()})


def explained(
    text: str, published: str | None = None, user_data: str = "", reader: str = ""
) -> Iterator[tuple[Sentence, Sequence[Mention], list[Event], list[Trace]]]:
    """Each sentence of a text with its mentions, its events, and what was tried on the way to them."""
    article = Article("", normalise(text), "", published=published)
    sentences, mentions, judgements = _understood(article, user_data, reader)
    read = []
    for sentence, judgement in zip_longest(sentences, judgements):
        inside = [mention for mention in mentions if mention.sentence == sentence.index]
        read.append((sentence, inside, *code_sentence(article, sentence, inside, frames(user_data), judgement)))
    facts = dated_facts(mentions, knowledge(user_data), user_data)
    coded = [event for _, _, events, _ in read for event in events]
    found = across_sentences(article, sentences, mentions, coded, facts)
    for sentence, inside, _, traces in read:
        yield sentence, inside, [event for event in found if event.sentence == sentence.index], traces
