"""Evaluation: coded events scored against gold, and validated on a sample by hand."""

from .matching import Figures, Score, dyad_matches, same_party, score
from .validation import STRATA, Judged, Precision, Sampled, methods, precision, sample

__all__ = [
    "STRATA",
    "Figures",
    "Judged",
    "Precision",
    "Sampled",
    "Score",
    "dyad_matches",
    "methods",
    "precision",
    "same_party",
    "sample",
    "score",
]
