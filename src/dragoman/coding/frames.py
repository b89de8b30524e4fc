"""Frames: which words report which type of event, and who is who in them.

A frame file is TOML, one for each PLOVER type, in `frames/` beside this module or in the user's own
folder; docs/extending.md has the format. Each frame has a stable, versioned name, which is recorded
on every event that it proposes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..codebook import TYPES
from ..errors import DataError

__all__ = ["FRAMES", "Frame", "Frames", "expanded", "frames"]

FRAMES = Path(__file__).parent / "frames"
KEYS = frozenset(
    "name version mode verbs nouns actor recipient noun_actor noun_recipient mutual requires forbids needs examples "
    "note".split()
)
NEEDS = ("either", "actor", "recipient", "both", "none")


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame. Slots are tried in order; `requires` and `forbids` map a slot to lemmas ("*", "party" too)."""

    name: str
    type: str
    mode: str | None
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    noun_actor: tuple[str, ...]
    noun_recipient: tuple[str, ...]
    mutual: bool
    requires: Mapping[str, frozenset[str]]
    forbids: Mapping[str, frozenset[str]]
    needs: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames by the lemma of their first word, most demanding first; modes by type and word, where its frames agree."""

    verbs: Mapping[str, tuple[tuple[str, Frame], ...]]
    nouns: Mapping[str, tuple[tuple[str, Frame], ...]]
    modes: Mapping[tuple[str, str], str]
    all: tuple[Frame, ...]


@cache
def frames(user_data: str = "") -> Frames:
    """The frames of the package and of the user's `frames/*.toml`.

    Raises:
        DataError: a file is not as documented; the sentence names file and frame.
    """
    folders = [FRAMES] + ([Path(user_data) / "frames"] if user_data else [])
    every = tuple(frame for folder in folders for path in sorted(folder.glob("*.toml")) for frame in _read(path))
    verbs: dict[str, list[tuple[str, Frame]]] = {}
    nouns: dict[str, list[tuple[str, Frame]]] = {}
    for frame in every:
        for verb in frame.verbs:
            verbs.setdefault(verb.split()[0], []).append((verb, frame))
        for noun in frame.nouns:
            nouns.setdefault(noun.split()[-1], []).append((noun, frame))
    return Frames(_sorted(verbs), _sorted(nouns), _modes(every), every)


def _modes(every: tuple[Frame, ...]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], set[str | None]] = {}
    for frame in every:
        for word in (*frame.verbs, *frame.nouns):
            found.setdefault((frame.type, word), set()).add(frame.mode)
    return {key: mode for key, modes in found.items() if len(modes) == 1 for mode in modes if mode}


def _sorted(index: dict[str, list[tuple[str, Frame]]]) -> dict[str, tuple[tuple[str, Frame], ...]]:
    def demand(pair: tuple[str, Frame]) -> tuple[int, int, int, str]:
        word, frame = pair
        particular = sum(1 for lemmas in frame.requires.values() if not lemmas & {"*", "party"})
        return (-len(word.split()), -particular, -len(frame.requires), frame.name)

    return {lemma: tuple(sorted(found, key=demand)) for lemma, found in index.items()}


def _read(path: Path) -> Iterator[Frame]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise DataError("D001", f"{path} is not a valid TOML file: {problem}.") from problem
    kind = table.get("type")
    if not isinstance(kind, str) or kind not in TYPES:
        raise DataError("D001", f"{path}: its `type` is {kind!r}, which is no PLOVER type.")
    lists = table.get("lists", {})
    for number, entry in enumerate(table.get("frame", []), 1):
        yield _frame(path, number, kind, entry, lists)


def _frame(path: Path, number: int, kind: str, entry: Mapping[str, Any], lists: Mapping[str, list[str]]) -> Frame:
    where = f"{path}: frame {number} ({entry.get('name', 'without a name')})"
    unknown = set(entry) - KEYS
    if unknown or "name" not in entry:
        what = f"has the unknown key {sorted(unknown)[0]!r}" if unknown else "has no name"
        raise DataError("D001", f"{where} {what}. See docs/extending.md for the format.")
    if entry.get("needs", "either") not in NEEDS:
        raise DataError("D001", f"{where}: `needs` must be one of {', '.join(NEEDS)}.")
    if entry.get("mode") and entry["mode"] not in TYPES[kind].modes:
        raise DataError("D001", f"{where}: {entry['mode']!r} is no mode of {kind}.")

    def lemmas(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
        return {slot: frozenset(expanded(where, words, lists)) for slot, words in table.items()}

    return Frame(
        f"{kind.lower()}.{entry['name']}@{entry.get('version', 1)}",
        kind,
        entry.get("mode"),
        tuple(expanded(where, entry.get("verbs", ()), lists)),
        tuple(expanded(where, entry.get("nouns", ()), lists)),
        tuple(entry.get("actor", ("subject",))),
        tuple(entry.get("recipient", ("object",))),
        tuple(entry.get("noun_actor", ("by", "possessive", "compound"))),
        tuple(entry.get("noun_recipient", ("against", "on", "of"))),
        entry.get("mutual", False),
        lemmas(entry.get("requires", {})),
        lemmas(entry.get("forbids", {})),
        entry.get("needs", "either"),
        tuple(entry.get("examples", ())),
    )


def expanded(where: str, words: Any, lists: Mapping[str, list[str]]) -> Iterator[str]:
    """Words in lower case, "@name" replaced by the list of that name; `where` begins the sentence of an error."""
    for word in [words] if isinstance(words, str) else words:
        if word.startswith("@"):
            if word[1:] not in lists:
                raise DataError("D001", f"{where} names the list {word!r}, which the file does not have.")
            yield from expanded(where, lists[word[1:]], lists)
        else:
            yield word.lower()
