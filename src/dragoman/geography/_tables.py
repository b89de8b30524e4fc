"""Reading the tables beside the code, and the keys under which their names are looked up."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from importlib import resources
from io import StringIO

_DELETED = str.maketrans("", "", ".'’‘`´ʻʼʾʿ")
_SPACED = str.maketrans("-–—_,", "     ")
_LONGEST_INITIALISM = 4


def rows(table: str) -> Iterator[dict[str, str]]:
    """Rows of a CSV file in `geography/data`, each a dictionary of column to text."""
    file = resources.files("dragoman.geography") / "data" / table
    yield from csv.DictReader(StringIO(file.read_text(encoding="utf-8"), newline=""))


def split(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several names divided by semicolons."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def plain(name: str) -> str:
    """A name without case, diacritics, dots, apostrophes, hyphens and a leading "the".

    >>> plain("Côte d’Ivoire"), plain("the Guinea-Bissau")
    ('cote divoire', 'guinea bissau')
    """
    decomposed = unicodedata.normalize("NFKD", name.translate(_DELETED).translate(_SPACED))
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    words = letters.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def initialism(name: str) -> str | None:
    """The capitals of "U.S.", "UAE" or "UK", or None where the name is not such a short form.

    >>> initialism("U.S."), initialism("us"), initialism("IRELAND")
    ('US', None, None)
    """
    bare = name.translate(_DELETED).strip()
    return bare if bare.isalpha() and bare.isupper() and len(bare) <= _LONGEST_INITIALISM else None


def index_key(name: str) -> str:
    """The key under which a name of a table is filed: short forms keep their capitals, abbreviations their dot.

    Otherwise the pronoun "us" would be the United States, and "miss" Mississippi.

    >>> index_key("U.S."), index_key("Miss."), index_key("St. Louis")
    ('US', 'miss.', 'st louis')
    """
    short = initialism(name)
    return short if short is not None else plain(name) + ("." if _is_abbreviation(name) else "")


def _is_abbreviation(name: str) -> bool:
    return name.endswith(".") and name.count(".") == 1 and " " not in name


def query_keys(name: str) -> tuple[str, ...]:
    """The keys under which to look for a name met in text, best first ("IRAN" is Iran too)."""
    key, usual = index_key(name), plain(name)
    return (usual,) if key == usual else (key, usual)
