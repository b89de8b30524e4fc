"""Pronouns to the parties they stand for: nearest fitting subject first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..records import Mention, Sentence

__all__ = ["resolve_pronouns"]

SINGULAR = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
NEUTER = frozenset(("it", "its", "itself"))
MAIN_SUBJECT, OTHER_SUBJECT = 2, 1
REACH = 3
"""How many sentences back an antecedent is looked for."""


def resolve_pronouns(sentences: Sequence[Sentence], found: Sequence[Sequence[Mention]]) -> Iterator[Mention]:
    """All mentions with those of pronouns added, in order of sentence and start.

    He and she take the nearest person, subjects before others; "they" the nearest group, crowd or
    plural; "it" the nearest state or body. What fits nothing gets no mention.
    """
    recent: list[list[tuple[Mention, int]]] = []
    for sentence, mentions in zip(sentences, found, strict=True):
        here: list[tuple[Mention, int]] = []
        pending = list(mentions)
        for index, token in enumerate(sentence.tokens):
            while pending and pending[0].start <= token.start:
                mention = pending.pop(0)
                here.append((mention, _prominence(sentence, mention.head)))
                yield mention
            if token.upos == "PRON":
                resolved = _pronoun(sentence, index, [*recent[-REACH:], here])
                if resolved is not None:
                    here.append((resolved, MAIN_SUBJECT if token.relation.startswith("nsubj") else 0))
                    yield resolved
        for mention in pending:
            here.append((mention, 0))
            yield mention
        recent.append(here)


def _prominence(sentence: Sentence, head: int) -> int:
    """How readily a pronoun takes a token: the subject of the main clause (or of one coordinated with it, or of
    what is said) first, then that of another clause, then all else."""
    token = sentence.tokens[head]
    if not token.relation.startswith("nsubj") or token.head < 0:
        return 0
    main = sentence.tokens[token.head].relation.split(":")[0] in ("root", "conj", "ccomp", "parataxis")
    return MAIN_SUBJECT if main else OTHER_SUBJECT


def _pronoun(sentence: Sentence, index: int, recent: Sequence[Sequence[tuple[Mention, int]]]) -> Mention | None:
    token = sentence.tokens[index]
    word = token.text.lower()
    if word in SINGULAR:
        fits = _is_person
    elif word in PLURAL:
        fits = _is_plural
    elif word in NEUTER and token.relation != "expl":
        fits = _is_body
    else:
        return None
    barred = _barred(sentence, index)
    antecedent = _nearest(
        recent,
        lambda m: (
            fits(m)
            and not (m.sentence == sentence.index and m.start <= token.start < m.end)
            and (m.sentence, m.head) not in barred
        ),
    )
    if antecedent is None:
        return None
    why = f"{token.text!r} stands for {antecedent.text!r}"
    return Mention(
        sentence.index,
        token.start,
        token.end,
        token.text,
        index,
        "pronoun",
        antecedent.actor,
        antecedent.name,
        antecedent.code,
        why,
        antecedent.political,
    )


def _barred(sentence: Sentence, index: int) -> set[tuple[int, int]]:
    """The subject of the pronoun's own clause, which an object pronoun cannot stand for ("they killed them")."""
    token = sentence.tokens[index]
    if token.relation.startswith(("nsubj", "nmod:poss")):
        return set()
    verb = token.head
    subjects = {i for i, t in enumerate(sentence.tokens) if t.head == verb and t.relation.startswith("nsubj")}
    if not subjects and verb >= 0 and sentence.tokens[verb].relation == "xcomp":
        above = sentence.tokens[verb].head
        subjects = {i for i, t in enumerate(sentence.tokens) if t.head == above and t.relation.startswith("nsubj")}
    return {(sentence.index, i) for i in subjects}


def _nearest(recent: Sequence[Sequence[tuple[Mention, int]]], fits: Callable[[Mention], bool]) -> Mention | None:
    """Within the sentence the nearest subject, then the nearest; then the sentences before, last first."""
    for mentions in reversed(recent):
        candidates = [(m, prominence) for m, prominence in mentions if fits(m)]
        if candidates:
            most = max(prominence for _, prominence in candidates)
            foremost = [m for m, prominence in candidates if prominence == most]
            return foremost[-1] if mentions is recent[-1] else foremost[0]
    return None


def _is_person(mention: Mention) -> bool:
    if mention.kind == "pronoun":
        return mention.text.lower() in SINGULAR
    return mention.kind in ("person", "individual")


def _is_plural(mention: Mention) -> bool:
    if mention.kind == "pronoun":
        return mention.text.lower() in PLURAL
    return mention.kind == "body" or (
        mention.kind in ("people", "role") and (_ends_plural(mention.text) or mention.text.lower().startswith("both"))
    )


def _is_body(mention: Mention) -> bool:
    if mention.kind == "pronoun":
        return mention.text.lower() in NEUTER
    return mention.kind in ("nation", "body") or (mention.kind == "role" and not _ends_plural(mention.text))


def _ends_plural(text: str) -> bool:
    last = text.split()[-1].lower() if text.split() else ""
    return (last.endswith("s") and not last.endswith("ss")) or last in (
        "police",
        "people",
        "men",
        "women",
        "children",
        "military",
    )
