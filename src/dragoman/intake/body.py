"""Which blocks of a page are the article's, told from where its sentences stand, not from what classes are called.

Pages differ in the names of their elements and agree in this: the sentences of the article stand together in one
element below the headline, each in the same kind of element; boxes among them are built in another way, and what leads
elsewhere is all link. The scoring of elements follows Readability (https://github.com/mozilla/readability).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from .furniture import is_sentence, judge, speaks_to_reader
from .markup import Block

__all__ = ["Division", "divide", "is_link"]

_SHORTEST_PROSE = 40
_LEAST_BELOW_TITLE = 200
_LINK = 0.8
_HALF = 0.5
_TO_READER = 0.25
_TEASER = 0.25
_LEAST_SHARE = 0.15
_LEAST_SECTION = 0.25
_LINKS_OF_A_LIST = 2
_LONGEST_SECTION = 60
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FLOWING = ("p", "li", "blockquote", "dd", "dt", "pre", *_HEADINGS)


_Node = tuple[int, str]
_Shape = tuple[str, ...]


@dataclass(slots=True)
class Division:
    """The numbers of a page's blocks: `top` between title and body, `body`, and the others with the reason."""

    top: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    aside: dict[int, str] = field(default_factory=dict)


def divide(blocks: Sequence[Block], title: int | None) -> Division:
    """Divides the blocks of a page whose title is the block of that number (None: the title is not to be seen)."""
    end = _end(blocks, title)
    prose = {n: weight * _lead_elsewhere(blocks, n) for n in range(end) if (weight := _weight(blocks[n]))}
    start = 0
    if title is not None and sum(weight for number, weight in prose.items() if number > title) >= _LEAST_BELOW_TITLE:
        start = title + 1
        prose = {number: weight for number, weight in prose.items() if number >= start}
    found = Division()
    prose = _near_title(blocks, prose, title)
    if prose:
        _fill(found, blocks, range(start, end), prose, title)
    else:
        found.body = [n for n in range(start, end) if blocks[n].why is None and not is_link(blocks[n]) and n != title]
    taken = {*found.top, *found.body, title}
    for number, block in enumerate(blocks):
        if number not in taken:
            found.aside.setdefault(number, block.why or ("related links" if is_link(block) else "outside the article"))
    return found


def is_link(block: Block) -> bool:
    """Whether a block is a link and no sentence: a headline or section that leads elsewhere."""
    return block.linked >= _LINK and not is_sentence(block.text)


def _end(blocks: Sequence[Block], title: int | None) -> int:
    """Where another article begins: at the next headline of the highest rank, on pages that load one after another."""
    if title is None or blocks[title].element != "h1":
        return len(blocks)
    for number in range(title + 1, len(blocks)):
        block = blocks[number]
        # Beside the paragraphs a headline of the highest rank is that of a section.
        section = number and block.path[:-1] == blocks[number - 1].path[:-1] and _weight(blocks[number - 1])
        if block.element == "h1" and block.why is None and block.text != blocks[title].text and not section:
            between = sum(_weight(one) for one in blocks[title + 1 : number])
            if between >= _LEAST_BELOW_TITLE:
                return number
    return len(blocks)


def _weight(block: Block) -> float:
    """How much a block counts as running text: its length, less where it speaks to the reader, nothing if furniture."""
    text = block.text
    if block.why or block.linked >= _HALF or len(text) < _SHORTEST_PROSE or not is_sentence(text):
        return 0.0
    if judge(text)[0].why is not None:
        return 0.0
    return len(text) * (_TO_READER if speaks_to_reader(text) and not text.startswith(('"', "“", "'", "‘")) else 1.0)


@dataclass(frozen=True, slots=True)
class _Region:
    """The blocks in the article's element: their weight as running text, how each is built, which branch it is on."""

    blocks: Sequence[Block]
    numbers: Sequence[int]
    prose: Mapping[int, float]
    shapes: Mapping[int, _Shape]
    branches: Mapping[_Node, Sequence[int]]
    main: _Shape


def _lead_elsewhere(blocks: Sequence[Block], number: int) -> float:
    """How much a paragraph counts by what stands around it: little below a link with none of its like after it."""
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    teaser = number and is_link(blocks[number - 1]) and (after is None or not _weight(after))
    return _TEASER if teaser else 1.0


def _near_title(blocks: Sequence[Block], prose: dict[int, float], title: int | None) -> dict[int, float]:
    """The running text in the innermost element around the title that holds a fair share of it.

    A headline stands near its text: lists of other articles, which may hold more, share only outer elements with it.
    """
    if title is None:
        return prose
    total = sum(prose.values())
    for node in reversed(blocks[title].path):
        near = {number: weight for number, weight in prose.items() if node in blocks[number].path}
        held = sum(near.values())
        if held >= _LEAST_BELOW_TITLE and held >= _LEAST_SHARE * total:
            return near
    return prose


def _fill(found: Division, blocks: Sequence[Block], reach: range, prose: dict[int, float], title: int | None) -> None:
    region = _region(blocks, reach, prose, _joined(_container(blocks, prose), blocks, prose, title))
    flowing = set(_flowing(region))
    first = _first(region, next((n for n in region.numbers if n in prose and n in flowing), region.numbers[0]))
    last = _last(region, max((n for n in region.numbers if n in prose and n in flowing), default=first))
    kept: list[int] = []
    for number in (one for one in region.numbers if first <= one <= last):
        block = blocks[number]
        why = block.why or ("related links" if is_link(block) else None if number in flowing else _of_box(block))
        if why is None:
            kept.append(number)
        else:
            found.aside[number] = why
    found.body = _with_headings(found, region, kept, first)
    found.top = [number for number in range(reach.start, first) if not blocks[number].why and number not in found.body]
    for number in range(last + 1, reach.stop):
        if blocks[number].why is None and not is_link(blocks[number]):
            found.aside.setdefault(number, "below the article")


def _of_box(block: Block) -> str:
    return "caption" if block.part == "picture" else "box in the text"


def _region(blocks: Sequence[Block], reach: range, prose: Mapping[int, float], node: _Node) -> _Region:
    """The region of an element, without the sections that horizontal rules cut off with little of its text."""
    inside = [number for number in reach if node in blocks[number].path]
    sections = Counter[int]()
    for number in inside:
        sections[blocks[number].rule] += int(prose.get(number, 0))
    least = min(_LEAST_SECTION * sections.total(), max(sections.values()))  # many rules may leave no section its share
    ample = {rule for rule, weight in sections.items() if weight >= least}
    inside = [number for number in inside if blocks[number].rule in ample]
    shapes = {number: _shape(blocks[number], node) for number in inside}
    usual = Counter[_Shape]()
    for number in inside:
        usual[shapes[number]] += int(prose.get(number, 0))
    main = usual.most_common(1)[0][0]
    hosts = _hosts(blocks, inside, node, {blocks[n].path[-2] for n in inside if shapes[n] == main and main})
    branches: dict[_Node, list[int]] = {}
    for number in inside:
        branches.setdefault(_branch(blocks[number], hosts), []).append(number)
    return _Region(blocks, inside, prose, shapes, branches, main)


def _shape(block: Block, node: _Node) -> _Shape:
    return tuple(kind for _, kind in block.path[block.path.index(node) + 1 :])


def _hosts(blocks: Sequence[Block], inside: Iterable[int], node: _Node, direct: Set[_Node]) -> set[_Node]:
    """The elements that paragraphs stand in: the article's, those right above them, and others like these beside."""
    above = {path[path.index(host) - 1] for n in inside for path in (blocks[n].path,) for host in direct & set(path)}
    kinds = {kind for _, kind in direct}
    paths = (blocks[number].path for number in inside)
    beside = {one for path in paths for over, one in pairwise(path) if over in above and one[1] in kinds}
    return {node, *direct, *beside}


def _branch(block: Block, hosts: Set[_Node]) -> _Node:
    """The element right below the innermost of those that hold paragraphs of the text."""
    at = next(at for at in range(len(block.path) - 1, -1, -1) if block.path[at] in hosts)
    return block.path[min(at + 1, len(block.path) - 1)]


def _container(blocks: Sequence[Block], prose: dict[int, float]) -> _Node:
    """The element that holds the article: that with most running text near below it.

    Each block counts in full for the nearest element that holds more text than it, and half as much for every further
    one that adds some.
    """
    totals = Counter[_Node]()
    for number, weight in prose.items():
        for node in blocks[number].path:
            totals[node] += int(weight)
    scores: dict[_Node, float] = {}
    for number, weight in prose.items():
        share, held = 1.0, int(weight)
        for node in reversed(blocks[number].path):
            if totals[node] > held:
                held = totals[node]
                scores[node] = scores.get(node, 0.0) + weight * share
                share *= _HALF
    if scores:
        return max(scores, key=lambda node: (scores[node], -node[0]))
    longest = max(prose, key=lambda number: prose[number])
    return blocks[longest].path[-1] if blocks[longest].path else (0, "")


def _joined(node: _Node, blocks: Sequence[Block], prose: dict[int, float], title: int | None) -> _Node:
    """The element above, where the text goes on in others of the same kind beside: entries of a live page, sections.

    Not where one of these holds the title: then they are articles of their own.
    """
    path = next((block.path for block in blocks if node in block.path), ())
    place = path.index(node) if node in path else 0
    if not place or (title is not None and node in blocks[title].path):
        return node
    above = path[place - 1]
    alike = {
        block.path[place]
        for number in prose
        if len((block := blocks[number]).path) > place and block.path[place - 1] == above
    }
    same = {one for one in alike if one[1] == node[1] and (node[1].partition(".")[2] or node[1] != "td.")}
    if len(same) < 2 or (title is not None and same & set(blocks[title].path)):
        return node
    return above


def _flowing(region: _Region) -> Iterator[int]:
    """The blocks that stand in the flow of the text and not in boxes within it.

    Those do that are built as most of the text is or stand directly beside such; and those in an element beside them
    that holds nothing but paragraphs, headings and items, none of them furniture or with words to the reader.
    """
    for branch, numbers in region.branches.items():
        blocks = [region.blocks[number] for number in numbers]
        if (
            any(region.shapes[number] == region.main for number in numbers)
            or all(block.path[-1] == branch for block in blocks)
            or (
                all(map(_plain, blocks))
                and (blocks[0].element in _FLOWING[1:] or not region.prose.keys().isdisjoint(numbers))
            )
        ):
            yield from numbers


def _plain(block: Block) -> bool:
    """Whether a block is a paragraph, heading or item of a text, and not furniture by its words."""
    told = block.why or block.part == "picture" or speaks_to_reader(block.text) or judge(block.text)[0].why
    return not told and not is_link(block) and (block.element in _FLOWING or is_sentence(block.text))


def _first(region: _Region, first: int) -> int:
    """The first block of the text: short sentences right above it that are built like the others belong to it."""
    at = region.numbers.index(first)
    while at and region.shapes[region.numbers[at - 1]] == region.main:
        above = region.blocks[region.numbers[at - 1]]
        if not (_plain(above) and is_sentence(above.text)):
            break
        at -= 1
    return region.numbers[at]


def _last(region: _Region, last: int) -> int:
    """The last block of the text: short sentences built like the others, and items of a list, still belong to it."""
    for number in region.numbers:
        block = region.blocks[number]
        if number <= last or block.why is not None or is_link(block):
            continue
        item = block.element == "li" and region.blocks[last].element in ("li", "p") and number == last + 1
        if item or (region.shapes[number] == region.main and is_sentence(block.text) and number <= last + 3):
            last = number
    return last


def _with_headings(found: Division, region: _Region, kept: Sequence[int], first: int) -> list[int]:
    """The body with the heading that stands right above it, without headings that nothing kept stands under."""
    blocks, numbers = region.blocks, region.numbers
    order = {number: at for at, number in enumerate(numbers)}
    at = order[first]
    result = list(kept)
    if at and _is_heading(blocks[numbers[at - 1]]):
        result.insert(0, numbers[at - 1])
    chosen = set(kept)
    for number in kept:
        if blocks[number].element in _HEADINGS:
            below = _below(blocks, numbers[order[number] + 1 :], chosen)
            links = [is_link(blocks[one]) for one in below[:_LINKS_OF_A_LIST]]
            if chosen.isdisjoint(below) or (len(links) == _LINKS_OF_A_LIST and all(links)):
                result.remove(number)
                found.aside[number] = "related links"
    return result


def _below(blocks: Sequence[Block], numbers: Sequence[int], chosen: Set[int]) -> list[int]:
    """The first of the blocks, up to the next heading of the text; headings of boxes in it are none."""
    return list(takewhile(lambda n: blocks[n].element not in _HEADINGS or n not in chosen, numbers[:_LONGEST_SECTION]))


def _is_heading(block: Block) -> bool:
    return block.element in _HEADINGS[1:4] and block.why is None and not is_link(block) and len(block.text) <= 100
