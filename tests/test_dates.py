"""The grammar of time expressions: the table, the traps, properties, and inputs made to be slow."""

from __future__ import annotations

import csv
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman.dates as dates
from benchmarks import expressions
from dragoman.dates import Interval, find, parse_iso, resolve
from dragoman.dates.holidays import easter, islamic, orthodox_easter

TABLE = Path(__file__).parents[1] / "benchmarks" / "data" / "time_expressions.csv"
FLOOR = 0.92
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
TODAY = parse_iso("2020-01-29")


def _outcome(row: dict[str, str]) -> str:
    """Empty where the row is read as it says; else what was read instead."""
    found = find(row["sentence"])
    if not row["expression"]:
        return f"found {[one.text for one in found]}" if found else ""
    match = next((one for one in found if one.text == row["expression"]), None)
    if match is None:
        return f"found only {[one.text for one in found]}"
    anchor = parse_iso(row["anchor"]) if row["anchor"] else None
    tense: dates.Tense = "future" if row["tense"] == "future" else "past"
    interval = resolve(match, parse_iso(row["reference"]), anchor, tense)
    got = (str(interval.start or ""), str(interval.end or ""), interval.precision) if interval else ("", "", "")
    want = (row["from"], row["to"], row["precision"])
    return "" if got == want else f"got {got}, not {want}"


def test_sentences_of_the_bench_are_read() -> None:
    table = expressions.rows()
    misread = expressions.failures(table)
    accuracy = 1 - len(misread) / len(table)
    assert accuracy >= 0.98, f"{accuracy:.3f} of {len(table)}; misread:\n" + "\n".join(misread)


def test_the_table_is_read() -> None:
    failures = [f"{row['sentence']} [{row['expression']}]: {why}" for row in ROWS if (why := _outcome(row))]
    accuracy = 1 - len(failures) / len(ROWS)
    assert accuracy >= FLOOR, f"{accuracy:.3f} of {len(ROWS)}; misread:\n" + "\n".join(failures)


@pytest.mark.parametrize("row", [row for row in ROWS if not row["expression"]], ids=lambda row: row["sentence"])
def test_what_is_no_date_is_not_found(row: dict[str, str]) -> None:
    assert find(row["sentence"]) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Marchers may be seen in august company.",
        "She said she would march until they listened.",
        "The bill passed 52-48 after a second reading.",
        "He flew on a Boeing 737 to Flight 1990's crash site.",
        "The 101st Airborne and the 82nd arrived.",
        "About 2,020 men and 1990 women voted.",
        "Room 2003, page 1999, article 2001.",
        "The ratio was 3/4, and the score 9:30.",
        "Friday Mosque is a name, as is the Sunday Times.",
        "Every Friday and each Monday they pray; on Fridays too.",
        "The army was 2000-strong; a ten-year-old watched the three-day siege.",
        "He scored 10.12.2.1 on version 2019.4.1.",
        "Twice a day, in a way, for the day, the month and the year.",
        "Now that they have left, then what?",
    ],
)
def test_more_traps(sentence: str) -> None:
    assert [found.text for found in find(sentence)] == []


def _read(text: str, reference: Interval = TODAY, **more: object) -> str:
    [found] = find(text)
    return str(resolve(found, reference, **more))  # type: ignore[arg-type]


def test_a_reference_known_to_the_month_widens_the_result() -> None:
    assert _read("It fell on Friday.", parse_iso("2020-01")) == "2019-12-27/2020-01-31"
    assert _read("It fell last year.", parse_iso("2020-01")) == "2019-01-01/2019-12-31"
    assert _read("It fell on 3 January 2020.", Interval(None, None, "open")) == "2020-01-03"


def test_a_reference_not_known_gives_nothing_that_rests_on_it() -> None:
    unknown = Interval(None, None, "open")
    assert _read("It fell on Friday.", unknown) == "None"
    assert _read("It has held since 2003.", unknown) == "2003-01-01/.."
    assert _read("A day later it fell.", unknown) == "None"
    assert _read("It fell yesterday.", parse_iso("../2020-01-29")) == "../2020-01-28"


def test_two_months_share_the_year_after_the_second() -> None:
    months = [str(resolve(found, TODAY)) for found in find("It rained in May and June 2018.")]
    assert months == ["2018-05-01/2018-05-31", "2018-06-01/2018-06-30"]
    assert _read("It rained from Dec. 28 to Jan. 3, 2019.") == "2018-12-28/2019-01-03"


def test_a_possessive_date_belongs_to_its_noun() -> None:
    assert [found.text for found in find("Since Friday's attack the road is shut.")] == ["Friday"]


def test_a_distance_from_a_date_that_is_named() -> None:
    assert _read("He died three days after Christmas Day.") == "2019-12-28"
    assert _read("He died the day before New Year's Day.") == "2019-12-31"


def test_a_day_ahead_is_a_time_zone_and_not_a_year_ago() -> None:
    assert _read("The strike of January 3 killed him.", parse_iso("2020-01-02")) == "2020-01-03"
    assert _read("The strike of January 13 killed him.", parse_iso("2020-01-02")) == "2019-01-13"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2020", "2020-01-01/2020-12-31"),
        ("2020-02", "2020-02-01/2020-02-29"),
        ("2020-01-06", "2020-01-06"),
        ("2020-01-06T21:03Z", "2020-01-06"),
        ("2020-01-06T21:03:11.5+01:00", "2020-01-06"),
        ("2020-01-24/2020-02-02", "2020-01-24/2020-02-02"),
        ("2019/2020-01", "2019-01-01/2020-01-31"),
        ("../2020-01-24", "../2020-01-24"),
    ],
)
def test_iso_texts(text: str, shown: str) -> None:
    assert str(parse_iso(text)) == shown


@pytest.mark.parametrize("text", ["", "May", "2020-13", "2020-02-30", "20-01-03", "2020-01-03/2019-01-01", "2020-W03"])
def test_what_is_no_iso_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse_iso(text)


def test_intervals_refuse_a_wrong_order_and_an_unknown_precision() -> None:
    with pytest.raises(ValueError, match="before it"):
        Interval(date(2020, 1, 2), date(2020, 1, 1), "range")
    with pytest.raises(ValueError, match="no precision"):
        Interval(date(2020, 1, 1), date(2020, 1, 2), "fortnight")


def test_holidays_against_the_almanac() -> None:
    western = {1990: (4, 15), 2000: (4, 23), 2008: (3, 23), 2011: (4, 24), 2020: (4, 12), 2024: (3, 31), 2035: (3, 25)}
    assert {year: (easter(year).month, easter(year).day) for year in western} == western
    assert [orthodox_easter(year) for year in (2008, 2021, 2024)] == [
        date(2008, 4, 27), date(2021, 5, 2), date(2024, 5, 5)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("year", "month", "day", "observed"),
    [
        (1431, 10, 1, "2010-09-10"), (1435, 10, 1, "2014-07-28"), (1438, 10, 1, "2017-06-25"),
        (1440, 10, 1, "2019-06-04"), (1441, 10, 1, "2020-05-24"), (1443, 10, 1, "2022-05-02"),
        (1446, 10, 1, "2025-03-30"), (1440, 12, 10, "2019-08-11"), (1444, 12, 10, "2023-06-28"),
        (1446, 12, 10, "2025-06-06"), (1425, 1, 10, "2004-03-02"), (1441, 2, 20, "2019-10-19"),
    ],
)  # fmt: skip
def test_islamic_days_are_within_a_day_of_those_observed(year: int, month: int, day: int, observed: str) -> None:
    computed = islamic(year, month, day)
    assert computed and abs((computed - date.fromisoformat(observed)).days) <= 1


def test_a_ramadan_that_comes_twice_in_a_year_is_both() -> None:
    assert _read("It rained during Ramadan 2030.") == "2030-01-05/2031-01-25"


WORDS = """a the of in on by since until before after from to between and for within over past last next this that early
    late mid end start beginning first last 3 13 31 40 1999 2003 2020-01-03 9/11 1990s '80s second week weeks day days
    month months year years decade ago later earlier following previous same Friday Monday January May March Feb. Dec.
    summer winter fall Ramadan Christmas Easter yesterday today now then two few several couple hundred half quarter
    more than about less , . - – ' ( ) s morning night weekend recent coming"""
DAYS = st.dates(min_value=date.min, max_value=date.max)
TENSES = st.sampled_from(["past", "future"])


def _holds(text: str, reference: Interval, anchor: Interval | None, tense: dates.Tense) -> None:
    found = find(text)
    assert found == find(text)
    last = 0
    for one in found:
        assert text[one.start : one.end] == one.text
        assert last <= one.start < one.end
        assert one.kind in dates.KINDS
        last = one.end
        interval = resolve(one, reference, anchor, tense)
        assert interval == resolve(one, reference, anchor, tense)
        if interval and interval.start and interval.end:
            assert interval.start <= interval.end
            assert parse_iso(str(interval)).start == interval.start
            assert (interval.precision == "day") == (interval.start == interval.end)
        elif interval:
            assert interval.precision == "open"


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=12), DAYS, st.none() | DAYS, TENSES)
def test_any_words_of_time(words: list[str], day: date, before: date | None, tense: dates.Tense) -> None:
    anchor = Interval(before, before, "day") if before else None
    _holds(" ".join(words), Interval(day, day, "day"), anchor, tense)
    _holds("".join(words), Interval(None, day, "open"), anchor, tense)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), DAYS, DAYS)
def test_any_text(text: str, one: date, other: date) -> None:
    _holds(text, Interval(min(one, other), max(one, other), "day" if one == other else "range"), None, "past")


HOSTILE = [
    "1", "1 ", "a ", "the ", "the last ", "January ", "from 3 to ", "between 2004 and ", "since the end of ",
    "early late mid-", "Friday, ", "two or three ", "1,000", "2020-01-03/", "2018-", "more than ", "9/11 ", "'",
    "the the", "last week ", "the day after ", "two weeks after ", "twenty-five hundred ", "\u0660", '\xe9', " ",
    "the first week of ", "By Sunday (", "New Year's ", '\U0001f600', "since since ", "10 ", "the 13th of ", "3-5 ",
    "May ", "one ", "\xfc'", "two weeks before the day before ", "earlier later in ", "days before ", "on the 3rd ",
    "last last the end of the ",
]  # fmt: skip


CATASTROPHE = 20.0
"""Seconds of processor time: no bound on speed, but reading that is not linear takes longer than this."""


@pytest.mark.parametrize("piece", HOSTILE)
def test_100_kb_of_anything_is_read_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece.encode()))
    started = time.process_time()
    find(text)
    assert time.process_time() - started < CATASTROPHE


def test_the_door_lists_what_it_gives() -> None:
    kinds = [[name for name in dates.__all__ if test(name)] for test in (str.isupper, str.istitle, str.islower)]
    assert kinds[0] == sorted(kinds[0]) and kinds[2] == sorted(kinds[2])
    assert all(hasattr(dates, name) for name in dates.__all__)
