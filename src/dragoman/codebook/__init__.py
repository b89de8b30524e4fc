"""The codebook: PLOVER's types, modes, contexts, sectors and scores, and the crosswalks from CAMEO, ACLED and UCDP.

Source: PLOVER manual, draft 0.8 (Open Event Data Alliance, CC BY-SA 4.0), facts in our own words.
"""

from .crosswalk import (
    Crossed,
    FromCameo,
    cameo_of,
    country_of_cameo,
    from_acled,
    from_cameo,
    from_ucdp,
    goldstein_of,
    goldstein_of_cameo,
    sectors_of,
)
from .plover import CONTEXTS, QUADS, SECTORS, TYPES, EventType, quad_of, score_of

__all__ = [
    "CONTEXTS",
    "QUADS",
    "SECTORS",
    "TYPES",
    "Crossed",
    "EventType",
    "FromCameo",
    "cameo_of",
    "country_of_cameo",
    "from_acled",
    "from_cameo",
    "from_ucdp",
    "goldstein_of",
    "goldstein_of_cameo",
    "quad_of",
    "score_of",
    "sectors_of",
]
