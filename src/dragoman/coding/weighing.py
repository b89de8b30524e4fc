"""Frames and network together: what the frames found is weighed and completed, what only the network sees joins it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ..records import Status, Trace
from .frames import Frame
from .judgement import Floats, Judgement
from .lexicons import support_verbs
from .matching import Chances, Fit
from .parties import PartyFinder
from .status import status_of
from .syntax import Tree

__all__ = ["is_learned", "weighed"]

SEEN = 0.05
"""Below this probability of any event at its words, what a frame found is dropped, unless it is told as not having
happened: of that the network sees as little as of nothing."""

PROPOSED = 0.5
"""From this probability of one type on, the network proposes an event that no frame found."""

SETTLED = 0.6
"""From this probability on, the network's type stands against the frame's."""

DOUBTED = 0.1
"""Below this probability of the frame's type, it gives way to a settled one."""

PARTY = 0.45
"""From this probability on, a word is a party of an event."""

UNLIKELY = 0.1
"""Below this probability a party that the frame found gives way to one that the network names."""

NEVER = 0.02
"""Below this probability an actor that the frame found is dropped where the network sees nobody at all."""

CERTAIN = 0.8
"""From this probability on the network adds a party of the same clause to those that the frame found."""

ELSEWHERE = 0.3
"""By so much more a party must be likely that stands in another clause than the trigger."""

COORDINATED = 0.05
"""From this probability on a word is a party where one that it is coordinated with is."""

LOCATIVE = frozenset(("in", "inside", "at", "near", "across", "throughout", "around", "within", "outside"))
"""Prepositions behind which nobody stands who does anything ("as events in Iraq show after the attack")."""

HAPPENING = frozenset(("fail", "manage", "try", "attempt", "begin", "start", "continue"))
"""Verbs that say only whether what completes them happened."""

MUTUAL = frozenset(("CONSULT", "COOPERATE"))
NETWORK = "network."


def weighed(
    tree: Tree, finder: PartyFinder, fits: Sequence[Fit], judgement: Judgement
) -> tuple[list[Fit], list[Trace]]:
    """The fits that the network bears out, with its parties, and its own proposals; and what was dropped or changed."""
    kept: list[Fit] = []
    traces: list[Trace] = []
    for fit in fits:
        words = _words(tree, fit)
        chance = judgement.happening(words)
        if chance < SEEN and status_of(tree, fit.trigger, None) is not Status.NEGATED:
            why = f"the network sees no event here ({chance:.2f})"
            traces.append(Trace(tree[fit.trigger[0]].text, fit.frame.name, False, why))
            continue
        kind, sure = judgement.likeliest(words)
        if kind != fit.frame.type and sure >= SETTLED and judgement.of_type(words, fit.frame.type) < DOUBTED:
            why = f"the network takes it for {kind} ({sure:.2f})"
            traces.append(Trace(tree[fit.trigger[0]].text, fit.frame.name, False, why))
            fit = replace(fit, frame=learned(kind))
        kept.append(_with_parties(tree, finder, fit, judgement, _best(judgement, fit, words)))
    covered = {word for fit in kept for word in _words(tree, fit)}
    for word in judgement.triggers(PROPOSED):
        kind, sure = judgement.likeliest([word])
        if word in covered or sure < PROPOSED or (tree.lemma(word) in HAPPENING and _completed(tree, word, covered)):
            continue
        fit = Fit(learned(kind), (word,), (), (), tree.is_verb(word))
        kept.append(_with_parties(tree, finder, fit, judgement, word))
        traces.append(Trace(tree[word].text, fit.frame.name, True, f"the network proposes it ({sure:.2f})"))
    return sorted(kept, key=lambda fit: fit.trigger[0]), traces


def _completed(tree: Tree, word: int, covered: set[int]) -> bool:
    """Whether the verb that completes a word is what a frame has found there."""
    return any(clause in covered for clause in tree.related(word, "xcomp"))


def is_learned(frame: Frame) -> bool:
    """Whether an event is the network's proposal."""
    return frame.name.startswith(NETWORK)


@cache
def learned(kind: str) -> Frame:
    """The frame in whose name the network proposes an event of a type."""
    nothing: tuple[str, ...] = ()
    return Frame(
        f"{NETWORK}{kind.lower()}@1",
        kind,
        None,
        nothing,
        nothing,
        nothing,
        nothing,
        nothing,
        nothing,
        kind in MUTUAL,
        {},
        {},
        "none",
        nothing,
    )


def _words(tree: Tree, fit: Fit) -> list[int]:
    """Where the network may see the event of a fit: its trigger, and the other half of a light verb and its noun."""
    words = list(fit.trigger)
    token = tree[fit.trigger[0]]
    if fit.verbal and tree.lemma(fit.trigger[0]) in support_verbs():
        words += tree.related(fit.trigger[0], "obj", "nsubj:pass")
    elif not fit.verbal and token.relation in ("obj", "nsubj:pass", "obl") and token.head >= 0:
        words += [token.head] if tree.lemma(token.head) in support_verbs() else []
    return list(dict.fromkeys(words))


def _best(judgement: Judgement, fit: Fit, words: Sequence[int]) -> int:
    """The word whose parties are asked for: of the trigger where the network sees the event there at all."""
    seen = fit.trigger if judgement.happening(fit.trigger) >= PROPOSED else words
    return min(seen, key=lambda word: float(judgement.types[word, 0]))


def _with_parties(tree: Tree, finder: PartyFinder, fit: Fit, judgement: Judgement, trigger: int) -> Fit:
    """The fit with the parties that frame and network agree on, or that the surer of them names."""
    roles = judgement.roles(trigger)
    actor = _side(tree, finder, fit, (fit.actor, fit.recipient), roles["actor"])
    actor = tuple(token for token in actor if token in fit.actor or tree.case(token) not in LOCATIVE)
    recipient = _side(tree, finder, fit, (fit.recipient, fit.actor), roles["recipient"])
    if fit.frame.mutual:
        actor, recipient = tuple(dict.fromkeys((*actor, *recipient))), ()
    else:
        actor, recipient = (
            tuple(t for t in side if t not in other or roles[role][t] >= roles[opposite][t])
            for side, other, role, opposite in (
                (actor, recipient, "actor", "recipient"),
                (recipient, actor, "recipient", "actor"),
            )
        )
        actor, recipient = _undivided(tree, fit, actor, recipient)
    chances = Chances(
        judgement.happening([trigger]),
        judgement.of_type([trigger], fit.frame.type),
        max((float(roles["actor"][t]) for t in actor), default=0.0),
        max((float(roles["recipient"][t]) for t in recipient), default=0.0),
        *judgement.status(trigger),
    )
    return replace(fit, actor=actor, recipient=recipient, chances=chances)


def _undivided(
    tree: Tree, fit: Fit, actor: tuple[int, ...], recipient: tuple[int, ...]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The sides without an actor, other than the frame's, who is one of the recipients: coordinated with one ("the
    killing of X and Y": Y joins them), or part of the name of one ("the US killing of Iran's general")."""
    joined = [t for t in actor if t not in fit.actor and _first_of(tree, t) in {_first_of(tree, r) for r in recipient}]
    named = [t for t in actor if t not in fit.actor and _named_within(tree, t, recipient)]
    left = tuple(token for token in actor if token not in joined and (token not in named or len(actor) == len(named)))
    return left, tuple(sorted({*recipient, *joined}))


def _first_of(tree: Tree, token: int) -> int:
    """The first of what a word is coordinated with, or the word itself."""
    while tree[token].relation == "conj":
        token = tree[token].head
    return token


def _named_within(tree: Tree, token: int, others: Sequence[int]) -> bool:
    """Whether a word belongs to the name or description of one of the others."""
    while tree[token].relation.split(":")[0] in ("amod", "compound", "flat") or tree[token].relation == "nmod:poss":
        token = tree[token].head
        if token in others:
            return True
    return False


def _likelihood(tree: Tree, finder: PartyFinder, token: int, chances: Floats) -> float:
    """How likely a word is a party: as the likeliest of the name that it is in ("Gen. Qasim Soleimani"), or, where it
    names nobody itself ("to break off relations with Congo"), of the parties that are found below it."""
    words = {token, *finder.words_of(token)}
    for step in (-1, 1):
        at = token
        while tree[token].upos == "PROPN" and 0 <= at + step < len(tree.tokens) and tree[at + step].upos == "PROPN":
            at += step
            words.add(at)
    return float(chances[list(words)].max())


def _side(
    tree: Tree, finder: PartyFinder, fit: Fit, found: tuple[tuple[int, ...], tuple[int, ...]], chances: Floats
) -> tuple[int, ...]:
    """The words of a side: the frame's, unless unlikely, and what the network is certain of; else the network's.

    `found` are the frame's words for this side and for the other one, which keeps them.
    """
    own, others = found
    up = tree.path_up(fit.trigger[0])
    near = [
        (token, chance if tree.of_clause(token, up) else chance - ELSEWHERE)
        for token, chance in enumerate(chances.tolist())
        if chance >= PARTY
    ]
    likely = [token for token in own if _likelihood(tree, finder, token, chances) >= UNLIKELY]
    likely += [c for token in likely for c in tree.conjuncts(token)[1:] if c in own and tree[c].upos == "PROPN"]
    if likely:
        certain = [t for t, chance in near if chance >= CERTAIN and t not in others]
        return tuple(sorted({*likely, *certain}))
    named = [token for token, chance in near if chance >= PARTY]
    joined = [c for token in named for c in tree.conjuncts(token) if chances[c] >= COORDINATED]
    doer = own == fit.actor and not fit.frame.mutual
    sure_of_none = doer and chances.max() < UNLIKELY and all(chances[token] < NEVER for token in own)
    return tuple(sorted({*named, *joined})) or (() if sure_of_none else own)
