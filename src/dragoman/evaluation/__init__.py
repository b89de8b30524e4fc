"""Evaluation: coded events scored against gold, judged by people, compared with another reading's."""

from .agreement import Agreement, Alpha, Disagreement, Pair, agreement, alpha
from .changes import changes, fields_changed
from .decided import Gold, Stretch, as_gold, attached, corrected, right, settled, standing
from .gold import FIELDS, checked, gold_line, judged, place_of
from .identities import Identities, identities
from .matching import Figures, Score, dyad_matches, same_party, score
from .validation import STRATA, Judged, Precision, Sampled, methods, precision, sample, wilson

__all__ = [
    "FIELDS",
    "STRATA",
    "Agreement",
    "Alpha",
    "Disagreement",
    "Figures",
    "Gold",
    "Identities",
    "Judged",
    "Pair",
    "Precision",
    "Sampled",
    "Score",
    "Stretch",
    "agreement",
    "alpha",
    "as_gold",
    "attached",
    "changes",
    "checked",
    "corrected",
    "dyad_matches",
    "fields_changed",
    "gold_line",
    "identities",
    "judged",
    "methods",
    "place_of",
    "precision",
    "right",
    "same_party",
    "sample",
    "score",
    "settled",
    "standing",
    "wilson",
]
