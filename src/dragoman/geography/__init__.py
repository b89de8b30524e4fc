"""Where the news happens: states with their names, demonyms and codes, and the places in them."""

from dragoman.geography.countries import (
    CodeSystem,
    Country,
    adjectives,
    capitals,
    countries,
    countries_called,
    country,
    country_by_code,
    country_names,
    find_country,
    peoples,
)
from dragoman.geography.places import (
    Place,
    best_place,
    countries_with,
    country_where,
    distance_km,
    listed_places,
    places,
    places_named,
)

__all__ = [
    "CodeSystem",
    "Country",
    "Place",
    "adjectives",
    "best_place",
    "capitals",
    "countries",
    "countries_called",
    "countries_with",
    "country",
    "country_by_code",
    "country_names",
    "country_where",
    "distance_km",
    "find_country",
    "listed_places",
    "peoples",
    "places",
    "places_named",
]
