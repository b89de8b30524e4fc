from __future__ import annotations

import csv
import dataclasses
from collections import Counter
from datetime import date
from importlib import resources

import pytest

import dragoman.geography as geography
from dragoman.geography import (
    adjectives,
    best_place,
    capitals,
    countries,
    countries_called,
    country,
    country_by_code,
    country_names,
    distance_km,
    find_country,
    peoples,
    places,
    places_named,
)

KINDS = {"capital", "city", "town", "province", "region", "base", "sea", "district"}


def iso(word: str, on: date | None = None) -> str | None:
    found = find_country(word, on)
    return found.iso3 if found else None


def test_everything_exported_is_there_and_sorted() -> None:
    assert geography.__all__ == sorted(geography.__all__)
    assert all(hasattr(geography, name) for name in geography.__all__)


def test_a_country_carries_its_codes() -> None:
    iraq = country("IRQ")
    assert (iraq.iso2, iraq.fips, iraq.cow, iraq.capital) == ("IQ", "IZ", 645, "Baghdad")
    assert "Mosul" in iraq.cities
    with pytest.raises(KeyError):
        country("XXX")


def test_a_country_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        country("IRQ").name = "Mesopotamia"  # type: ignore[misc]


def test_codes_are_unique_among_states_of_today() -> None:
    for system in ("iso3", "iso2", "fips", "cow"):
        codes = Counter(str(getattr(each, system)) for each in countries(date(2024, 1, 1)) if getattr(each, system))
        assert [code for code, times in codes.items() if times > 1] == []


def test_all_iso_states_are_there() -> None:
    today = countries(date(2024, 1, 1))
    assert len([each for each in today if each.iso2]) == 250  # the 249 of ISO 3166 and Kosovo
    assert {"KOS", "PSE", "TWN", "HKG", "VAT", "SSD"} <= {each.iso3 for each in today}


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("the United States", "USA"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("American", "USA"),
        ("Washington", "USA"),
        ("Britain", "GBR"),
        ("UK", "GBR"),
        ("Britons", "GBR"),
        ("Côte d’Ivoire", "CIV"),
        ("Iranian", "IRN"),
        ("Tehran", "IRN"),
        ("IRAQ", "IRQ"),
        ("Dutch", "NLD"),
        ("Danes", "DNK"),
        ("Zaire", "COD"),
        ("Burma", "MMR"),
        ("Kremlin", "RUS"),
        ("Nigerien", "NER"),
        ("Nigerian", "NGA"),
        ("UAE", "ARE"),
        ("North Korean", "PRK"),
        ("Palestinians", "PSE"),
        ("Kyiv", "UKR"),
        ("Kiev", "UKR"),
    ],
)
def test_words_mean_countries(word: str, code: str) -> None:
    assert iso(word) == code


@pytest.mark.parametrize("word", ["us", "uk", "car", "", "Najafi", "..."])
def test_other_words_mean_none(word: str) -> None:
    assert iso(word) is None


def test_historic_states_have_dates_and_successors() -> None:
    soviet = country("SUN")
    assert soviet.valid_to == date(1991, 12, 26)
    assert soviet.successors == ("RUS",)
    assert soviet not in countries(date(2000, 1, 1))
    assert all(country(heir) for each in countries() for heir in each.successors)


def test_the_date_decides_between_states_of_one_name() -> None:
    assert iso("Moscow") == "RUS"
    assert iso("Moscow", date(1985, 1, 1)) == "SUN"
    assert iso("Belgrade", date(2004, 1, 1)) == "SCG"
    assert iso("Soviet Union", date(2005, 1, 1)) == "SUN"


def test_shared_words_give_all_their_countries() -> None:
    assert [each.iso3 for each in countries_called("Congolese")] == ["COD", "COG"]


def test_code_systems_meet() -> None:
    found = {country_by_code(*query) for query in (("IZ", "fips"), ("iq", "iso2"), (645, "cow"), ("IRQ", "iso3"))}
    assert found == {country("IRQ")}
    assert country_by_code("999", "cow") is None
    assert country_by_code(345, "cow") == country("SRB")


def test_mappings_keep_the_words_as_written() -> None:
    assert adjectives()["Iraqi"].iso3 == "IRQ"
    assert peoples()["Syrians"].iso3 == "SYR"
    assert capitals()["Ankara"].iso3 == "TUR"
    assert country_names()["U.S."].iso3 == "USA"
    assert "iraqi" not in adjectives()


def test_the_table_of_places_is_sound() -> None:
    assert len(places()) >= 2000
    assert {each.kind for each in places()} == KINDS
    assert all(country(each.country) for each in places())
    assert all(-90 <= each.lat <= 90 and -180 <= each.lon <= 180 for each in places())
    assert len({(each.name, each.country) for each in places()}) == len(places())


def test_tables_are_sorted_so_that_changes_show() -> None:
    for table, columns in (("countries.csv", ("iso3",)), ("places.csv", ("country", "kind", "name"))):
        text = (resources.files("dragoman.geography") / "data" / table).read_text(encoding="utf-8")
        keys = [tuple(row[column] for column in columns) for row in csv.DictReader(text.splitlines())]
        assert keys == sorted(keys)


def test_states_have_their_capital_among_the_places() -> None:
    states = [each for each in countries(date(2024, 1, 1)) if each.cow and each.capital]
    lost = [each.iso3 for each in states if not any(one.country == each.iso3 for one in places_named(each.capital))]
    assert lost == []


def test_the_provinces_of_iraq_are_complete() -> None:
    provinces = [each for each in places() if (each.country, each.kind) == ("IRQ", "province")]
    assert len(provinces) == 19
    assert len([each for each in places() if (each.country, each.kind) == ("SYR", "province")]) == 14
    assert len([each for each in places() if (each.country, each.kind) == ("AFG", "province")]) == 34
    assert len([each for each in places() if (each.country, each.kind) == ("IRN", "province")]) == 31


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        ("al-Najaf", "Najaf"),
        ("an-Najaf", "Najaf"),
        ("Falluja", "Fallujah"),
        ("Thi Qar", "Dhi Qar"),
        ("Ain al-Assad", "Ain al-Asad"),
        ("K-1", "K1"),
        ("Sulaimaniya", "Sulaymaniyah"),
        ("al-Qaim", "Qaim"),
        ("International Zone", "Green Zone"),
        ("Al-Nasiriyah", "Nasiriyah"),
        ("Camp Taji", "Camp Taji"),
    ],
)
def test_spellings_of_iraqi_places_meet(name: str, usual: str) -> None:
    found = best_place(name)
    assert found is not None
    assert (found.name, found.country) == (usual, "IRQ")


def test_the_nearer_of_two_places_is_chosen() -> None:
    def where(name: str, near: str | None) -> str:
        found = best_place(name, near)
        return found.country if found else ""

    assert where("Tripoli", None) == "LBY"
    assert where("Tripoli", "LBN") == where("Tripoli", "SYR") == "LBN"
    assert where("Hyderabad", "PAK") == "PAK"
    assert where("Hyderabad", "IND") == where("Hyderabad", None) == "IND"
    assert where("Paris", "USA") == "FRA"
    assert where("Erewhon", "USA") == ""


def test_short_forms_need_their_capitals_or_dots() -> None:
    assert places_named("LA")[0].name == places_named("L.A.")[0].name == "Los Angeles"
    assert places_named("la") == []
    assert places_named("Miss.")[0].name == "Mississippi"
    assert places_named("miss") == []


def test_distances_are_of_the_globe() -> None:
    baghdad, tehran = best_place("Baghdad"), best_place("Tehran")
    assert baghdad and tehran
    assert 650 < distance_km((baghdad.lat, baghdad.lon), (tehran.lat, tehran.lon)) < 750
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015, abs=1)
