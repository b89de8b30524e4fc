"""The names that an article introduces, and how it goes on to call their bearers."""

from __future__ import annotations

from ..names import fold, skeleton
from ..records import Sentence

__all__ = ["Introduced"]

SMALL = frozenset("of the for and in on al a an de la el".split())
"""Words of a name that its abbreviation leaves out."""

SHORTEST = 2
"""Letters of an abbreviation."""


class Introduced:
    """Who has been named: actor, name, code, by every way in which they may be named again."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[str, str, str]] = {}
        self.abbreviations: dict[str, tuple[str, str, str]] = {}
        self.bodies: list[tuple[tuple[str, ...], tuple[str, str, str]]] = []

    def actors(self) -> set[str]:
        """The ids of all who were introduced."""
        return {actor for actor, _, _ in self.known.values()}

    def person(self, actor: str, name: str, code: str) -> None:
        """A person goes on by surname, or by the last two words of the name."""
        words = name.split()
        for form in (name, words[-1], " ".join(words[-2:])):
            if len(form) > 2:
                self.known.setdefault(skeleton(form), (actor, name, code))

    def body(self, written: str, actor: str, name: str, code: str) -> None:
        """A body goes on by its initials, or by the last words of its name ("the Commission")."""
        words = fold(written).split()
        found = (actor, name, code)
        for kept in (words, [word for word in words if word not in SMALL]):
            if len(kept) > SHORTEST:
                self.abbreviations.setdefault("".join(word[0] for word in kept), found)
        if len(words) > 1:
            self.bodies.append((tuple(words), found))

    def abbreviation(self, sentence: Sentence, last: int, actor: str, name: str, code: str) -> None:
        """An abbreviation or other name in brackets behind a name: "the Free Army of Kut (FAK)"."""
        tokens = sentence.tokens
        if last + 3 < len(tokens) and tokens[last + 1].text == "(" and tokens[last + 3].text == ")":
            short = tokens[last + 2].text
            if short[:1].isupper() and sum(letter.isupper() for letter in short) >= SHORTEST:
                self.abbreviations[fold(short).replace(" ", "")] = (actor, name, code)

    def named(self, text: str) -> tuple[str, str, str, str] | None:
        """Whom a person's name means, of those introduced: actor, name, code, and why."""
        found = self.known.get(skeleton(text))
        return (*found, f"{text!r} is how the article goes on to call {found[1]}") if found else None

    def abbreviated(self, text: str) -> tuple[str, str, str, str] | None:
        """Whom an abbreviation in capitals means."""
        bare = text.replace(".", "")
        if not bare.isupper() or len(bare) < SHORTEST or " " in bare:
            return None
        found = self.abbreviations.get(fold(bare))
        return (*found, f"{text!r} stands for {found[1]}, which the article introduces") if found else None

    def shortened(self, text: str) -> tuple[str, str, str, str] | None:
        """Whom a part of a body's name that ends as it does means: "the Electoral Commission"."""
        words = tuple(fold(text).split())
        for full, found in reversed(self.bodies):
            if words and len(words) < len(full) and full[-1] == words[-1] and set(words) <= set(full):
                return *found, f"{text!r} is short for {found[1]}, which the article names in full"
        return None
