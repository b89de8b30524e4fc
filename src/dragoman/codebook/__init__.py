"""The codebook: PLOVER's types, modes, contexts, sectors and scores, and the crosswalk from CAMEO, as data.

Source: PLOVER manual, draft 0.8 (Open Event Data Alliance, CC BY-SA 4.0), facts in our own words.
"""

from .crosswalk import FromCameo, cameo_of, from_cameo
from .plover import CONTEXTS, QUADS, SECTORS, TYPES, EventType, quad_of, score_of

__all__ = [
    "CONTEXTS",
    "QUADS",
    "SECTORS",
    "TYPES",
    "EventType",
    "FromCameo",
    "cameo_of",
    "from_cameo",
    "quad_of",
    "score_of",
]
