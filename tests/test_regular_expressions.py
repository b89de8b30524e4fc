"""No regular expression of the package takes more than linear time, whatever it is given.

They are found by themselves: those that a module holds, and those written where they are used. For each of the repeats
in one, texts of 100 kB are made that run into it again and again and then break off.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from inspect import signature
from pathlib import Path
from re import _constants as codes
from re import _parser as parser
from types import ModuleType
from typing import Any

import pytest

import dragoman

SIZE = 100_000
PATIENCE = 2.0
"""Seconds of the processor; what is linear takes some thousandths."""

LONGEST = {"dragoman.reading.boundaries": 60}
"""Characters of the texts that a module's expressions are given, where it cuts them itself."""

WAYS = frozenset(("search", "match", "fullmatch"))
"""`sub`, `split` and `finditer` look for one match after another, as `search` does."""

SAMPLES = {
    codes.CATEGORY_DIGIT: "7",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_NOT_WORD: ".",
    codes.CATEGORY_NOT_SPACE: "a",
}
FUNCTIONS = ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


def modules() -> list[ModuleType]:
    names = (found.name for found in pkgutil.walk_packages(dragoman.__path__, "dragoman."))
    return [importlib.import_module(name) for name in names]


@cache
def expressions() -> dict[str, tuple[re.Pattern[str], frozenset[str], int]]:
    """Each expression by module and beginning, with the ways in which it is asked and the longest text it is given."""
    found: dict[str, tuple[re.Pattern[str], frozenset[str], int]] = {}
    for module in modules():
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        asked = asked_in(tree)
        others = frozenset(way for name, ways in asked.items() if name.islower() for way in ways)
        for name, value in vars(module).items():
            for pattern in patterns_in(value, 4) if not name.startswith("__") else ():
                ways = frozenset(asked.get(name, ())) or others & WAYS or WAYS
                keep(found, module.__name__, pattern, ways)
        for pattern, way in written_in(tree):
            keep(found, module.__name__, pattern, frozenset([way]) & WAYS or WAYS)
    return found


def keep(found: dict[str, Any], module: str, pattern: re.Pattern[Any], ways: frozenset[str]) -> None:
    text = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    flags = pattern.flags & ~re.UNICODE
    found.setdefault(f"{module} {text[:60]}", (re.compile(text, flags), ways, LONGEST.get(module, SIZE)))


def asked_in(tree: ast.Module) -> dict[str, set[str]]:
    """The ways in which each name of a module is asked, called or handed on."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in FUNCTIONS:
            found.setdefault(node.value.id, set()).add("fullmatch" if node.attr == "fullmatch" else node.attr)
    return {name: {way if way in WAYS else "search" for way in ways} for name, ways in found.items()}


def patterns_in(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    """The expressions that a value of a module holds, in tuples, mappings and records too."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, Mapping):
        for one in value.values():
            yield from patterns_in(one, depth - 1)
    elif depth and isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from patterns_in(one, depth - 1)
    elif hasattr(value, "cache_info") and not signature(value).parameters:
        yield from patterns_in(value(), depth)
    elif depth and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from patterns_in(getattr(value, field.name), depth - 1)


def written_in(tree: ast.Module) -> Iterator[tuple[re.Pattern[Any], str]]:
    """The expressions that stand in a module's functions, as far as they are plain strings, and how each is asked."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        first = node.args[0]
        of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr in FUNCTIONS
        if of_re and node.func.attr != "compile" and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield re.compile(first.value), node.func.attr if node.func.attr in WAYS else "search"


def adversaries(pattern: re.Pattern[str], size: int) -> Iterable[str]:
    """Texts that run into each repeat of an expression again and again, and then break off."""
    found: dict[str, None] = {}
    for before, pump in repeats(list(parser.parse(pattern.pattern, pattern.flags)), ""):
        for start in {before, ""}:
            many = pump * (size // len(pump))
            found[start + many + "\0"] = None
            found[(start + pump) * (size // len(start + pump)) + "\0"] = None
    return found


def repeats(nodes: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    """What leads to each repeat, and what it repeats."""
    for node in nodes:
        kind, value = node
        if kind in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            _, most, body = value
            if most > 20 and (pump := sample(body)):
                yield before, pump
            yield from repeats(body, before)
        elif kind is codes.SUBPATTERN:
            yield from repeats(value[3], before)
        elif kind is codes.BRANCH:
            for branch in value[1]:
                yield from repeats(branch, before)
        elif kind in (codes.ASSERT, codes.ASSERT_NOT):
            yield from repeats(value[1], before)
        elif kind is codes.ATOMIC_GROUP:
            yield from repeats(value, before)
        before += sample([node])


def sample(nodes: Iterable[Any]) -> str:
    """A text that the nodes match, more or less."""
    text = ""
    for kind, value in nodes:
        if kind is codes.LITERAL:
            text += chr(value)
        elif kind is codes.NOT_LITERAL or kind is codes.ANY:
            text += "a" if kind is codes.ANY or value != ord("a") else "b"
        elif kind is codes.IN:
            text += member(value)
        elif kind in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            text += sample(value[2]) * max(1, min(value[0], 5))
        elif kind is codes.SUBPATTERN:
            text += sample(value[3])
        elif kind is codes.BRANCH:
            text += sample(value[1][0])
        elif kind is codes.ATOMIC_GROUP:
            text += sample(value)
    return text


def member(items: Any) -> str:
    if items[0][0] is codes.NEGATE:
        whole = re.compile("[^" + "".join(map(written, items[1:])) + "]")
        return next((one for one in "a1 .é<(" if whole.match(one)), "\x01")
    kind, value = items[0]
    if kind is codes.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is codes.RANGE else SAMPLES.get(value, "a")


def written(item: Any) -> str:
    kind, value = item
    if kind is codes.LITERAL:
        return re.escape(chr(value))
    if kind is codes.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    named = {"DIGIT": "\\d", "NOT_DIGIT": "\\D", "WORD": "\\w", "NOT_WORD": "\\W", "SPACE": "\\s", "NOT_SPACE": "\\S"}
    return named[str(value).removeprefix("CATEGORY_").removeprefix("UNI_")]


def test_they_are_found() -> None:
    assert len(expressions()) > 110


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the clock of the processor is POSIX")
@pytest.mark.parametrize("name", sorted(expressions()))
def test_time_is_linear(name: str) -> None:
    pattern, ways, size = expressions()[name]

    def late(*_: object) -> None:
        raise TimeoutError(f"{way} takes more than {PATIENCE} s for {text[:40]!r}...{text[-20:]!r}")

    before = signal.signal(signal.SIGPROF, late)
    try:
        for text in adversaries(pattern, size):
            for way in ways:
                signal.setitimer(signal.ITIMER_PROF, PATIENCE)
                getattr(pattern, way)(text)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
