"""Reads CoNLL-U treebanks, IOB2 name files and sentences with marked names into training sentences."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.reading.words import words_of

CODING_FEATURES = ("Mood", "Number", "Person", "Tense", "VerbForm", "Voice")
"""The features that coding needs; the others are left to the lexicon."""

UNKNOWN = "?"
"""A name tag that must not be learned from: the annotation does not decide it."""

NAME_TYPES = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
GUM_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
PERSON_LINKS = frozenset(
    ("de", "la", "van", "von", "al", "-", "'", ".", "bin", "del", "der", "den", "da", "ibn", "abu")
)
LINKS = PERSON_LINKS | {"of", "the", "and", "for", "'s", "&", "in"}
TITLES = frozenset(
    "speaker congresswoman reverend architect member members "
    "president mr. mr mrs. mrs ms. ms dr. dr prof. professor sir lord lady king queen prince princess pope "
    "senator governor mayor minister secretary general colonel captain major lieutenant sergeant judge "
    "chancellor ambassador congressman representative rev. saint st. director chairman coach officer".split()
)


@dataclass(frozen=True)
class Event:
    """A coded event of a sentence: the words (their numbers) of its trigger and of the heads of its parties."""

    type: str
    status: str
    trigger: int
    actor: tuple[int, ...]
    recipient: tuple[int, ...]


@dataclass
class Sentence:
    """One annotated sentence: parallel lists over its words."""

    identity: str
    text: str
    words: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    features: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    space_after: list[bool] = field(default_factory=list)
    names: list[str] | None = None
    misc: list[str] = field(default_factory=list)
    new_paragraph: bool = False
    events: list[Event] | None = None


def _coding_features(column: str) -> str:
    kept = [pair for pair in column.split("|") if pair.split("=")[0] in CODING_FEATURES]
    return "|".join(kept) or "_"


def blocks(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Comments and rows of each sentence of a gzipped tab-separated file."""
    comments: list[str] = []
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("#"):
                comments.append(line)
            elif line:
                rows.append(line.split("\t"))
            elif rows:
                yield comments, rows
                comments, rows = [], []
    if rows:
        yield comments, rows


def _comment(comments: list[str], key: str) -> str:
    start = f"# {key} = "
    return next((line[len(start) :] for line in comments if line.startswith(start)), "")


def read_conllu(path: Path) -> list[Sentence]:
    """The sentences of a gzipped CoNLL-U file; GUM's entity column becomes name tags."""
    sentences = []
    has_entities = False
    for comments, rows in blocks(path):
        sentence = Sentence(_comment(comments, "sent_id"), _comment(comments, "text"))
        sentence.new_paragraph = any(line.startswith(("# newpar", "# newdoc")) for line in comments)
        glued_until = 0
        glued_end_spaced = True
        for row in rows:
            spaced = "SpaceAfter=No" not in row[9]
            if "-" in row[0]:
                glued_until, glued_end_spaced = int(row[0].split("-")[1]), spaced
                continue
            if "." in row[0]:
                continue
            position = int(row[0])
            if position <= glued_until:
                spaced = glued_end_spaced if position == glued_until else False
            sentence.words.append(row[1])
            sentence.lemmas.append(row[2])
            sentence.upos.append(row[3])
            sentence.features.append(_coding_features(row[5]))
            sentence.heads.append(int(row[6]))
            sentence.relations.append(row[7])
            sentence.space_after.append(spaced)
            sentence.misc.append(row[9])
        has_entities |= any(line.startswith("# global.Entity") for line in comments)
        if has_entities:
            sentence.names = _gum_names(sentence)
        sentences.append(sentence)
    return sentences


def _gum_spans(misc: list[str]) -> list[tuple[int, int, str]]:
    """Entity spans (start, end inclusive, type) of GUM's bracket notation."""
    open_spans: list[tuple[str, int, str]] = []
    spans = []
    for position, column in enumerate(misc):
        value = next((part[7:] for part in column.split("|") if part.startswith("Entity=")), "")
        index = 0
        while index < len(value):
            if value[index] == "(":
                end = min(i for i in (value.find("(", index + 1), value.find(")", index + 1), len(value)) if i > 0)
                group, kind = value[index + 1 : end].split("-")[:2] if "-" in value[index:end] else ("", "")
                if end < len(value) and value[end] == ")":
                    spans.append((position, position, kind))
                    end += 1
                else:
                    open_spans.append((group, position, kind))
                index = end
            else:
                end = value.find(")", index)
                if end < 0:
                    break
                group = value[index:end]
                for k in range(len(open_spans) - 1, -1, -1):
                    if open_spans[k][0] == group:
                        _, start, kind = open_spans.pop(k)
                        spans.append((start, position, kind))
                        break
                index = end + 1
    return spans


def _gum_names(sentence: Sentence) -> list[str]:
    """Name tags from GUM's entities, in the manner of Universal NER.

    A span counts where its head is a proper noun: the contiguous capitalised core around the head,
    without title, determiner or what follows a comma. Other capitalised proper nouns that the
    annotation leaves open are UNKNOWN.
    """
    tags = ["O"] * len(sentence.words)
    for position, (word, upos) in enumerate(zip(sentence.words, sentence.upos, strict=True)):
        if upos == "PROPN" and word[:1].isupper() and word.lower() not in TITLES:
            tags[position] = UNKNOWN
    spans = sorted(_gum_spans(sentence.misc), key=lambda span: span[0] - span[1])
    taken = [False] * len(tags)
    for start, end, kind in spans:
        heads = [i for i in range(start, end + 1) if not start <= sentence.heads[i] - 1 <= end]
        if not heads or sentence.upos[heads[0]] != "PROPN":
            continue
        core = _core(sentence, start, end, heads[0], PERSON_LINKS if kind == "person" else LINKS)
        if core is None or any(taken[core[0] : core[1] + 1]):
            continue
        for position in range(core[0], core[1] + 1):
            taken[position] = True
            if kind in GUM_TYPES:
                tags[position] = ("B-" if position == core[0] else "I-") + GUM_TYPES[kind]
            else:
                tags[position] = "O"
    return tags


def _core(sentence: Sentence, start: int, end: int, head: int, linking: frozenset[str]) -> tuple[int, int] | None:
    capital = [word[:1].isupper() or word[:1].isdigit() for word in sentence.words]

    def follows(position: int) -> bool:
        return capital[position] or sentence.words[position].lower() in linking

    left = right = head
    while left > start and follows(left - 1):
        left -= 1
    while right < end and follows(right + 1):
        right += 1
    while left < right and (not capital[left] or sentence.words[left].lower() in TITLES | {"the", "a"}):
        left += 1
    while right > left and not capital[right] and sentence.words[right] != ".":
        right -= 1
    return (left, right) if left <= right else None


def join_names(sentences: list[Sentence], path: Path) -> None:
    """Put Universal NER tags onto the sentences, joined by sent_id (or text); OTH and slips are O."""
    by_id: dict[str, list[list[str]]] = {}
    for comments, rows in blocks(path):
        for key in (_comment(comments, "sent_id"), _comment(comments, "text")):
            by_id[key] = rows
    for sentence in sentences:
        rows = by_id.get(sentence.identity) or by_id.get(sentence.text) or []
        if len(rows) != len(sentence.words):
            continue
        tags = [row[2] if row[2][2:] in NAME_TYPES else "O" for row in rows]
        for position, tag in enumerate(tags):
            if tag.startswith("I-") and (position == 0 or tags[position - 1][2:] != tag[2:]):
                tags[position] = "B-" + tag[2:]
        sentence.names = tags


_MARKED = re.compile(r"\[(PER|ORG|LOC) ([^\[\]]+)\]")


def read_marked_names(path: Path) -> list[Sentence]:
    """The sentences of a file, one a line, with names marked "[ORG United Nations]"; nothing else is annotated.

    Raises:
        ValueError: a bracket is left over, or a mark cuts a word in two.
    """
    sentences = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        marked = line.strip()
        if not marked:
            continue
        text, spans, position = "", [], 0
        for mark in _MARKED.finditer(marked):
            text += marked[position : mark.start()]
            spans.append((len(text), len(text) + len(mark[2]), mark[1]))
            text += mark[2]
            position = mark.end()
        text += marked[position:]
        words = words_of(text)
        tags = ["O"] * len(words)
        for start, end, kind in spans:
            inside = [i for i, (a, b) in enumerate(words) if start <= a and b <= end]
            if not inside or (words[inside[0]][0], words[inside[-1]][1]) != (start, end):
                raise ValueError(f"{path}, line {number}: the mark of {text[start:end]!r} does not fit the words.")
            tags[inside[0] : inside[-1] + 1] = ["B-" + kind] + ["I-" + kind] * (len(inside) - 1)
        if "[" in text or "]" in text:
            raise ValueError(f"{path}, line {number}: a bracket is left over.")
        sentences.append(Sentence(f"{path.stem}-{number}", text, [text[a:b] for a, b in words], names=tags))
    return sentences
