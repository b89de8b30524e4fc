"""How sure we are of an event: the probability that its type and both its sides are right.

A logistic regression on a few signs of how the event was found, fitted by `training/confidence.py` on coded
documents that neither the frames nor the network were made from. The weights stand in `confidence.toml`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from ..records import Party
from .matching import Fit
from .weighing import is_learned

__all__ = ["LEAST", "confidence_of", "signs_of"]

LEAST = 0.25
"""Below this confidence an event is not coded: more of such events are wrong than right by far."""

_WORDS = frozenset("he she they it him her them his their its we us our".split())


def confidence_of(fit: Fit, actor: Sequence[Party], recipient: Sequence[Party]) -> float:
    """The confidence, from 0.01 to 0.99, in an event with these sides."""
    weights = _weights()["with_network" if fit.chances else "frames_alone"]
    total = weights["constant"] + sum(weights.get(s, 0.0) * v for s, v in signs_of(fit, actor, recipient).items())
    return round(min(0.99, max(0.01, 1 / (1 + math.exp(-total)))), 2)


def signs_of(fit: Fit, actor: Sequence[Party], recipient: Sequence[Party]) -> dict[str, float]:
    """The signs by name: probabilities as log odds, the rest 0 or 1."""
    parties = (*actor, *recipient)
    signs = {
        "frame": not is_learned(fit.frame),
        "particular_frame": bool(fit.frame.requires),
        "verb": fit.verbal,
        "actor": bool(actor),
        "recipient": bool(recipient) or (fit.frame.mutual and len(actor) > 1),
        "described": any(party.id is None for party in parties),
        "pronoun": any(party.text.lower() in _WORDS for party in parties),
    }
    found = {name: float(value) for name, value in signs.items()}
    if fit.chances:
        found["event_odds"], found["type_odds"] = _log_odds(fit.chances.event), _log_odds(fit.chances.type)
        found["actor_odds"] = _log_odds(fit.chances.actor) if actor else 0.0
        found["recipient_odds"] = _log_odds(fit.chances.recipient) if recipient else 0.0
    return found


def _log_odds(chance: float) -> float:
    bounded = min(0.99, max(0.01, chance))
    return math.log(bounded / (1 - bounded))


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads((Path(__file__).parent / "confidence.toml").read_text(encoding="utf-8"))
