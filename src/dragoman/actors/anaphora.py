"""Pronouns to the parties they stand for: nearest fitting subject first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..records import Mention, Sentence

__all__ = ["resolve_pronouns"]

SINGULAR = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
NEUTER = frozenset(("it", "its", "itself"))
REACH = 3
"""How many sentences back an antecedent is looked for."""


def resolve_pronouns(sentences: Sequence[Sentence], found: Sequence[Sequence[Mention]]) -> Iterator[Mention]:
    """All mentions with those of pronouns added, in order of sentence and start.

    He and she take the nearest person, subjects before others; "they" the nearest group, crowd or
    plural; "it" the nearest state or body. What fits nothing gets no mention.
    """
    recent: list[list[tuple[Mention, bool]]] = []
    for sentence, mentions in zip(sentences, found, strict=True):
        here: list[tuple[Mention, bool]] = []
        pending = list(mentions)
        for index, token in enumerate(sentence.tokens):
            while pending and pending[0].start <= token.start:
                mention = pending.pop(0)
                here.append((mention, _is_subject(sentence, mention.head)))
                yield mention
            if token.upos == "PRON":
                resolved = _pronoun(sentence, index, [*recent[-REACH:], here])
                if resolved is not None:
                    here.append((resolved, token.relation.startswith("nsubj")))
                    yield resolved
        for mention in pending:
            here.append((mention, False))
            yield mention
        recent.append(here)


def _is_subject(sentence: Sentence, head: int) -> bool:
    return sentence.tokens[head].relation.startswith("nsubj")


def _pronoun(sentence: Sentence, index: int, recent: Sequence[Sequence[tuple[Mention, bool]]]) -> Mention | None:
    token = sentence.tokens[index]
    word = token.text.lower()
    if word in SINGULAR:
        antecedent = _nearest(recent, lambda m: _is_person(m), sentence, index)
    elif word in PLURAL:
        antecedent = _nearest(recent, lambda m: _is_plural(m), sentence, index)
    elif word in NEUTER and token.relation != "expl":
        antecedent = _nearest(recent, lambda m: _is_body(m), sentence, index)
    else:
        return None
    if antecedent is None:
        return None
    why = f"{token.text!r} stands for {antecedent.text!r}"
    return Mention(
        sentence.index, token.start, token.end, token.text, index, "pronoun", antecedent.actor, antecedent.name, antecedent.code, why, antecedent.political
    )


def _nearest(recent: Sequence[Sequence[tuple[Mention, bool]]], fits: object, sentence: Sentence, index: int) -> Mention | None:
    """Within the sentence the nearest subject, then the nearest; then the sentences before, last first."""
    assert callable(fits)
    for mentions in reversed(recent):
        candidates = [(m, subject) for m, subject in mentions if fits(m)]
        subjects = [m for m, subject in candidates if subject]
        if subjects:
            return subjects[-1] if mentions is recent[-1] else subjects[0]
        if candidates:
            return candidates[-1][0] if mentions is recent[-1] else candidates[0][0]
    return None


def _is_person(mention: Mention) -> bool:
    if mention.kind == "pronoun":
        return mention.text.lower() in SINGULAR
    return mention.kind == "name" and mention.why.find("body") < 0 or (mention.kind == "role" and not _ends_plural(mention.text))


def _is_plural(mention: Mention) -> bool:
    if mention.kind == "pronoun":
        return mention.text.lower() in PLURAL
    return mention.kind in ("people", "role", "name") and (_ends_plural(mention.text) or mention.kind == "name" and " " in mention.text)


def _is_body(mention: Mention) -> bool:
    if mention.kind == "pronoun":
        return mention.text.lower() in NEUTER
    return mention.kind == "nation" or (mention.kind == "role" and not _ends_plural(mention.text)) or mention.kind == "name"


def _ends_plural(text: str) -> bool:
    last = text.split()[-1].lower() if text.split() else ""
    return last.endswith("s") and not last.endswith("ss") or last in ("police", "people", "men", "women", "children", "military")


_ = Iterable
