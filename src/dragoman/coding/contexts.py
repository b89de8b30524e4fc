"""Contexts: what an event is about (PLOVER's "why": military, election, health, ...).

A context file is TOML: a table for each of PLOVER's contexts with its meaning and what speaks for it,
`contexts.toml` beside this module and `contexts/*.toml` in the user's own folder; docs/extending.md
has the format. Every term points to one context, so that a term alone is evidence in its sentence.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ..codebook import CONTEXTS, SECTORS, TYPES
from ..errors import DataError
from ..records import Article, Event, Sentence

__all__ = ["ContextLexicon", "context_lexicon", "with_contexts"]

FILE = Path(__file__).parent / "contexts.toml"

NONE = "none"
"""The table of phrases that hold a word of some context and speak for none ("tennis court")."""

EVIDENCE = ("terms", "sectors", "modes", "between_governments")
"""What speaks for a context, each a list of strings; `what` says in words what it means."""

MOST = 3
"""Contexts of one event."""

ENOUGH_IN_PARAGRAPH = 2
"""Terms of a context that a paragraph holds before its other sentences take the context."""

ENOUGH_PARAGRAPHS = 3
"""Paragraphs that hold a context's terms before it can be the whole document's; half of all must."""

SPLITS = str.maketrans("-\N{NON-BREAKING HYPHEN}\N{RIGHT SINGLE QUOTATION MARK}", "  '")
POSSESSIVE = ("", "'s", "'")

LONGEST_WITH_S = 4
"""Letters up to which a name's last "s" is no plural's ("ISIS", "arms")."""

Words = tuple[str, ...]

Word = tuple[str, str, str, int]
"""Form and lemma in lower case, part of speech, and the offset of its token."""


@dataclass(frozen=True, slots=True)
class ContextLexicon:
    """What speaks for which context: phrases by their first word (longest first), verbs, sectors, modes, types.

    Verbs stand apart because a word by itself ("import") is the noun; "to import" is the verb.
    """

    phrases: Mapping[str, tuple[tuple[Words, str], ...]]
    verbs: Mapping[str, str]
    sectors: Mapping[str, str]
    modes: Mapping[str, str]
    between_governments: Mapping[str, str]


def with_contexts(
    article: Article, sentences: Sequence[Sentence], events: Iterable[Event], lexicon: ContextLexicon
) -> Iterator[Event]:
    """The events, each with at most three contexts, the best founded first.

    What counts, in this order:
    1. the event itself: its mode, a party of a telling sector, talk between governments of two states;
    2. its sentence: one term is enough, and the term nearest to the trigger comes first;
    3. its paragraph: two terms of the context, or one twice, in any of its sentences;
    4. the document: terms of the context in at least half of its paragraphs, and in three or more.
    The longest term at a place counts alone: "computer virus" does not speak for health. Paragraphs
    are lines of the article's text, title and standfirst among them. Time is linear in the text.
    """
    terms = [_terms(sentence, lexicon) for sentence in sentences]
    place = {sentence.index: number for number, sentence in enumerate(sentences)}
    paragraph = _paragraphs(article, sentences)
    inside: dict[int, Counter[str]] = {number: Counter() for number in paragraph}
    for number, found in zip(paragraph, terms, strict=True):
        inside[number].update(context for context, _ in found)
    carried = _carried(inside)
    around = {
        number: _ranked(counts, least=ENOUGH_IN_PARAGRAPH) + [c for c in carried if c not in counts]
        for number, counts in inside.items()
    }
    for event in events:
        if event.sentence is None or event.trigger_start is None:
            yield event
            continue
        number = place[event.sentence]
        start = event.trigger_start
        near = [context for context, _ in sorted(terms[number], key=lambda term: abs(term[1] - start))]
        best = dict.fromkeys([*_of_itself(event, lexicon), *near, *around[paragraph[number]]])
        yield replace(event, contexts=tuple(best)[:MOST])


def _paragraphs(article: Article, sentences: Sequence[Sentence]) -> list[int]:
    """The paragraph of each sentence: how many lines of the article end before it."""
    found, line, seen = [], 0, 0
    for sentence in sentences:
        line += article.text.count("\n", seen, sentence.start)
        seen = sentence.start
        found.append(line)
    return found


def _carried(inside: Mapping[int, Counter[str]]) -> list[str]:
    """The contexts that are the whole document's, the one of most paragraphs first."""
    paragraphs = Counter(context for counts in inside.values() for context in counts)
    return _ranked(paragraphs, least=max(ENOUGH_PARAGRAPHS, (len(inside) + 1) // 2))


def _ranked(counts: Mapping[str, int], least: int) -> list[str]:
    """The contexts counted at least so often, most first, then in the codebook's order."""
    return sorted((c for c in counts if counts[c] >= least), key=lambda c: (-counts[c], CONTEXTS.index(c)))


def _of_itself(event: Event, lexicon: ContextLexicon) -> Iterator[str]:
    """The contexts that an event's mode, parties and type speak for."""
    if context := lexicon.modes.get(f"{event.type}.{event.mode}"):
        yield context
    codes = [party.code.split() for party in (*event.actor, *event.recipient)]
    yield from (lexicon.sectors[code[-1]] for code in codes if code and code[-1] in lexicon.sectors)
    governments = {code[0] for code in codes if code[1:] == ["GOV"]} - {"UNK"}
    if len(governments) > 1 and (context := lexicon.between_governments.get(str(event.type))):
        yield context


def _terms(sentence: Sentence, lexicon: ContextLexicon) -> list[tuple[str, int]]:
    """The contexts whose terms a sentence holds, each with the offset where its term starts.

    A word fits a term by its form or by its lemma; hyphens and possessives make no difference.
    """
    words: list[Word] = []
    for token in sentence.tokens:
        forms, lemmas = _words(token.text), _words(token.lemma)
        pairs = zip(forms, lemmas if len(lemmas) == len(forms) else forms, strict=True)
        words += [(form, _singular(lemma, token.upos), token.upos, token.start) for form, lemma in pairs]
    found: list[tuple[str, int]] = []
    place = 0
    while place < len(words):
        context, length = _term_at(words, place, lexicon)
        if context not in (None, NONE):
            found.append((str(context), words[place][3]))
        place += length
    return found


def _singular(lemma: str, upos: str) -> str:
    """The lemma without a plural's ending, which names and new words ("cyberattacks") keep in theirs."""
    return lemma.removesuffix("s") if upos in ("NOUN", "PROPN") and len(lemma) > LONGEST_WITH_S else lemma


def _term_at(words: Sequence[Word], place: int, lexicon: ContextLexicon) -> tuple[str | None, int]:
    """The context of the longest term that starts at a word, and the term's length; None and 1 where there is none."""
    form, lemma, upos, _ = words[place]
    candidates = lexicon.phrases.get(form, ())
    if lemma != form:
        candidates += lexicon.phrases.get(lemma, ())
        candidates = tuple(sorted(candidates, key=lambda candidate: -len(candidate[0])))
    for phrase, context in candidates:
        following = words[place : place + len(phrase)]
        if len(phrase) == 1 and upos == "VERB":
            break
        if len(following) == len(phrase) and all(p in word[:2] for p, word in zip(phrase, following, strict=True)):
            return context, len(phrase)
    return (lexicon.verbs.get(lemma), 1) if upos == "VERB" else (None, 1)


def _words(text: str) -> Words:
    """Lower-case words of a term or token, without hyphens and possessives.

    >>> _words("Women's free-trade")
    ('women', 'free', 'trade')
    """
    words = (word.removesuffix("'s") for word in text.lower().translate(SPLITS).split())
    return tuple(word for word in words if word not in POSSESSIVE)


@cache
def context_lexicon(user_data: str = "") -> ContextLexicon:
    """What the package's file and the user's `contexts/*.toml` say, read and checked.

    Raises:
        DataError: a file is not as documented, or gives one piece of evidence to two contexts.
    """
    paths = [FILE, *(sorted((Path(user_data) / "contexts").glob("*.toml")) if user_data else ())]
    tables: dict[str, dict[Any, str]] = {kind: {} for kind in ("phrases", "verbs", *EVIDENCE[1:])}
    for path in paths:
        for context, kind, value in _read(path):
            key: Any = value
            if kind == "terms":
                verb = value.removeprefix("to ") if value.startswith("to ") else ""
                kind, key = ("verbs", verb) if verb else ("phrases", _words(value))
            if tables[kind].setdefault(key, context) != context:
                raise DataError(
                    "D001", f"{path}: {value!r} stands under {context} and under {tables[kind][key]}; keep it in one."
                )
    phrases: dict[str, list[tuple[Words, str]]] = {}
    for words, context in sorted(tables.pop("phrases").items(), key=lambda item: (-len(item[0]), item[0])):
        phrases.setdefault(words[0], []).append((words, context))
    return ContextLexicon({first: tuple(found) for first, found in phrases.items()}, **tables)


def _read(path: Path) -> Iterator[tuple[str, str, str]]:
    """What a file holds, piece by piece: context, kind of evidence, value."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise DataError("D001", f"{path} is not a valid TOML file: {problem}.") from problem
    for context, entry in table.items():
        if context not in CONTEXTS and context != NONE:
            raise DataError("D001", f"{path}: {context!r} is no PLOVER context.")
        if not isinstance(entry, dict) or (unknown := set(entry) - {"what", *EVIDENCE}):
            what = f"the unknown key {sorted(unknown)[0]!r}" if isinstance(entry, dict) else "no table"
            raise DataError("D001", f"{path}: {context} has {what}. See docs/extending.md for the format.")
        for kind in EVIDENCE:
            for value in _checked(path, context, kind, entry.get(kind, [])):
                yield context, kind, value


def _checked(path: Path, context: str, kind: str, values: Any) -> list[str]:
    """The values of a key, if they are what the key may hold."""
    if not isinstance(values, list) or not all(isinstance(value, str) and _words(value) for value in values):
        raise DataError("D001", f"{path}: `{kind}` of {context} must be a list of words.")
    known = {
        "sectors": set(SECTORS),
        "modes": {f"{kind.name}.{mode}" for kind in TYPES.values() for mode in kind.modes},
        "between_governments": set(TYPES),
    }
    wrong = [value for value in values if kind in known and value not in known[kind]]
    if wrong:
        raise DataError("D001", f"{path}: {context} names {wrong[0]!r} under `{kind}`, which PLOVER does not have.")
    return values
