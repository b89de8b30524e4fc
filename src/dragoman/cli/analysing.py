"""What a paper needs of an archive: panels, samples to judge, precision, and comparison with other people's events."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from .. import library
from ..actors import certain, knowledge
from ..alignment import panel
from ..errors import UsageError
from ..evaluation import Judged, Precision, Sampled, precision, right, sample, standing
from ..formats import Column, events_in, export, undisarm, write_table
from ..linking import Happening, Match, compare, happenings
from ..records import Event, Unread
from ..settings import load

__all__ = ["judgements", "matched", "precisions", "write_panel", "write_sample"]

RIGHT = frozenset(("yes", "y", "right", "true", "1"))
WRONG = frozenset(("no", "n", "wrong", "false", "0"))

SAMPLE = (
    Column("id", str, "the event"),
    Column("stratum", str, "the stratum that it was drawn from"),
    Column("stratum_size", int, "events of that stratum in the archive"),
    Column("judgement", str, "to fill in: yes (right), no (wrong); empty is not judged"),
    Column("why", str, "to fill in where you like"),
    *(Column(name, str) for name in "type mode actor recipient status date place counts said_by".split()),
    *(Column(name, str) for name in "trigger sentence outlet published source".split()),
)


def write_panel(
    archive: library.Archive, to: Path, *, near_copies: bool, **options: Any
) -> tuple[int, tuple[str, ...]]:
    """Write a panel and, beside it, the codebook of its columns; returns the number of rows and how it was made."""
    copies = None if near_copies else {article.id for article in archive.articles() if article.near_copy_of}
    made = panel(archive.events(), near_copies=copies, **options)
    columns = [Column(column.name, column.kind, column.meaning) for column in made.columns]
    number = write_table(columns, made.rows, to)
    _write_codebook(columns, made.notes, to.with_suffix(".codebook.md"))
    return number, made.notes


def _write_codebook(columns: Sequence[Column], notes: Sequence[str], path: Path) -> None:
    lines = ["# Columns", "", *(f"- {note}" for note in notes), "", "| column | kind | meaning |", "|---|---|---|"]
    lines += [f"| `{column.name}` | {column.kind.__name__} | {column.meaning} |" for column in columns]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def write_sample(archive: library.Archive, by: str, number: int, seed: int, to: Path) -> int:
    """Write a stratified sample of events: a table to fill in, or (.jsonl) events for the workbench."""
    drawn = sample(archive.exported("events"), by, number, seed)
    if to.suffix.lower() == ".jsonl":
        return export("events", (one.event for one in drawn), to)
    return write_table(SAMPLE, map(_sample_row, drawn), to)


def _sample_row(one: Sampled) -> Sequence[Any]:
    event = one.event
    date, place, article = event["date"] or {}, event["place"] or {}, event["article"] or {}
    source = event.get("source_row")
    days = [day or ".." for day in (date.get("from"), date.get("to"))] if date else []
    return (
        *(event["id"], one.stratum, one.size, "", "", event["type"], event["mode"]),
        *("; ".join(party["name"] for party in event[side]) for side in ("actor", "recipient")),
        *(event["status"], "/".join(dict.fromkeys(days)), place.get("name")),
        "; ".join(f"{count['what']} {count['text']}" for count in event["counts"]),
        event["said_by"]["name"] if event["said_by"] else None,
        event["trigger"]["text"] if event["trigger"] else None,
        event["sentence"]["text"] if event["sentence"] else (source or {}).get("text"),
        *(article.get("outlet"), article.get("published")),
        f"{source['file']}, line {source['line']}" if source else article.get("id"),
    )


def judgements(path: Path, archive: library.Archive | None, by: str, who: str | None) -> list[Judged]:
    """The judgements of a sample: those filled in (.csv), or those that an archive has of its events (.jsonl).

    Raises:
        UsageError: the file is no sample, holds a judgement that is none, or nothing is judged.
    """
    try:
        found = list(_filled_in(path) if path.suffix.lower() != ".jsonl" else _decided(path, archive, by, who))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("U002", f"The sample {path} cannot be read: {error}.") from error
    if not found:
        raise UsageError("U002", f"Nothing in {path} is judged yet. Fill in its column 'judgement' with yes or no.")
    return found


def _filled_in(path: Path) -> Iterator[Judged]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        table = csv.DictReader(file, delimiter=";" if first.count(";") > first.count(",") else ",")
        if not {"stratum", "stratum_size", "judgement"} <= set(table.fieldnames or ()):
            raise UsageError("U002", f"{path} is no sample: it lacks stratum, stratum_size or judgement in line 1.")
        for row in table:
            word = undisarm(row["judgement"] or "").strip().lower()
            if not word:
                continue
            if word not in RIGHT | WRONG or not (row["stratum_size"] or "").isdigit():
                message = (
                    f"{path}, line {table.line_num}: {word!r} is no judgement. Write yes or no, or leave it empty."
                )
                raise UsageError("U002", message)
            yield Judged(undisarm(row["stratum"]), int(row["stratum_size"]), word in RIGHT)


def _decided(path: Path, archive: library.Archive | None, by: str, who: str | None) -> Iterator[Judged]:
    """What was decided of the events of a sample; the sizes of strata are those of the archive."""
    if archive is None:
        raise UsageError("U002", f"The judgements on {path} stand in an archive. Name it with --archive.")
    ids = {json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()}
    decisions = [one for one in standing(archive.store.decisions(who=who)) if one.record in ids]
    if len({one.who for one in decisions}) > 1:
        raise UsageError("U001", f"The events of {path} were judged by several people. Choose one with --who.")
    verdicts = {one.record: right(one) for one in decisions if one.kind == "event"}
    for one in sample(archive.exported("events"), by, 1 << 40, 0):
        verdict = verdicts.get(one.event["id"])
        if verdict is not None:
            yield Judged(one.stratum, one.size, verdict)


def precisions(path: Path, archive: library.Archive | None, by: str, who: str | None) -> list[Precision]:
    """The precision that the judgements of a sample (of an archive's: by `who`) give, by stratum and over all."""
    return precision(judgements(path, archive, by, who))


MATCHES = (
    Column("verdict", str, "matched, ours only or theirs only"),
    Column("score", float, "how well the two agree, 0 to 1"),
    *(Column(name, str, "what both say of it") for name in ("time", "place", "type", "parties", "figures")),
    *(
        Column(f"{side}_{name}", str)
        for side in ("our", "their")
        for name in ("id", "date", "type", "parties", "place", "killed", "words")
    ),
)


def matched(archive: library.Archive, path: Path, to: Path, format: str | None) -> tuple[dict[str, int], list[Unread]]:
    """Write which of our incidents match which events of a file, and what only one side has; returns the numbers.

    Raises:
        SourceError: the file cannot be read as event data.
    """
    unread: list[Unread] = []
    theirs: list[Event] = []
    for found in events_in(path, certain(knowledge(load().user_data)), format):
        (unread if isinstance(found, Unread) else theirs).append(found)  # type: ignore[arg-type]
    own = (event for event in archive.events() if event.article is not None)
    both, ours_only, theirs_only = compare(happenings(own, archive.incidents()), happenings(theirs))
    words = _Words(archive)
    rows = [
        *(_match_row("matched", match.ours, match.theirs, match, words) for match in both),
        *(_match_row("ours only", one, None, None, words) for one in ours_only),
        *(_match_row("theirs only", None, other, None, words) for other in theirs_only),
    ]
    write_table(MATCHES, rows, to)
    numbers = {"matched": len(both), "ours only": len(ours_only), "theirs only": len(theirs_only)}
    return numbers | {"theirs without a day": len(theirs) - len(both) - len(theirs_only)}, unread


class _Words:
    """The words that an event rests on: its sentence, or what its row says."""

    def __init__(self, archive: library.Archive) -> None:
        self._archive = archive

    def __call__(self, event: Event) -> str:
        [(_, article, sentence)] = self._archive.store.evidence([event])
        if sentence is not None and article is not None:
            return f"{sentence.text} ({article.outlet or article.source})"
        row = event.source_row
        return f"{row.text or ''} ({row.file}, line {row.line})".strip() if row else ""


def _match_row(
    verdict: str, ours: Happening | None, theirs: Happening | None, match: Match | None, words: _Words
) -> Sequence[Any]:
    evidence: Mapping[str, str] = dict(match.evidence) if match else {}
    compared = (evidence.get(name) for name in ("time", "place", "type", "parties", "figures"))
    return (verdict, match.score if match else None, *compared, *_side(ours, words), *_side(theirs, words))


def _side(happening: Happening | None, words: _Words) -> Iterable[str | None]:
    if happening is None:
        return (None,) * 7
    events = happening.events
    first = events[0]
    days = [first.when.start or "", first.when.end or ""] if first.when else []
    killed = (count.text for event in events for count in event.counts if count.what == "killed")
    return (
        *(happening.id, "/".join(dict.fromkeys(days)), first.type),
        "; ".join(dict.fromkeys(party.name for event in events for party in (*event.actor, *event.recipient))),
        next((event.where.name for event in events if event.where), None),
        "; ".join(dict.fromkeys(killed)),
        " | ".join(words(event) for event in events),
    )
