"""How well near-copies are found: `python -m benchmarks.near_copies`. The last line is JSON.

208 pairs of articles are made of the invented wire stories in `data/near_copies.toml`: a story with what editors do
to it (new headlines, words replaced, paragraphs cut, moved and added, units and spelling changed, the agency's line
taken out), against other stories of the same happening, follow-ups that repeat its background, reports of another day
in the same mould, and other happenings. All articles of a half are linked together, as in one archive; a pair is
found if both are the same original or copies of it. Every second happening was held back while the code was written.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.linking import near_copies
from dragoman.records import Article, article_id

DATA = Path(__file__).parent / "data" / "near_copies.toml"

COPIES = (
    ("wire", "reheaded"),
    ("wire", "cut"),
    ("wire", "edited"),
    ("wire", "moved"),
    ("wire", "converted"),
    ("wire", "rewritten"),
    ("edited", "moved"),
)
OTHERS = (
    ("wire", "other"),
    ("wire", "later"),
    ("other", "later"),
    ("rewritten", "other"),
    ("cut", "later"),
)


@dataclass(frozen=True)
class Counts:
    """Pairs rightly found, wrongly found and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def texts(happening: Mapping[str, Any]) -> dict[str, str]:
    """The stories of a happening by what was done to them."""
    paragraphs: list[str] = happening["paragraphs"]
    first, second = happening["headlines"]
    edited = _replaced(paragraphs, happening["edits"])
    converted = _replaced(paragraphs, happening["units"])
    heavily = _replaced(edited, happening["units"])
    kept = [heavily[0], *heavily[2:5], *happening["added"], heavily[-1]]
    wire = [happening["headline"], happening["agency"] + paragraphs[0], *paragraphs[1:]]
    made = {
        "wire": wire,
        "reheaded": [first, *paragraphs],
        "cut": [second, happening["agency"] + paragraphs[0], *paragraphs[1 : len(paragraphs) // 2]],
        "edited": [happening["headline"], *edited],
        "moved": [second, paragraphs[0], *paragraphs[4:], *paragraphs[1:4]],
        "converted": [happening["headline"], *converted, *happening["added"]],
        "rewritten": [first, *kept],
    }
    later = happening["later"].strip()
    for number, paragraph in enumerate(paragraphs):
        later = later.replace(f"{{{number}}}", paragraph)
    return {name: "\n".join(parts) for name, parts in made.items()} | {
        "other": happening["other"].strip(),
        "later": later,
    }


def _replaced(paragraphs: list[str], edits: list[list[str]]) -> list[str]:
    """The paragraphs with words replaced; an edit whose words another edit has taken away falls away."""
    for old, new in edits:
        paragraphs = [paragraph.replace(old, new) for paragraph in paragraphs]
    return paragraphs


def pairs(happenings: list[Mapping[str, Any]]) -> list[tuple[str, str, bool]]:
    """Pairs of names of articles, and whether they are near-copies."""
    names = [str(happening["name"]) for happening in happenings]
    found = [(f"{name}/{one}", f"{name}/{other}", True) for name in names for one, other in COPIES]
    found += [(f"{name}/{one}", f"{name}/{other}", False) for name in names for one, other in OTHERS]
    return found + [(f"{a}/wire", f"{b}/wire", False) for a, b in zip(names, [*names[1:], names[0]], strict=True)]


def articles(happenings: list[Mapping[str, Any]]) -> dict[str, Article]:
    """The articles by name, the wire stories published first."""
    found = {}
    for happening in happenings:
        for hour, (name, text) in enumerate(texts(happening).items()):
            outlet = f"{happening['name']}/{name}"
            published = f"2019-05-0{1 + hour // 24}T{hour % 24:02d}:00Z"
            found[outlet] = Article(article_id(text, outlet), text, outlet, outlet=outlet, published=published)
    return found


def counted(happenings: list[Mapping[str, Any]], tell: bool = False) -> Counts:
    """How many pairs are rightly found, wrongly found and missed; `tell` prints those that are not right."""
    named = articles(happenings)
    copies = near_copies(named.values())
    right = wrong = missed = 0
    for one, other, same in pairs(happenings):
        first, second = named[one].id, named[other].id
        found = copies.get(first, first) == copies.get(second, second)
        right += found and same
        wrong += found and not same
        missed += same and not found
        if tell and found != same:
            print(f"  {'missed' if same else 'wrongly joined'}: {one} and {other}")
    return Counts(right, wrong, missed)


def halves() -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """The happenings that were looked at while the code was written, and those that were held back."""
    happenings = tomllib.loads(DATA.read_text(encoding="utf-8"))["happening"]
    return happenings[0::2], happenings[1::2]


def near_copies_f1() -> float:
    """Pairwise F1 over all pairs."""
    seen, held_back = halves()
    return counted(seen + held_back).f1


def main() -> None:
    """Print the figures of both halves and, of the half that may be looked at, what is not right."""
    seen, held_back = halves()
    figures = {"near_copies_f1": round(near_copies_f1(), 4), "pairs": len(pairs(seen + held_back))}
    for name, half, tell in (("seen", seen, True), ("held_back", held_back, False)):
        found = counted(half, tell)
        print(f"{name:10} F1 {found.f1:.3f}: {found.right} right, {found.wrong} wrongly joined, {found.missed} missed")
        figures[f"{name}_f1"] = round(found.f1, 4)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
