"""The title of a page: the line that its head names, else its heading, else what its head alone says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .furniture import fold, is_sentence
from .markup import Block, Page
from .signs import canonical_outlet

__all__ = ["Title", "find_title"]

_SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", " · ", " : ", ": ", " » ")
_FEWEST_WORDS = 4
_MOST_BESIDE = 25
_HEADINGS = ("h1", "h2", "h3", "h4")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, the number of the block that shows it (None: only the head has it), and how it was found."""

    text: str
    block: int | None
    basis: str


def find_title(page: Page, named: Sequence[tuple[str, str]]) -> Title | None:
    """The title of a page; `named` is what its head calls it and where, best first, without the title element."""
    wanted = list(
        dict.fromkeys(fold(one) for text in (*(text for text, _ in named), page.title) for one in _parts(text))
    )
    found = (
        _matching(page.blocks, wanted)
        or _heading(page.blocks)
        or next((Title(_bare(text), None, basis) for text, basis in named), None)
        or next((Title(text, None, "title element") for text in [_bare(page.title)] if _is_title(text)), None)
    )
    # "[list-name] The title": a label in brackets is the archive's or the desk's.
    return replace(found, text=_LABEL.sub("", found.text)) if found else None


# Names of classes that call an element a headline where no heading element does.
_CALLED = re.compile(r"(?<![a-z])(?:title|headline)(?![a-z])", re.IGNORECASE)
_LABEL = re.compile(r"^\[[^\[\]]{2,30}\]\s+(?=\S+\s+\S+)")


def _matching(blocks: Sequence[Block], wanted: Sequence[str]) -> Title | None:
    """The heading, else the block, that is or closely holds the longest of the wanted texts."""
    best: tuple[int, int, int] | None = None
    found: Title | None = None
    for number, block in enumerate(blocks):
        if len(block.text) > 400 or (block.why is not None and block.element != "h1"):
            continue
        folded = fold(block.text)
        match = next((one for one in wanted if folded == one or _framed(folded, one)), None)
        if match is None:
            continue
        rank = _HEADINGS.index(block.element) if block.element in _HEADINGS else len(_HEADINGS)
        order = (-len(match), rank, number)
        if best is None or order < best:
            best = order
            at = folded.find(match)
            found = Title(
                block.text[at : at + len(match)] if len(folded) == len(block.text) else block.text,
                number,
                "visible line",
            )
    return found


def _framed(text: str, wanted: str) -> bool:
    """Whether a text is the wanted one with a word or two before or after it ("Exclusive ...")."""
    return len(wanted) < len(text) <= len(wanted) + _MOST_BESIDE and (text.startswith(wanted) or text.endswith(wanted))


def _parts(text: str) -> Iterator[str]:
    """A title in the head, whole and without the outlet or section beside it, where what is left is long enough."""
    pieces = [text]
    for separator in _SEPARATORS:
        for head, _, tail in (text.partition(separator), text.rpartition(separator)):
            pieces += (head, tail)
    yield from (piece.strip() for piece in pieces if len(piece.split()) >= _FEWEST_WORDS)


def _heading(blocks: Sequence[Block]) -> Title | None:
    """The first heading of the highest rank that says enough."""
    for rank in _HEADINGS:
        for number, block in enumerate(blocks):
            if (
                block.element == rank
                and block.why is None
                and block.linked < 0.8
                and len(block.text.split()) >= _FEWEST_WORDS - (rank == "h1")
            ):
                return Title(block.text, number, "visible line")
    for number, block in enumerate(blocks):
        if (
            block.why is None
            and block.path
            and _CALLED.search(block.path[-1][1])
            and len(block.text.split()) >= _FEWEST_WORDS
        ):
            return Title(block.text, number, "visible line")
    return None


def _bare(text: str) -> str:
    """A title without the outlet after or before it ("... | The Guardian")."""
    for separator in _SEPARATORS:
        head, found, tail = text.rpartition(separator)
        if (
            found
            and (canonical_outlet(tail) or len(tail.split()) < _FEWEST_WORDS)
            and len(head.split()) >= _FEWEST_WORDS
        ):
            return head.strip()
        head, found, tail = text.partition(separator)
        if found and canonical_outlet(head) and len(tail.split()) >= _FEWEST_WORDS:
            return tail.strip()
    return text


def _is_title(text: str) -> bool:
    return len(text.split()) >= 3 and not is_sentence(text)
