"""Columns of a table or names in a record -> the fields of an article: as told, else guessed by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.errors import SourceError, UsageError

from ._data import table

__all__ = ["Columns", "columns_told", "day_first", "settle", "with_text"]

_LONG = 200
_MOST_SHOWN = 12
_STROKES = re.compile(r"\s*(\d{1,2})/(\d{1,2})/\d{4}\b")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field of an article; `guessed` are the fields that nobody told.

    `day_first` says how 03/01/2020 is meant where the column's other dates tell, else None; `own` that the record is
    one that we exported.
    """

    of: Mapping[str, str]
    guessed: frozenset[str] = frozenset()
    day_first: bool | None = None
    own: bool = False

    def told(self) -> str:
        """The guesses in words: `text = Body, published = Date`; empty where there are none."""
        return ", ".join(f"{field} = {column}" for field, column in self.of.items() if field in self.guessed)


def columns_told(pairs: Iterable[str]) -> dict[str, str]:
    """Field -> column of `FIELD=COLUMN` pairs, as the command line takes them.

    >>> columns_told(["text=Body", "published=Date"])
    {'text': 'Body', 'published': 'Date'}

    Raises:
        UsageError: a pair without `=`, a field that articles do not have, or one told twice.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        field, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or not column:
            raise UsageError("U001", f"--map takes FIELD=COLUMN, such as text=Body, not {pair!r}.")
        if field not in _headings():
            raise UsageError("U001", f"There is no field {field!r} to map to. Choose one of: {', '.join(_headings())}.")
        if field in found:
            raise UsageError("U001", f"The field {field!r} is mapped twice: to {found[field]!r} and to {column!r}.")
        found[field] = column
    return found


def settle(names: Sequence[str], told: Mapping[str, str], where: str) -> Columns:
    """The columns of the fields: those told, then those whose headings are known; each column serves once.

    >>> settle(["Headline", "Body", "Pub. Date"], {}, "x.csv").told()
    'text = Body, title = Headline, published = Pub. Date'

    Raises:
        SourceError: S011, a column that was told is not there.
    """
    of = {field: _named(column, names, where) for field, column in told.items()}
    by_heading = {_bare(name): name for name in reversed(names)}
    guessed = set()
    for field, headings in _headings().items():
        if field in of:
            continue
        if field in names:
            of[field] = field
            continue
        column = next(
            (by_heading[one] for one in headings if one in by_heading and by_heading[one] not in of.values()), None
        )
        if column is not None:
            of[field] = column
            guessed.add(field)
    return Columns({field: of[field] for field in _headings() if field in of}, frozenset(guessed))


def with_text(columns: Columns, names: Sequence[str], rows: Iterable[Mapping[str, str]], where: str) -> Columns:
    """The columns with one for the text: where no heading says it, the one that holds running text.

    Raises:
        SourceError: S011, no column holds the text.
    """
    if "text" in columns.of:
        return columns
    records = list(rows)
    free = [name for name in names if name not in columns.of.values()]
    sums = {name: sum(len(record.get(name, "")) for record in records) for name in free}
    longest = max(free, key=lambda name: sums[name], default=None)
    if longest is None or sums[longest] < _LONG * max(1, len(records)):
        raise SourceError(
            "S011",
            f"No column of {where} holds the articles' text; it has {_listed(names)}."
            " Say which one does: --map text=COLUMN.",
        )
    return Columns({"text": longest, **columns.of}, columns.guessed | {"text"})


def day_first(values: Iterable[str]) -> bool | None:
    """Whether dates like 03/01/2020 in a column begin with the day; None where none of them tells, or they disagree.

    >>> day_first(["03/01/2020", "28/01/2020"]), day_first(["03/01/2020"])
    (True, None)
    """
    said = set()
    for value in values:
        match = _STROKES.match(value)
        if match and int(match[1]) > 12 >= int(match[2]):
            said.add(True)
        elif match and int(match[2]) > 12 >= int(match[1]):
            said.add(False)
    return said.pop() if len(said) == 1 else None


def _named(column: str, names: Sequence[str], where: str) -> str:
    """The column of that name, else the only one of that name but for case and spaces."""
    if column in names:
        return column
    alike = [name for name in names if name.strip().casefold() == column.strip().casefold()]
    if len(alike) == 1:
        return alike[0]
    raise SourceError("S011", f"There is no column {column!r} in {where}; it has {_listed(names)}. Correct --map.")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(name if len(name) <= 40 else name[:39] + "…" for name in names[:_MOST_SHOWN])
    return (shown or "no columns") + (f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else "")


def _bare(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


@cache
def _headings() -> Mapping[str, tuple[str, ...]]:
    return {field: tuple(headings) for field, headings in table("columns")["headings"].items()}
