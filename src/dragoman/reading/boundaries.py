"""How likely a sentence ends behind each unit of a text: a small convolutional network over words.

A unit is a run of characters without a blank, cut where an end mark stands inside it ("end.Next").
Each unit has features of its own (word, shape, ending, marks before and behind, what the lexicon
knows) and of its place in the line (how far from its edges and from the last end mark, open quotes
and brackets, how much of the line has capitals and end marks). The features' vectors are added up;
three convolutions look at up to eleven units to either side. The weights are made by
`training/boundaries.py` and stand in `data/boundaries.npz`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .words import lexicon

__all__ = ["DILATIONS", "Alphabet", "Model", "Units", "model", "own_features", "probabilities", "units_of"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

Flags = npt.NDArray[np.bool_]

OWN = ("w", "<", ">", "s", "e", "k")
"""A unit's own features: word, marks before, marks behind, shape, ending, what the lexicon knows."""

CONTEXT = ("place", "since", "ahead", "left", "state", "line", "marks", "capitals")
"""Of its place: units since the line's edge, since and until an end mark, until the edge; open quotes
and brackets; the line's length, share of end marks and share of capitals. Sixteen buckets each."""

DILATIONS = (1, 2, 2)
"""Of the convolutions, each five units wide."""

_REACH = 2 * sum(DILATIONS) + 1
_CHUNK = 8192
_RUN = re.compile(r"\S+")
_GLUED = re.compile(
    r"(?:(?<=[\w)])[.?!…]{1,20}(?<![A-Z]\.)[\"”’)]{0,2}|^[.?!…]{1,20}|(?<=[a-z])--)"
    r"(?=[\"“(\[]?[A-Z]|(?<=[?!…])[a-z]|(?<=\.\.)[a-z])|(?<=[a-z0-9][.?!][\"”)])(?=[A-Z])"
)
_ADDRESS = re.compile(r"://|www\.|@|\.(?:com|org|net|doc|xls|html?|pdf)\b", re.IGNORECASE)
_PARTS = re.compile(r"([^\w$€£#@&%]{0,40})(.*?)([^\w$€£%]{0,40})", re.DOTALL)
_END_MARK = re.compile(r"[.?!…]")
_DIGITS = re.compile(r"\d")
_SHAPES = (
    ("none", re.compile(r"")),
    ("lower", re.compile(r"[a-zß-öø-ÿ]+(?:[’'][a-z]+)?")),
    ("initial", re.compile(r"[A-Z]")),
    ("title", re.compile(r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:[’'][a-z]+)?")),
    ("upper", re.compile(r"[A-Z]+(?:[’'][A-Z]+)?")),
    ("initials", re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")),
    ("digit", re.compile(r"\d")),
    ("digits", re.compile(r"\d{2,3}")),
    ("year", re.compile(r"(?:19|20)\d\d")),
    ("number", re.compile(r"\d+(?:[.,]\d+)*")),
    ("money", re.compile(r"[$€£]\d[\d.,]*")),
    ("date", re.compile(r"\d{1,4}[/-]\d{1,2}(?:[/-]\d{1,4})?")),
    ("time", re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:[ap]m)?", re.IGNORECASE)),
    ("phone", re.compile(r"[\d()+.-]{7,20}")),
    ("address", re.compile(r"(?:https?://|www\.).*|.*@.*|.*\.(?:com|org|net)\b.*", re.DOTALL | re.IGNORECASE)),
    ("hyphened title", re.compile(r"[A-Z]\w*(?:[-–—/]\w+)+")),
    ("hyphened", re.compile(r"\w+(?:[-–—/]\w+)+")),
    ("camel", re.compile(r"[A-Z][a-z]+[A-Z]\w*")),
    ("ordinal", re.compile(r"\d+(?:st|nd|rd|th|s)")),
    ("coded", re.compile(r"\w*\d\w*")),
    ("title else", re.compile(r"[A-ZÀ-ÖØ-Þ].*", re.DOTALL)),
    ("other", re.compile(r".*", re.DOTALL)),
)
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_KEPT = 50_000


class Model(NamedTuple):
    """The features' numbers, their vectors and the network's weights."""

    alphabet: Alphabet
    vectors: Floats
    kernels: tuple[Floats, ...]
    offsets: tuple[Floats, ...]
    out: Floats
    bias: float


class Units(NamedTuple):
    """The units of a text, line by line, each line between two edges (of width nought)."""

    starts: Ints
    ends: Ints
    edges: Flags
    features: Ints


@cache
def model() -> Model:
    """The network of the package."""
    with np.load(Path(__file__).parent / "data" / "boundaries.npz") as file:
        names = file["names"].tobytes().decode().split("\n")
        vectors = file["vectors"].astype(np.float32) * file["vectors_scale"]
        layers = range(len(DILATIONS))
        kernels = tuple(file[f"kernel{i}"].astype(np.float32) * file[f"kernel{i}_scale"] for i in layers)
        offsets = tuple(file[f"offset{i}"].astype(np.float32) for i in layers)
        out, bias = file["out"].astype(np.float32), float(file["bias"][0])
    return Model(Alphabet(names), vectors, kernels, offsets, out, bias)


def pieces(run: str) -> list[int]:
    """Where the pieces of a run without blanks end."""
    cuts: list[int] = []
    if len(run) < 400 and _END_MARK.search(run, 0, len(run) - 1) and not _ADDRESS.search(run):
        cuts = [match.end() for match in _GLUED.finditer(run)]
    return [*cuts, len(run)]


def own_features(unit: str, glued: bool) -> tuple[str, ...]:
    """What the unit itself shows, as names: word, marks before, marks behind, shape, ending, what the lexicon knows."""
    unit = unit if len(unit) <= 60 else unit[:30] + unit[-30:]
    parts = _PARTS.fullmatch(unit)
    before, core, behind = parts.groups() if parts else ("", unit, "")
    if not core:
        before, behind = "", before
    lower = _DIGITS.sub("0", core.lower())
    shape = next(name for name, pattern in _SHAPES if pattern.fullmatch(core))
    behind = re.sub(r"(.)\1{2,}", r"\1\1", behind)[:4]
    known = [name for name in ("titles", "abbreviations", "starters") if core.lower() in lexicon(name)]
    ending = lower[-3:] if len(lower) > 3 else "short"
    return (
        f"w {lower}",
        f"< {before[-3:]}",
        f"> {behind}{'+' if glued else ''}",
        f"s {shape} {min(len(core), 12) if shape in ('lower', 'title', 'upper') else ''}",
        f"e {ending}",
        f"k {' '.join(known)}",
    )


def _bucket(values: Ints) -> Ints:
    """0 to 4 as they are, then by halves of powers of two, up to 15."""
    small = np.minimum(values, 4)
    large = np.floor(2 * np.log2(np.maximum(values, 4) / 4)).astype(np.int64)
    return np.asarray(np.minimum(small + large, 15))


class Alphabet:
    """The numbers of the features of one model; what was met is kept, because words come again and again."""

    def __init__(self, names: Sequence[str]) -> None:
        """Names as `own_features` gives them, and `place 0` to `capitals 15`; `w ?` stands for the unknown word."""
        self.index = {name: number for number, name in enumerate(names)}
        self.context = [self.index[f"{group} 0"] for group in CONTEXT]
        self.edge = (*(self.index[f"{name} edge"] for name in OWN), 0, 0, 0, 0)
        self._met: dict[str, tuple[tuple[int, tuple[int, ...]], ...]] = {}

    def of(self, run: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """The pieces of a run: where each ends, its own features, and its end mark, capital, quotes and brackets."""
        found = self._met.get(run)
        if found is None:
            if len(self._met) >= _KEPT:
                self._met.clear()
            cuts = pieces(run)
            found = tuple(
                (end, self._row(run[start:end], end < len(run))) for start, end in zip([0, *cuts], cuts, strict=False)
            )
            self._met[run] = found
        return found

    def _row(self, unit: str, glued: bool) -> tuple[int, ...]:
        names = own_features(unit, glued)
        numbers = tuple(self.index.get(name, self.index[f"{name[0]} ?"]) for name in names)
        quotes = unit.count('"') + unit.count("\u201c") + unit.count("\u201d")
        brackets = unit.count("(") + unit.count("[") - unit.count(")") - unit.count("]")
        letters = unit.lstrip("\"'\u201c\u2018([")
        return (*numbers, int(bool(_END_MARK.search(unit[-4:]))), int(letters[:1].isupper()), quotes, brackets)


def units_of(text: str, alphabet: Alphabet) -> Units:
    """The units of a text with the numbers of their features."""
    starts: list[int] = []
    ends: list[int] = []
    rows: list[tuple[int, ...]] = []
    position = 0
    for line in _LINE.finditer(text):
        runs = list(_RUN.finditer(text, line.start(), line.end()))
        if not runs:
            continue
        starts.append(runs[0].start())
        ends.append(runs[0].start())
        rows.append(alphabet.edge)
        for run in runs:
            position = start = run.start()
            for end, row in alphabet.of(run.group()):
                starts.append(start)
                ends.append(position + end)
                rows.append(row)
                start = position + end
    starts.append(len(text))
    ends.append(len(text))
    rows.append(alphabet.edge)
    table = np.array(rows, dtype=np.int64)
    first, last = np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)
    edges = first == last
    context = _context(edges, table[:, len(OWN) :]) + np.array(alphabet.context)
    return Units(first, last, edges, np.concatenate([table[:, : len(OWN)], context], axis=1))


def _context(edges: Flags, traits: Ints) -> Ints:
    """The buckets of the features that the place in the line gives."""
    number = np.arange(len(edges))
    mark, capital = traits[:, 0].astype(bool), traits[:, 1]
    before = np.maximum.accumulate(np.where(edges, number, 0))
    after = np.minimum.accumulate(np.where(edges, number, len(edges))[::-1])[::-1]
    marked = np.maximum.accumulate(np.where(edges | mark, number, 0))
    next_marked = np.minimum.accumulate(np.where(edges | mark, number, len(edges))[::-1])[::-1]
    sums = np.cumsum(np.column_stack([traits[:, 2], traits[:, 3], mark, capital]), axis=0)
    inside, whole = sums - sums[before], sums[after] - sums[before]
    length = np.maximum(after - before - 1, 1)
    state = inside[:, 0] % 2 + 2 * np.clip(inside[:, 1], 0, 1)
    closed = mark[np.maximum(after - 1, 0)].astype(np.int64)
    return np.column_stack(
        [
            _bucket(number - before),
            _bucket(number - np.concatenate([[0], marked[:-1]])),
            _bucket(np.concatenate([next_marked[1:], [len(edges)]]) - number),
            _bucket(after - number),
            state,
            _bucket(length),
            np.minimum(whole[:, 2] * 30 // length, 7) + 8 * closed,
            np.minimum(whole[:, 3] * 15 // length, 15),
        ]
    )


def probabilities(units: Units, network: Model) -> Floats:
    """How likely a sentence ends behind each unit (behind an edge: without meaning)."""
    found = np.empty(len(units.starts), dtype=np.float32)
    for start in range(0, len(found), _CHUNK):
        left, right = max(0, start - _REACH), min(len(found), start + _CHUNK + _REACH)
        stop = min(len(found), start + _CHUNK)
        found[start:stop] = _forward(units.features[left:right], network)[start - left : stop - left]
    return found


def _forward(features: Ints, network: Model) -> Floats:
    """The network over a stretch of units; beyond its edges stands nought."""
    hidden = network.vectors[features].sum(axis=1)
    for kernel, offset, dilation in zip(network.kernels, network.offsets, DILATIONS, strict=True):
        padded = np.pad(hidden, ((2 * dilation, 2 * dilation), (0, 0)))
        size = len(hidden)
        windows = np.concatenate([padded[tap * dilation : tap * dilation + size] for tap in range(5)], axis=1)
        convolved = np.maximum(windows @ kernel + offset, 0)
        hidden = hidden + convolved if convolved.shape == hidden.shape else convolved
    following = np.concatenate([hidden[1:], np.zeros_like(hidden[:1])])
    score = np.concatenate([hidden, following], axis=1) @ network.out + network.bias
    return np.asarray(1 / (1 + np.exp(-score)), dtype=np.float32)
