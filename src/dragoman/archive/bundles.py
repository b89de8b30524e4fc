"""A coded article as one row with the archive's columns, for Parquet: rows of the other tables are lists in it.

So what was coded elsewhere (`dragoman.spark`) is put into an archive as it is, and other programs read it as tables.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import Any

from ..errors import SourceError
from ..records import CodedArticle, Count, Party
from . import rows
from .parses import pack, unpack
from .tables import UPGRADES

__all__ = ["LISTED", "bundle_of", "coded_of", "kinds"]

LISTED = ("sentences", "mentions", "actors", "events", "event_parties", "event_counts", "ties", "shifts", "causes")
"""The tables whose rows are lists of a bundle; the article's own columns stand beside them, and `parse`."""


@cache
def kinds() -> Mapping[str, Mapping[str, type]]:
    """Of "articles" and each table of `LISTED` the columns with their kinds: str, int, float."""
    named = {"TEXT": str, "INTEGER": int, "REAL": float}
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in chain.from_iterable(UPGRADES):
            connection.execute(statement)
        declared = {
            table: {
                row[1]: named[row[2]] for row in connection.execute(f"PRAGMA table_info({table})") if row[2] in named
            }
            for table in ("articles", *LISTED)
        }
    return {table: {column: kinds[column] for column in rows.COLUMNS[table]} for table, kinds in declared.items()}


def bundle_of(coded: CodedArticle) -> dict[str, Any]:
    """The row of a coded article."""
    sentences = sorted(coded.sentences, key=lambda sentence: sentence.index)
    tables: dict[str, Sequence[rows.Row]] = {
        "sentences": list(map(rows.sentence_row, sentences)),
        "mentions": [rows.mention_row(coded.article.id, mention) for mention in coded.mentions],
        "actors": list(map(rows.actor_row, coded.actors)),
        "events": list(map(rows.event_row, coded.events)),
        "event_parties": list(chain.from_iterable(map(rows.party_rows, coded.events))),
        "event_counts": list(chain.from_iterable(map(rows.count_rows, coded.events))),
        "ties": list(map(rows.tie_row, coded.ties)),
        "shifts": list(map(rows.shift_row, coded.shifts)),
        "causes": list(map(rows.cause_row, coded.causes)),
    }
    own = _named("articles", rows.article_row(coded.article))
    return {
        **own,
        "parse": pack(sentences),
        **{table: [_named(table, row) for row in tables[table]] for table in LISTED},
    }


def coded_of(bundle: Mapping[str, Any], source: str) -> CodedArticle:
    """The coded article of a row; errors call its file `source`.

    Raises:
        SourceError: F001, it lacks a column, as what another version has coded does.
    """
    try:
        return _coded(bundle)
    except KeyError as error:
        message = f"{source} was coded by another version of Dragoman (it lacks {error}). Code it again with this one."
        raise SourceError("F001", message) from error


def _coded(bundle: Mapping[str, Any]) -> CodedArticle:
    found = {table: [_row(table, row) for row in bundle[table]] for table in LISTED}
    bare = [rows.sentence_of(row) for row in found["sentences"]]
    parses = unpack(bundle["parse"], [(sentence.start, sentence.text) for sentence in bare])
    parties: defaultdict[tuple[str, str], list[Party]] = defaultdict(list)
    for event, side, _, *party in found["event_parties"]:
        parties[event, side].append(rows.party_of(tuple(party)))
    counts: defaultdict[str, list[Count]] = defaultdict(list)
    for event, _, *count in found["event_counts"]:
        counts[event].append(rows.count_of(tuple(count)))
    return CodedArticle(
        rows.article_of(_row("articles", bundle)),
        tuple(
            replace(sentence, tokens=tokens, entities=entities)
            for sentence, (tokens, entities) in zip(bare, parses, strict=True)
        ),
        tuple(map(rows.mention_of, found["mentions"])),
        tuple(map(rows.actor_of, found["actors"])),
        tuple(
            rows.event_of(row, parties[row[0], "actor"], parties[row[0], "recipient"], counts[row[0]])
            for row in found["events"]
        ),
        tuple(map(rows.tie_of, found["ties"])),
        tuple(map(rows.shift_of, found["shifts"])),
        tuple(map(rows.cause_of, found["causes"])),
    )


def _named(table: str, row: rows.Row) -> dict[str, Any]:
    return dict(zip(rows.COLUMNS[table], row, strict=True))


def _row(table: str, named: Mapping[str, Any]) -> rows.Row:
    return tuple(named[column] for column in rows.COLUMNS[table])
