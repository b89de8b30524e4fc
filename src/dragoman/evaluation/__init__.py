"""Evaluation: coded events scored against gold, for the command line, the benches and the workbench."""

from .matching import Figures, Score, score

__all__ = ["Figures", "Score", "score"]
