from __future__ import annotations

import doctest
import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman.names as names
from dragoman.geography import countries
from dragoman.names import fold, likeness, skeleton

MEETING = [
    "Suleimani Soleimani Sulaimani Suleymani Soleymani",
    "Muqtada Moqtada",
    "Qassem Qasim Kassem Ghasem Qasem",
    "Mohammed Muhammad Mohamad Mohamed",
    "Yeltsin Eltsin",
    "Gaddafi Qadhafi Kadafi Qaddafi Gadhafi",
    "Osama Usama",
    "Hezbollah Hizballah Hizbullah",
    "Hussein Hossein Husayn Hussain",
    "Zelensky Zelenskyy Zelenskiy",
    "Daoud Dawud Daud",
    "Nouri Nuri Noori",
    "Gorbachev Gorbatchev Gorbachov",
    "Kadhimi Kazimi Kadhemi Kazemi",
    "Nasiriyah Nassiriya Nasiriyya",
    "Haidar Haider Haydar",
    "Muhandis Mohandes Mohandis",
    "Khamenei Khameneyi",
    "Yushchenko Yuschenko",
    "Peshawar Peshavar",
    "Youssef Yusuf Yousif",
    "Abdulrahman Abdelrahman Abdurrahman",
]
APART = [
    ("Iran", "Iraq"),
    ("Mali", "Malawi"),
    ("Niger", "Nigeria"),
    ("Austria", "Australia"),
    ("Khomeini", "Khamenei"),
    ("Yemen", "Oman"),
    ("Arak", "Iraq"),
    ("Sadr", "Assad"),
    ("Chad", "Chile"),
    ("Hamas", "Homs"),
]


def test_everything_exported_is_there_and_sorted() -> None:
    assert names.__all__ == sorted(names.__all__)
    assert all(hasattr(names, name) for name in names.__all__)


@pytest.mark.parametrize("module", ["folding", "skeletons", "likeness", "systems"])
def test_examples_in_the_documentation_run(module: str) -> None:
    outcome = doctest.testmod(importlib.import_module(f"dragoman.names.{module}"))
    assert outcome.attempted > 0
    assert outcome.failed == 0


@pytest.mark.parametrize(
    "spellings",
    [
        ["Sha'abi", "Sha’abi", "Shaʿabi", "Shaʾabi", "Sha`abi", "SHAABI"],
        ["as-Sadr", "al-Sadr", "Al Sadr", "el-Sadr", "aṣ-Ṣadr"],
        ["an-Najaf", "al-Najaf"],
        ["ash-Sharaa", "al-Sharaa"],
        ["Erdoğan", "Erdogan", "ERDOĞAN"],
        ["U.S.", "US"],
        ["Kata'ib Hezbollah", "Kataib  Hezbollah", "Kata’ib-Hezbollah"],
        ["Wałęsa", "Walesa"],
        ["Straße", "STRASSE"],
    ],
)
def test_folding_takes_typography_away(spellings: list[str]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


def test_folding_keeps_the_order_of_words() -> None:
    assert fold("Abu Mahdi al-Muhandis") == "abu mahdi al muhandis"
    assert fold("Kim Il-sung") == "kim il sung"
    assert fold("An American") == "an american"


@pytest.mark.parametrize("spellings", MEETING)
def test_transliterations_meet(spellings: str) -> None:
    assert len({skeleton(spelling) for spelling in spellings.split()}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)
    assert likeness(one, other) < 0.7


def test_the_article_makes_no_difference_to_a_skeleton() -> None:
    assert skeleton("Hashd al-Shaabi") == skeleton("al-Hashd al-Sha'abi")
    assert skeleton("Abd al-Rahman") == skeleton("Abdul Rahman") == skeleton("Abdel-Rahman")


def test_skeletons_tell_countries_apart() -> None:
    usual = [each.name for each in countries() if each.cow]
    assert len({skeleton(name) for name in usual}) == len(usual)


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("Gen. Qassem Soleimani", "Qasem Suleimani", 0.9),
        ("Grand Ayatollah Ali al-Sistani", "Ali Sistani", 0.99),
        ("George W. Bush", "George Bush", 0.9),
        ("G. Bush", "George Bush", 0.9),
        ("Obama, Barack", "Barack Obama", 0.9),
        ("Kim Jong-un", "Kim Jongun", 0.95),
        ("Abdul Rahman", "Abdulrahman", 0.9),
        ("Soleimani", "Qassem Soleimani", 0.8),
        ("Muammar Gaddafi", "Moammar Qadhafi", 0.9),
        ("Haider al-Abadi", "Haidar Abadi", 0.9),
        ("Mustafa al-Kadhimi", "Mustafa Kadhimy", 0.9),
    ],
)
def test_one_name_written_in_two_ways(one: str, other: str, least: float) -> None:
    assert likeness(one, other) >= least


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("John Smith", "Jane Smith"),
        ("Ali Hassan", "Ali Hussein"),
        ("Barack Obama", "Donald Trump"),
        ("South Korea", "North Korea"),
        ("Ruhollah Khomeini", "Ali Khamenei"),
        ("", "Ali"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    assert likeness(one, other) <= 0.5


def test_titles_alone_are_still_compared() -> None:
    assert likeness("the President", "President") == pytest.approx(0.83, abs=0.02)


@given(st.text())
def test_folding_is_idempotent_on_any_text(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aeiouyw'’-. ghkqzdhsADNSTlnrtÀşıʿßŉİ"))
def test_folding_is_idempotent_on_names(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_skeletons_do_not_depend_on_typography(text: str) -> None:
    assert skeleton(fold(text)) == skeleton(text)


@settings(max_examples=200)
@given(st.text(alphabet="abehikqlmnoz '-", max_size=24), st.text(alphabet="abehikqlmnoz '-", max_size=24))
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    value = likeness(one, other)
    assert 0.0 <= value <= 1.0
    assert value == likeness(other, one)


@given(st.text(), st.text())
def test_likeness_takes_any_text(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(st.text())
def test_a_name_is_like_itself(name: str) -> None:
    assert likeness(name, name) == (1.0 if fold(name) else 0.0)
