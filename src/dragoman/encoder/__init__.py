"""The encoder: the one ONNX session, its tokenizer and its model file (a foundation)."""

from .session import MODEL_FOLDER, MOST_SUBWORDS, Encoder, EventScores, Labels, Scores, Vectors, encoder, fingerprint
from .shapes import SHAPES, shapes_of
from .subwords import Subwords

__all__ = [
    "MODEL_FOLDER",
    "MOST_SUBWORDS",
    "SHAPES",
    "Encoder",
    "EventScores",
    "Labels",
    "Scores",
    "Subwords",
    "Vectors",
    "encoder",
    "fingerprint",
    "shapes_of",
]
