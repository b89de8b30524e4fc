"""Reading: articles to parsed sentences (and, beside them, vectors that are never archived)."""

from .parse import Vectors
from .reader import read, read_sentence, read_with_vectors

__all__ = ["Vectors", "read", "read_sentence", "read_with_vectors"]
