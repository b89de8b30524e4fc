"""The lines of a pasted page: paragraphs, wrapped lines joined, and those that are furniture by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from .furniture import fold, is_list_heading, is_sentence, judge, without_credit
from .stamps import read_stamp

__all__ = ["JOINED", "Line", "lines_of", "set_aside", "without_tail"]

JOINED = "wrapped lines joined"
"""Flag of an article whose source broke its lines at a fixed width."""

_EDGES = " \t\u00a0\u200b\u200e\u200f\ufeff\u2028\u2029\x0b\x0c\x1c\x1d\x1e\x1f\x85\u3000"
_LONGEST_CAPTION = 300
_NEAR = 3
_LONGEST_LINK = 160
_MOST_LINKS = 12
_PROMPTS = ("newsletter prompt", "subscription prompt", "registration or login prompt")
_FEWEST_PARAGRAPHS = 3
_DASHES = re.compile(r"-{2,}")
_QUOTED = re.compile(r"^(?:> ?)+")
_GAP = re.compile(r"(\s{2,}|\t)")
_LONGEST_TIME = 50
_FEWEST_IN_HEADLINE = 3
# What agencies put before a headline that they send again.
_SENT = re.compile(r"(?:UPDATE|WRAPUP|RPT|REFILE|CORRECTED|REPEAT|ADVISORY)(?: \d{1,2})?-(?=\S)")
# What sentences may stand below a sign-off or a heading of links, as a share of the text, and be none of it.
_LEFT, _LEFT_ALONE = 0.6, 0.25


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a page, the block (between blank lines) that it stands in, and why it is furniture, if it is.

    `whole` is false for a part of a paragraph, where furniture and the article's words ran into each other.
    """

    text: str
    block: int
    why: str | None = None
    outlet: str | None = None
    whole: bool = True


def lines_of(text: str) -> tuple[list[Line], bool]:
    """The non-blank lines of a normalised text, stripped, and whether lines wrapped at a width were joined.

    >>> [line.text for line in lines_of("One.\\n\\n  Two. \\n")[0]]
    ['One.', 'Two.']
    """
    found: list[Line] = []
    joined = False

    def take(line: str, number: int) -> None:
        found.extend(Line(part, number, why) for part, why in _columns(line))

    blocks = list(_blocks(text))
    narrow = any(len(block) > 2 and _wrapped(block) for block in blocks)
    for number, block in enumerate(blocks):
        if _wrapped(block, narrow):
            take(" ".join(block), number)
            joined = True
        else:
            for line in block:
                take(line, number)
    return found, joined


def set_aside(lines: list[Line]) -> list[Line]:
    """The lines with the furniture marked: by their words, as links under a heading, as captions that stand twice."""
    judged: list[Line] = []
    for line in lines:
        pieces = judge(line.text) if line.why is None else ()
        if line.why or (len(pieces) == 1 and pieces[0].why is None):
            judged.append(line)
            continue
        for piece in pieces:
            judged.append(Line(piece.text, line.block, piece.why, piece.outlet, len(pieces) == 1))
    return _repeated(list(_links(_boxes(judged))))


def _columns(line: str) -> Iterator[tuple[str, str | None]]:
    """A line of a terminal in its parts: time, how often the report was sent ("UPDATE 2-"), and headline."""
    first, gap, rest = _GAP.split(line, 1) if _GAP.search(line) else (line, "", "")
    if gap and len(first) <= _LONGEST_TIME and read_stamp(first) and len(rest.split()) >= _FEWEST_IN_HEADLINE:
        yield first, None
        line = rest
    sent = _SENT.match(line)
    if sent:
        yield sent[0], "label of the headline"
        line = line[sent.end() :]
    yield line, None


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in _unquoted(text.split("\n")):
        stripped = line.strip(_EDGES)
        if _DASHES.fullmatch(stripped) and block:
            # Below dashes stands what is added to a message.
            yield block
            block = []
        if stripped:
            block.append(stripped)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _unquoted(lines: list[str]) -> list[str]:
    """The lines without the marks of a message that is quoted, if most of them bear one."""
    marked = sum(line.startswith(">") for line in lines)
    if marked * 2 <= sum(not line.isspace() for line in lines if line):
        return lines
    return [_QUOTED.sub("", line) for line in lines]


_NARROWEST, _WIDEST, _RAGGED, _FILLED = 45, 100, 28, 55


def _boxes(lines: list[Line]) -> list[Line]:
    """Marks what short lines say right below a prompt to subscribe, and captions that stand again with a credit."""
    result = list(lines)
    for number, line in enumerate(lines[1:], 1):
        above = result[number - 1]
        prompt = above.why in _PROMPTS and above.block == line.block and above.whole
        if line.why is None and prompt and not is_sentence(line.text):
            result[number] = replace(line, why=above.why)
        elif line.why == "caption" and above.why is None and len(above.text) > 15 and line.text.startswith(above.text):
            result[number - 1] = replace(above, why="caption")
    return result


def _wrapped(block: list[str], narrow: bool = False) -> bool:
    """Whether the lines of a block are one paragraph broken at a width.

    All but the last nearly fill the width, and a sentence runs over the end of most of them. `narrow` says that other
    blocks of the text are such.
    """
    if len(block) == 2:
        first, second = block
        return (
            len(first) <= _WIDEST
            and (len(second) < len(first) or (narrow and len(second) <= _WIDEST))
            and len(first) > _FILLED
            and (narrow or second[0].islower())
            and not is_sentence(first)
        )
    if len(block) < 3:
        return False
    widths = [len(line) for line in block[:-1]]
    if min(widths) < _NARROWEST or max(widths) > _WIDEST or max(widths) - min(widths) > _RAGGED:
        return False
    if len(block[-1]) > max(widths):
        return False
    over = sum(not is_sentence(line) for line in block[:-1])
    small = sum(line[:1].islower() for line in block[1:])
    return over * 2 > len(widths) and small * 3 >= len(widths)


def _links(lines: list[Line]) -> Iterator[Line]:
    """Headlines under a heading like "Most read" are links to other articles.

    In the heading's own block all short lines are; over a blank line only once the article has begun, because at the
    top of a page the next headline is the article's own.
    """
    heading: Line | None = None
    begun = False
    links = 0
    for line in lines:
        if line.why is not None and is_list_heading(line.text):
            heading, links = line, 0
        elif heading is not None and line.why is None and links < _MOST_LINKS and _link(line, heading, begun):
            links += 1
            yield replace(line, why=heading.why)
            continue
        elif line.why is None:
            heading = None
        begun = begun or (line.why is None and len(line.text) >= 80 and is_sentence(line.text))
        yield line


def _link(line: Line, heading: Line, begun: bool) -> bool:
    if len(line.text) > _LONGEST_LINK or not line.whole:
        return False
    numbered = line.text[:1].isdigit() and line.text.lstrip("0123456789")[:1] in (".", ")")
    headline = not is_sentence(line.text) or line.text.endswith("?")
    if line.block == heading.block:
        return numbered or headline
    return begun and (numbered or (headline and len(line.text.split()) >= 4))


def without_tail(lines: list[Line]) -> list[Line]:
    """The lines with those marked that stand below the last sentence, or below the sign-off: tags, links, sections.

    Nothing is marked where fewer than three paragraphs end as sentences do: a list or a poem has no such end.
    """
    ends = [
        n for n, line in enumerate(lines) if line.why is None and is_sentence(line.text) and line.text[-1] not in ":;"
    ]
    if len(ends) < _FEWEST_PARAGRAPHS:
        return lines
    for number, line in enumerate(lines):
        if (most := _closes(line)) and _teasers([end for end in ends if end > number], ends, lines, most):
            ends = [end for end in ends if end < number] or ends
            break
    below = (replace(line, why=line.why or "below the article") for line in lines[ends[-1] + 1 :])
    return [*lines[: ends[-1] + 1], *below]


def _closes(line: Line) -> float:
    """How much may stand below a line in one sentence and be a link to another article, as a share of the text.

    More below a sign-off than below a heading of links, which may stand within the text as well; else nothing.
    """
    if line.why in ("credits", "comment invitation"):
        return _LEFT
    return _LEFT_ALONE if is_list_heading(line.text) else 0.0


def _teasers(below: list[int], ends: list[int], lines: list[Line], alone: float) -> bool:
    """Whether sentences are those of other articles' summaries: each by itself, not one after another as in a text."""
    own = [number for number, line in enumerate(lines) if line.why is None]
    following = dict(pairwise(own))
    share = sum(len(lines[number].text) for number in below) / sum(len(lines[number].text) for number in ends)
    apart = all(following.get(number) not in set(below) for number in below)
    return apart and share < (alone if len(below) == 1 else _LEFT)


def _repeated(lines: list[Line]) -> list[Line]:
    """Short lines that stand twice, close together: a caption (the second time with its agency), or the title again."""
    result = list(lines)
    last: dict[str, int] = {}
    kept = [number for number, line in enumerate(lines) if line.why is None]
    for place, number in enumerate(kept):
        text = lines[number].text
        if len(text) > _LONGEST_CAPTION or len(text) < 16 or is_sentence(text) or len(text.split()) < 4:
            continue
        bare = without_credit(text)
        earlier = [at for at in (last.get(fold(text)), bare and last.get(fold(bare))) if isinstance(at, int)]
        if earlier and place - earlier[0] <= _NEAR:
            title = earlier[0] == 0 and bare is None
            result[number] = replace(lines[number], why="title again" if title else "caption")
            if not title:
                first = kept[earlier[0]]
                result[first] = replace(lines[first], why="caption")
        else:
            last[fold(text)] = place
    return result
