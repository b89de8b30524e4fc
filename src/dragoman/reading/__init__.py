"""Reading: articles to parsed sentences (and, beside them, vectors that are never archived)."""

from .reader import read, read_sentence, read_with_vectors
from .spacy_reader import pipeline_called, read_with_spacy

__all__ = ["pipeline_called", "read", "read_sentence", "read_with_spacy", "read_with_vectors"]
