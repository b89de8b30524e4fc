"""How the shape of an exported kind is laid out: key order of JSON, columns of CSV.

The layout comes from the TypedDicts of `records.shapes`, never from the records at hand, so two
exports of one kind always have the same keys and columns.

In CSV each key is a column, keys of an object joined by a dot (`date.from`). Of a list of objects
each key is a column too (`actor.name`), which holds the values of all members, in order, joined by
"; "; the nth value of `actor.name` and of `actor.code` belong to the same member. A list in a list
is joined by " | ". A value that is null is empty.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from typing_extensions import is_typeddict

from ..errors import UsageError
from ..records.shapes import EXPORTED

__all__ = ["Column", "Layout", "cell", "columns", "layout", "ordered", "shape"]

JOINTS = ("; ", " | ")
"""What joins the members of a list, and of a list in a list."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A value's layout: its keys where it is an object (else None), and whether it is a list."""

    keys: Mapping[str, Layout] | None
    many: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of CSV: the keys on the way to its value, and whether a list is on that way."""

    path: tuple[str, ...]
    many: bool

    @property
    def name(self) -> str:
        """The name in the first line."""
        return ".".join(self.path)


def layout(kind: str) -> Layout:
    """The layout of an exported kind ("events").

    Raises:
        UsageError: there is no such kind.
    """
    if kind not in EXPORTED:
        raise UsageError("U001", f"There is no kind of record {kind!r}. Choose one of: {', '.join(EXPORTED)}.")
    return _layout(EXPORTED[kind])


@cache
def _layout(shape: Any) -> Layout:
    if get_origin(shape) in (types.UnionType, Union):
        [shape] = [member for member in get_args(shape) if member is not type(None)]
    if get_origin(shape) is list:
        return Layout(_layout(get_args(shape)[0]).keys, many=True)
    if is_typeddict(shape):
        return Layout({key: _layout(kind) for key, kind in get_type_hints(shape).items()}, many=False)
    return Layout(None, many=False)


def shape(kind: str) -> Mapping[str, Any]:
    """The types of an exported kind, for Parquet: of each key str, int, float, bool, a list of one, or a shape."""
    layout(kind)
    found: Mapping[str, Any] = _shape(EXPORTED[kind])
    return found


def _shape(hint: Any) -> Any:
    if get_origin(hint) in (types.UnionType, Union):
        [hint] = [member for member in get_args(hint) if member is not type(None)]
    if get_origin(hint) is list:
        return [_shape(get_args(hint)[0])]
    if is_typeddict(hint):
        return {key: _shape(inner) for key, inner in get_type_hints(hint).items()}
    return hint if hint in (bool, int, float) else str


def ordered(value: Any, by: Layout) -> Any:
    """The value with its keys in the order of the layout; a key that the layout lacks is an error."""
    if value is None or by.keys is None:
        return value
    if by.many:
        return [_ordered(member, by.keys) for member in value]
    return _ordered(value, by.keys)


def _ordered(value: Mapping[str, Any], keys: Mapping[str, Layout]) -> dict[str, Any]:
    if not value.keys() <= keys.keys():
        raise KeyError(f"no key {min(value.keys() - keys.keys())!r} in this kind of record")
    return {
        key: value[key] if inner.keys is None else ordered(value[key], inner)
        for key, inner in keys.items()
        if key in value
    }


def columns(by: Layout) -> tuple[Column, ...]:
    """The columns, in order."""
    return tuple(_columns(by, (), many=False))


def _columns(by: Layout, path: tuple[str, ...], *, many: bool) -> Iterator[Column]:
    many = many or by.many
    if by.keys is None:
        yield Column(path, many)
        return
    for key, inner in by.keys.items():
        yield from _columns(inner, (*path, key), many=many)


def cell(value: Mapping[str, Any], column: Column) -> Any:
    """The value of a column; a list comes joined, as text."""
    picked = _picked(value, column.path)
    return _joined(picked or [], JOINTS) if column.many else picked


def _picked(value: Any, path: tuple[str, ...]) -> Any:
    """What stands at the path, as a list where a list is on the way to it."""
    for place, key in enumerate(path):
        if value is None:
            return None
        if isinstance(value, list):
            return [_picked(member, path[place:]) for member in value]
        value = value.get(key)
    return value


def _joined(values: list[Any], joints: tuple[str, ...]) -> str:
    return joints[0].join(_joined(value, joints[1:]) if isinstance(value, list) else _text(value) for value in values)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
