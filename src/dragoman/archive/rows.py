"""Records to rows and back: which column holds what, said once for each kind of record.

Every kind has its columns, in the order of its row, a function that makes a row of a record and
one that makes a record of a row. Lists that nobody filters by are JSON in one column.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from ..codebook import QUADS, TYPES, quad_of, score_of
from ..records import (
    Actor,
    Article,
    Basis,
    Cause,
    Count,
    Decision,
    Event,
    Field,
    Furniture,
    Incident,
    Mention,
    Office,
    Part,
    Party,
    Sentence,
    Shift,
    SourceRow,
    Speaker,
    Statement,
    Status,
    Tie,
    Unread,
    Value,
    When,
    Where,
)

__all__ = [
    "COLUMNS",
    "Row",
    "actor_of",
    "actor_row",
    "article_of",
    "article_row",
    "cause_of",
    "cause_row",
    "count_of",
    "count_rows",
    "decision_of",
    "decision_row",
    "event_of",
    "event_row",
    "incident_of",
    "incident_row",
    "insert",
    "json_list",
    "mention_of",
    "mention_row",
    "party_of",
    "party_rows",
    "select",
    "sentence_of",
    "sentence_row",
    "shift_of",
    "shift_row",
    "tie_of",
    "tie_row",
    "unread_of",
    "unread_row",
]

Row = tuple[Any, ...]

_WORDS = ("id", "article", "sentence", "words", "start", "end")
_PARTY = ("text", "start", "end", "actor", "name", "code", "why")
_DATE = ("date_from", "date_to", "date_precision", "date_text", "date_basis")


def _role(role: str) -> tuple[str, ...]:
    return tuple(f"{role}_{column}" for column in _PARTY)


COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": (
        *("id", "user_id", "title", "standfirst", "author", "outlet", "place", "published", "published_basis"),
        *("url", "text", "furniture", "language", "near_copy_of", "version_of", "flags", "source"),
        *("other", "bases"),
    ),
    "sentences": ("article", "index", "part", "start", "end", "text"),
    "mentions": (
        *("article", "sentence", "start", "end", "text", "head", "kind", "actor", "name", "code", "why"),
        "political",
    ),
    "actors": (
        *("id", "name", "kind", "code", "country", "sectors", "aliases", "part_of", "offices", "start", "end"),
        "gender",
    ),
    "events": (
        *("id", "article", "sentence", "trigger", "trigger_start", "trigger_end", "type", "mode", "quad", "score"),
        *("status", *_DATE, "place_text", "place_name", "place_country", "lat", "lon", "place_precision"),
        *("said_by_text", "said_by_name", "frame", "confidence", "contexts"),
        *("source_file", "source_line", "source_id", "source_text"),
    ),
    "event_parties": ("event", "side", "position", *_PARTY),
    "event_counts": ("event", "position", "what", "low", "high", "text", "said_by", "said_by_name"),
    "ties": (*_WORDS, *_role("source"), "kind", *_role("target"), "polarity", "time", "pattern"),
    "shifts": (*_WORDS, *_role("who"), *_role("away_from"), *_role("toward"), *_DATE, "after", "pattern"),
    "causes": (*_WORDS, "cause", "effect", "pattern"),
    "incidents": ("id", "type", "agreed", "single", "disputed", "updated"),
    "incident_events": ("incident", "position", "event"),
    "decisions": (
        *("id", "record", "kind", "judgement", "correction", "who", "when", "why", "undone", "other", "judged"),
    ),
    "runs": ("number", "what", "version", "model", "articles", "events"),
    "run_changes": ("run", "position", "event", "before", "after"),
    "unread": ("source", "code", "message"),
    "manifest": ("key", "value"),
}
"""Table -> its columns, in the order of the rows that the functions here make and take."""


def insert(table: str) -> str:
    """The statement that inserts one row."""
    columns = COLUMNS[table]
    return f"INSERT INTO {table} ({_quoted(columns)}) VALUES ({', '.join('?' * len(columns))})"


def select(table: str, *before: str) -> str:
    """The beginning of a query for whole rows, with the columns `before` put in front."""
    return f"SELECT {', '.join([*before, _quoted(COLUMNS[table], table)])} FROM {table}"


def _quoted(columns: Iterable[str], table: str = "") -> str:
    # "index", "end", "when" and "trigger" are words of SQL as well as ours.
    prefix = f"{table}." if table else ""
    return ", ".join(f'{prefix}"{column}"' for column in columns)


def article_row(article: Article) -> Row:
    """The row of an article."""
    furniture = [asdict(piece) for piece in article.furniture]
    other = [asdict(field) for field in article.other]
    bases = [asdict(basis) for basis in article.bases]
    return (
        *(article.id, article.user_id, article.title, article.standfirst, article.author, article.outlet),
        *(article.place, article.published, article.published_basis, article.url, article.text, _json(furniture)),
        *(article.language, article.near_copy_of, article.version_of, _json(article.flags), article.source),
        *(_json(other), _json(bases)),
    )


def article_of(row: Row) -> Article:
    """The article of a row."""
    fields: dict[str, Any] = dict(zip(COLUMNS["articles"], row, strict=True))
    fields["furniture"] = tuple(Furniture(**piece) for piece in json.loads(fields["furniture"]))
    fields["flags"] = tuple(json.loads(fields["flags"]))
    fields["other"] = tuple(Field(**field) for field in json.loads(fields["other"]))
    fields["bases"] = tuple(Basis(**basis) for basis in json.loads(fields["bases"]))
    return Article(**fields)


def sentence_row(sentence: Sentence) -> Row:
    """The row of a sentence; its parse is kept by article (`archive.parses`)."""
    return (sentence.article, sentence.index, str(sentence.part), sentence.start, sentence.end, sentence.text)


def sentence_of(row: Row) -> Sentence:
    """The sentence of a row, without tokens and entities."""
    article, index, part, start, end, text = row
    return Sentence(article, index, Part(part), start, end, text, (), ())


def mention_row(article: str, mention: Mention) -> Row:
    """The row of a mention in an article."""
    return (
        *(article, mention.sentence, mention.start, mention.end, mention.text, mention.head, mention.kind),
        *(mention.actor, mention.name, mention.code, mention.why, int(mention.political)),
    )


def mention_of(row: Row) -> Mention:
    """The mention of a row."""
    fields: list[Any] = [*row[1:-1], bool(row[-1])]
    return Mention(*fields)


def actor_row(actor: Actor) -> Row:
    """The row of an actor."""
    offices = [asdict(office) for office in actor.offices]
    return (
        *(actor.id, actor.name, actor.kind, actor.code, actor.country, _json(actor.sectors), _json(actor.aliases)),
        *(_json(actor.part_of), _json(offices), actor.start, actor.end, actor.gender),
    )


def actor_of(row: Row) -> Actor:
    """The actor of a row."""
    fields: dict[str, Any] = dict(zip(COLUMNS["actors"], row, strict=True))
    del fields["code"]
    for name in ("sectors", "aliases", "part_of"):
        fields[name] = tuple(json.loads(fields[name]))
    fields["offices"] = tuple(Office(**office) for office in json.loads(fields["offices"]))
    return Actor(**fields)


def event_row(event: Event) -> Row:
    """The row of an event; its parties and counts have rows of their own."""
    where, said_by, source = event.where, event.said_by, event.source_row
    return (
        *(event.id, event.article, event.sentence, event.trigger, event.trigger_start, event.trigger_end),
        *(event.type, event.mode, *_graded(event.type, event.mode), str(event.status), *_date_columns(event.when)),
        *((None,) * 6 if where is None else _where_columns(where)),
        *_speaker_columns(said_by),
        *(event.frame, event.confidence, _json(event.contexts) if event.contexts else "[]"),
        *((None,) * 4 if source is None else (source.file, source.line, source.id, source.text)),
    )


def event_of(row: Row, actor: Sequence[Party], recipient: Sequence[Party], counts: Sequence[Count]) -> Event:
    """The event of a row, with its parties and counts."""
    identity, article, sentence, trigger, trigger_start, trigger_end, kind, mode, _quad, _score, status = row[:11]
    frame, confidence, contexts = row[24:27]
    return Event(
        id=identity,
        article=article,
        sentence=sentence,
        trigger=trigger,
        trigger_start=trigger_start,
        trigger_end=trigger_end,
        type=kind,
        mode=mode,
        actor=tuple(actor),
        recipient=tuple(recipient),
        status=Status(status),
        when=_when_of(row[11:16]),
        where=None if row[16] is None else Where(*row[16:22]),
        counts=tuple(counts),
        said_by=None if row[22] is None else Speaker(*row[22:24]),
        frame=frame,
        confidence=confidence,
        contexts=tuple(json.loads(contexts)),
        source_row=None if row[27] is None else SourceRow(*row[27:31]),
    )


def party_rows(event: Event) -> list[Row]:
    """The rows of an event's parties, side by side."""
    return [
        (event.id, side, position, *_party_columns(party))
        for side, parties in (("actor", event.actor), ("recipient", event.recipient))
        for position, party in enumerate(parties)
    ]


def party_of(row: Row) -> Party:
    """The party of the columns from `text` on."""
    return Party(*row)


def count_rows(event: Event) -> list[Row]:
    """The rows of an event's counts."""
    return [
        (event.id, position, count.what, count.low, count.high, count.text, *_speaker_columns(count.said_by))
        for position, count in enumerate(event.counts)
    ]


def count_of(row: Row) -> Count:
    """The count of the columns from `what` on."""
    what, low, high, text, said_by, name = row
    return Count(what, low, high, text, None if said_by is None else Speaker(said_by, name))


def _speaker_columns(speaker: Speaker | None) -> tuple[str | None, str | None]:
    return (None, None) if speaker is None else (speaker.text, speaker.name)


def tie_row(tie: Tie) -> Row:
    """The row of a tie."""
    return (
        *_words_columns(tie),
        *(*_party_columns(tie.source), tie.kind, *_party_columns(tie.target), tie.polarity, tie.time, tie.pattern),
    )


def tie_of(row: Row) -> Tie:
    """The tie of a row."""
    fields: list[Any] = [*row[:6], Party(*row[6:13]), row[13], Party(*row[14:21]), *row[21:]]
    return Tie(*fields)


def shift_row(shift: Shift) -> Row:
    """The row of a shift."""
    return (
        *(*_words_columns(shift), *_party_columns(shift.who)),
        *(*_party_columns(shift.away_from), *_party_columns(shift.toward)),
        *(*_date_columns(shift.when), shift.after, shift.pattern),
    )


def shift_of(row: Row) -> Shift:
    """The shift of a row."""
    sides = [None if row[first] is None else Party(*row[first : first + 7]) for first in (6, 13, 20)]
    fields: list[Any] = [*row[:6], *sides, _when_of(row[27:32]), *row[32:]]
    return Shift(*fields)


def cause_row(cause: Cause) -> Row:
    """The row of a cause."""
    return (*_words_columns(cause), cause.cause, cause.effect, cause.pattern)


def cause_of(row: Row) -> Cause:
    """The cause of a row."""
    return Cause(*row)


def incident_row(incident: Incident) -> Row:
    """The row of an incident; its events have rows of their own."""
    said = (incident.agreed, incident.single, incident.disputed, incident.updated)
    return (incident.id, incident.type, *(_json([asdict(statement) for statement in some]) for some in said))


def incident_of(row: Row, events: Sequence[str]) -> Incident:
    """The incident of a row, with the ids of its events."""
    identity, kind, *said = row
    return Incident(identity, kind, tuple(events), *(_statements_of(text) for text in said))


def decision_row(decision: Decision) -> Row:
    """The row of a decision."""
    return (
        *(decision.id, decision.record, decision.kind, decision.judgement, decision.correction),
        *(decision.who, decision.when, decision.why, decision.undone, decision.other, decision.judged),
    )


def decision_of(row: Row) -> Decision:
    """The decision of a row."""
    return Decision(*row)


def unread_row(unread: Unread) -> Row:
    """The row of a source that was not read."""
    return (unread.source, unread.code, unread.message)


def unread_of(row: Row) -> Unread:
    """The unread source of a row."""
    return Unread(*row)


def json_list(values: Iterable[Any]) -> str:
    """Many values as one parameter, for `IN (SELECT value FROM json_each(?))`."""
    return _json(list(values))


@cache
def _graded(kind: str | None, mode: str | None) -> Row:
    """Quad and score, which only those need who read the file without Dragoman."""
    if kind is None or kind not in TYPES:
        return (None, None)
    return (QUADS[quad_of(kind)], score_of(kind, mode))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _words_columns(record: Tie | Shift | Cause) -> Row:
    return (record.id, record.article, record.sentence, record.words, record.start, record.end)


def _party_columns(party: Party | None) -> Row:
    if party is None:
        return (None,) * 7
    return (party.text, party.start, party.end, party.id, party.name, party.code, party.why)


def _date_columns(when: When | None) -> Row:
    if when is None:
        return (None,) * 5
    return (when.start, when.end, when.precision, when.text, when.basis)


def _when_of(columns: Row) -> When | None:
    # An interval may be open at both ends; its precision is always said.
    return None if columns[2] is None else When(*columns)


def _where_columns(where: Where) -> Row:
    return (where.text, where.name, where.country, where.lat, where.lon, where.precision)


def _statements_of(text: str) -> tuple[Statement, ...]:
    return tuple(
        Statement(statement["field"], tuple(Value(**value) for value in statement["values"]))
        for statement in json.loads(text)
    )
