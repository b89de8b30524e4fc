"""Names of people and bodies: folded, keyed by sound, compared."""

from dragoman.names.folding import fold
from dragoman.names.likeness import likeness
from dragoman.names.skeletons import skeleton

__all__ = ["fold", "likeness", "skeleton"]
