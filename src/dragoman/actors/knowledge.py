"""The knowledge base: who is known by which names, in which office, when.

Read from the TOML and CSV files beside this module and, where given, from the user's own folder.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import DataError
from ..geography import countries
from ..names import fold, skeleton
from ..records import Actor, Office

__all__ = ["DATA", "Alias", "Knowledge", "Role", "in_force", "keys_of", "knowledge"]

DATA = Path(__file__).parent / "data"
POSSESSIVE = re.compile(r"['’]s\b")
KINDS = frozenset(("person", "state", "body", "party", "group", "organisation", "place", "crowd"))


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to name an actor: its folded words; whether they must be in capitals, and whether they may be small."""

    words: tuple[str, ...]
    actor: str
    capitals: bool
    sense: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A noun that denotes a party without naming it: "protesters", "parliament"."""

    words: tuple[str, ...]
    sector: str
    kind: str
    political: bool


@dataclass(frozen=True, slots=True)
class Title:
    """What a word before a person's name tells: sector ("UNK": none), and gender where it does."""

    sector: str
    gender: str | None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that is known beforehand; look-ups are by folded words."""

    actors: Mapping[str, Actor]
    aliases: Mapping[str, tuple[Alias, ...]]
    sounds: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, tuple[Role, ...]]
    offices: Mapping[tuple[str, str], tuple[tuple[str, Office], ...]]
    titles: Mapping[str, Title]

    def holder(self, country: str, title: str, day: str | None) -> Actor | None:
        """Who holds an office of a state on an ISO day (without one: nobody), else who acts for the holder.

        "Defense" is "defence" here.
        """
        for rank in ("", "acting ", "interim "):
            for person, office in self.offices.get((country, rank + _office(title)), ()):
                if day and in_force(office, day):
                    return self.actors.get(person)
        return None


def _office(title: str) -> str:
    """The title of an office as the tables write it: "secretary of defense" is "defence secretary"."""
    title = title.lower().replace("defense", "defence").replace("premier", "prime minister")
    for behind in (" of ", " for "):
        what, _, of = title.partition(behind)
        if what in ("minister", "secretary") and of and of not in ("state",):
            return f"{of.removeprefix('the ')} {what}"
    return title


def in_force(known: Actor | Office, day: str) -> bool:
    """Whether an actor exists or an office is held on an ISO day; a bound may be a year or a month, or missing."""
    return (known.start or "") <= day <= (known.end or "9999") + "~"


def keys_of(name: str) -> tuple[str, ...]:
    """The words of a name as they are looked up: folded, without articles, "s" a word where it is a possessive."""
    return tuple(word for word in fold(POSSESSIVE.sub(" s", name)).split() if word not in ("al", "the"))


@cache
def knowledge(user_data: str = "") -> Knowledge:
    """The knowledge base of the package, with the user's `actors/*.toml` after it.

    Raises:
        DataError: a file is not as documented; the sentence names file and entry.
    """
    if user_data and not Path(user_data).is_dir():
        raise DataError("D001", f"The folder {user_data} of the setting user_data does not exist.")
    folders = [DATA] + ([Path(user_data) / "actors"] if user_data else [])
    actors: dict[str, Actor] = {}
    shorts: dict[str, tuple[str, ...]] = {}
    for actor, short in _all_actors(folders):
        actors[actor.id] = actor
        shorts[actor.id] = short
    offices = _offices(folders, actors)
    for holders in offices.values():
        for person, office in holders:
            held = actors[person]
            actors[person] = replace(held, offices=(*held.offices, office))
    states = _states()
    for state in states:
        actors.setdefault(state.id, state)
    return Knowledge(
        actors,
        _alias_index(actors, shorts),
        _sound_index(actors, shorts),
        _roles(),
        offices,
        _titles(),
    )


def _all_actors(folders: list[Path]) -> Iterator[tuple[Actor, tuple[str, ...]]]:
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            if path.name in ("roles.toml", "titles.toml"):
                continue
            for number, entry in enumerate(_toml(path).get("actor", []), 1):
                yield _actor(path, number, entry), tuple(entry.get("short", ()))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise DataError("D001", f"{path} is not a valid TOML file: {problem}.") from problem


def _actor(path: Path, number: int, entry: Mapping[str, Any]) -> Actor:
    missing = [key for key in ("id", "name", "kind", "country") if key not in entry]
    if missing or entry["kind"] not in KINDS:
        what = f"lacks {missing[0]!r}" if missing else f"has the unknown kind {entry['kind']!r}"
        raise DataError("D001", f"{path}: actor {number} {what}. See docs/extending.md for the format.")
    offices = tuple(
        Office(role["title"], role["of"], role.get("from") or None, role.get("to") or None)
        for role in entry.get("roles", ())
    )
    return Actor(
        entry["id"],
        entry["name"],
        entry["kind"],
        entry["country"],
        tuple(entry.get("sectors", ())),
        tuple(entry.get("aliases", ())),
        tuple(entry.get("part_of", ())),
        offices,
        entry.get("from") or entry.get("born"),
        entry.get("to") or entry.get("died"),
        entry.get("gender"),
    )


def _states() -> list[Actor]:
    return [
        Actor(c.iso3.lower(), c.name, "state", c.iso3, ("GOV",), tuple(c.names[1:]))
        for c in countries()
        if c.valid_to is None or c.iso3 not in {x.iso3 for x in countries() if x.valid_to is None}
    ]


def _offices(folders: list[Path], actors: Mapping[str, Actor]) -> dict[tuple[str, str], tuple[tuple[str, Office], ...]]:
    by_name = {actor.name: actor.id for actor in actors.values() if actor.kind == "person"}
    found: dict[tuple[str, str], list[tuple[str, Office]]] = {}
    for folder in folders:
        for path in sorted(folder.glob("offices*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    if row["person"] in by_name:
                        office = Office(
                            row["title"], row["country"], row["from"] or None, row["to"] or None, row["sector"]
                        )
                        found.setdefault((row["country"], row["title"]), []).append((by_name[row["person"]], office))
    return {key: tuple(sorted(held, key=lambda pair: pair[1].start or "", reverse=True)) for key, held in found.items()}


def _alias_index(actors: Mapping[str, Actor], shorts: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[Alias, ...]]:
    """Aliases by their first word, longest first."""
    index: dict[str, set[Alias]] = {}

    def add(name: str, actor: str, sense: str) -> None:
        words = keys_of(name)
        if words:
            capitals = name.replace(".", "").isupper() and len(words) == 1
            index.setdefault(words[0], set()).add(Alias(words, actor, capitals, sense, name.islower()))

    for actor in actors.values():
        if actor.kind != "state":
            for name in (actor.name, *actor.aliases, *shorts.get(actor.id, ())):
                add(name, actor.id, "name")
    for state in countries():
        for sense, words in (
            ("name", state.names),
            ("adjective", state.adjectives),
            ("people", state.people),
            ("capital", state.seats),
        ):
            for word in words:
                add(word, state.iso3.lower(), sense)
    return {
        key: tuple(sorted(found, key=lambda a: (-len(a.words), a.words, a.sense != "name", a.actor, a.sense)))
        for key, found in index.items()
    }


def _sound_index(actors: Mapping[str, Actor], shorts: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Persons and groups by the sound of their names, for other transliterations."""
    index: dict[str, list[str]] = {}
    for actor in actors.values():
        if actor.kind in ("person", "group", "party"):
            names: Iterable[str] = (actor.name, *actor.aliases, *shorts.get(actor.id, ()))
            for sound in sorted({skeleton(name) for name in names if len(name) > 4}):
                index.setdefault(sound, []).append(actor.id)
    return {sound: tuple(dict.fromkeys(found)) for sound, found in index.items() if sound}


def _roles() -> dict[str, tuple[Role, ...]]:
    """Role nouns by their last word, longest first."""
    index: dict[str, list[Role]] = {}
    for entry in _toml(DATA / "roles.toml")["role"]:
        for noun in entry["nouns"]:
            words = tuple(noun.lower().replace("-", " ").split())
            role = Role(words, entry["sector"], entry["kind"], entry["political"])
            index.setdefault(words[-1], []).append(role)
    return {word: tuple(sorted(roles, key=lambda role: -len(role.words))) for word, roles in index.items()}


def _titles() -> dict[str, Title]:
    return {
        word.lower(): Title(entry["sector"], entry.get("gender"))
        for entry in _toml(DATA / "titles.toml")["title"]
        for word in entry["words"]
    }
