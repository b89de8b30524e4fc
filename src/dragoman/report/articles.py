"""An article as the page shows it: title, paragraphs, and beside each sentence what was coded from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..records import Part
from ..telling import Highlight, Run, runs, safe_link, wording
from .case import Case, Numbered, Row

__all__ = ["Chunk", "Line", "Shown", "shown"]


@dataclass(frozen=True)
class Line:
    """A sentence: its anchor (None for text that is in no sentence) and its runs, the space before it first."""

    id: str | None
    runs: tuple[Run, ...]
    rows: tuple[Row, ...] = ()


@dataclass
class Chunk:
    """Sentences without events that flow on, or one sentence with its events."""

    lines: list[Line] = field(default_factory=list)
    opens: bool = False

    @property
    def rows(self) -> list[Row]:
        """The events coded from it."""
        return [row for line in self.lines for row in line.rows]


@dataclass(frozen=True)
class Shown:
    """An article with its title, and the rest of its text in chunks."""

    source: Numbered
    title: Chunk | None
    body: tuple[Chunk, ...]
    link: str | None
    published: str


def shown(case: Case) -> list[Shown]:
    """The articles as the page shows them."""
    rows: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in case.rows:
        if row.event.article is not None and row.event.sentence is not None:
            rows[row.event.article, row.event.sentence].append(row)
    return [_shown(source, rows) for source in case.articles]


def _shown(source: Numbered, rows: Mapping[tuple[str, int], list[Row]]) -> Shown:
    article = source.article
    first = next(iter(source.sentences), None)
    chunks = _chunks(source, rows)
    titled = first is not None and first.part is Part.TITLE and not article.text[: first.start].strip()
    title = chunks.pop(0) if titled and chunks else None
    return Shown(source, title, tuple(chunks), safe_link(article.url), wording.published(article.published))


def _chunks(source: Numbered, rows: Mapping[tuple[str, int], list[Row]]) -> list[Chunk]:
    text, chunks, cursor = source.article.text, list[Chunk](), 0
    in_title = False
    for sentence in source.sentences:
        start = max(sentence.start, cursor)
        gap, cursor = (cursor, start), max(sentence.end, start)
        opens = not chunks or "\n" in text[slice(*gap)]
        if text[slice(*gap)].strip():
            _append(chunks, Line(None, (Run(text[slice(*gap)], *gap),)), opens)
            gap, opens = (start, start), "\n" in text[slice(*gap)].rstrip(" ")[-1:]
        found = sorted(rows.get((sentence.article, sentence.index), ()), key=lambda row: row.event.trigger_start or 0)
        here = tuple(runs(text, start, cursor, _highlights(found))) if start < cursor else ()
        space = (Run(text[slice(*gap)], *gap),) if gap[0] < gap[1] and not opens else ()
        # The title's sentences stand in the heading: what follows must not flow into it.
        opens = opens or (in_title and sentence.part is not Part.TITLE)
        line = Line(source.sentence_id(sentence.index), space + here, tuple(found))
        _append(chunks, line, opens, joins=in_title and sentence.part is Part.TITLE)
        in_title = sentence.part is Part.TITLE
    if text[cursor:].strip():
        _append(chunks, Line(None, (Run(text[cursor:], cursor, len(text)),)), "\n" in text[cursor:] or not chunks)
    return chunks


def _append(chunks: list[Chunk], line: Line, opens: bool, joins: bool = False) -> None:
    flows = chunks and not opens and not line.rows and not chunks[-1].rows
    if chunks and (flows or joins):
        chunks[-1].lines.append(line)
    else:
        chunks.append(Chunk([line], opens))


def spoken(sources: Sequence[Numbered]) -> str:
    """The outlets of articles, each once."""
    return wording.joined(list(dict.fromkeys(source.outlet for source in sources)))


def _highlights(rows: Iterable[Row]) -> list[Highlight]:
    """The triggers and the parties of events."""
    found = []
    for row in rows:
        event = row.event
        if event.trigger_start is not None and event.trigger_end is not None:
            title = f"event {row.number}: {row.what}"
            found.append(Highlight(event.trigger_start, event.trigger_end, f"trigger k{row.quad or 0}", title, 1))
        for role, parties in (("actor", event.actor), ("recipient", event.recipient)):
            for party in parties:
                title = f"{role} of event {row.number}: {row.name(party)}"
                found.append(Highlight(party.start, party.end, "side", title, 0))
    return found
