# ruff: noqa: E501
"""Other people's event files: true layouts in, events out; what is malformed is listed with its line."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.archive import Imported, open_archive
from dragoman.codebook import TYPES, from_acled, goldstein_of_cameo
from dragoman.errors import SourceError, UsageError
from dragoman.formats import FORMATS, events_in
from dragoman.formats.cells import RowError, country_code, day_of
from dragoman.formats.foreign import HEADERS
from dragoman.formats.tables import rows_of
from dragoman.records import Actor, Event, Status, Unread

SHARED = Path(__file__).parents[2] / "shared" / "data" / "formats"

IRAQ = Actor("irq", "Iraq", "state", "IRQ", ("GOV",))

ICEWS = (
    "7|2018-06-01|Police (India)|Government,Police|India|Arrest, detain|173|-5.0|Citizen (India)|"
    "General Population / Civilian / Social|India|47|2|PTI|Pune|NA|Maharashtra|India|18.5|73.8"
).split("|")

ACLED_A = (
    "GWNO,EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,TIME_PRECISION,EVENT_TYPE,ACTOR1,ALLY_ACTOR_1,INTER1,ACTOR2,"
    "ALLY_ACTOR_2,INTER2,INTERACTION,COUNTRY,ADMIN1,ADMIN2,ADMIN3,LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,SOURCE,NOTES,"
    "FATALITIES\n615,1ALG,1,01-January-2015,2015,2,Violence against civilians,AQIM,,2,Civilians (Algeria),,7,27,Algeria,"
    "Tebessa,,,Bir El Ater,34.7,8.1,1,AFP,Killed two.,2\n"
)
ACLED_B = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3\n"
    "1,368,IRQ9,9,9-May-20,2020,1,Protests,Excessive force against protesters,Protesters (Iraq),Students; Women (Iraq),6,"
    'Police Forces of Iraq (2018-2020),,1,16,Middle East,Iraq,Basra,,,Basra,30.5,47.8,1,NINA,National,"Shot at, with\n'
    '""live"" rounds.",3,1600000000,IRQ\n'
)
ACLED_C = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n"
    "IRQ5,09 May 2020,2020,1,Political violence,Battles,Armed clash,Military Forces of Iraq (2018-2020),,State forces,"
    "Islamic State (Iraq),,Rebel group,State forces-Rebel group,,368,Middle East,Iraq,Diyala,,,Khanaqin,34.3,45.4,2,X,Y,"
    "Clash.,0,,1600000000\n"
)


def nobody(name: str, country: str) -> Actor | None:
    return None


def known(name: str, country: str) -> Actor | None:
    return IRAQ if name in ("Iraq", "Government of Iraq") else None


def gdelt(width: int, **cells: str) -> str:
    """A row of GDELT 2.0 (61 columns), 1.0 (58) or of before April 2013 (57)."""
    from dragoman.formats.recognition import layout_named

    names = [name for name in layout_named("gdelt").columns if width == 61 or not name.endswith("_adm2code")]
    values = {
        "globaleventid": "1",
        "sqldate": "20200103",
        "actor1code": "IRQGOV",
        "actor1name": "IRAQ",
        "actor1countrycode": "IRQ",
        "actor1type1code": "GOV",
        "eventcode": "010",
        "actiongeo_type": "4",
        "actiongeo_fullname": "Basra, Al Basrah, Iraq",
        "actiongeo_countrycode": "IZ",
        "actiongeo_lat": "30.5",
        "actiongeo_long": "47.8",
        "sourceurl": "https://example.org/1",
    }
    return "\t".join((values | cells).get(name, "") for name in names[:width]) + "\n"


def written(folder: Path, text: str | bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def icews(*rows: list[str], header: list[str] = HEADERS["icews"]) -> str:
    return "".join("\t".join(row) + "\n" for row in (header, *rows))


def only(found: Iterator[Event | Unread]) -> Event:
    [event] = found
    assert isinstance(event, Event), event
    return event


def test_icews(tmp_path: Path) -> None:
    event = only(events_in(written(tmp_path, icews(ICEWS), "events.tab"), nobody))
    assert (event.id, event.type, event.mode, event.frame) == ("icews:7:2018-06-01", "COERCE", "arrest", "icews:173")
    assert event.article is event.sentence is event.trigger is None
    assert [(party.text, party.code) for party in event.actor + event.recipient] == [
        ("Police (India)", "IND COP"),
        ("Citizen (India)", "IND CVL"),
    ]
    assert event.when and (event.when.start, event.when.end, event.when.precision) == (
        "2018-06-01",
        "2018-06-01",
        "day",
    )
    assert event.where and (event.where.name, event.where.country, event.where.lat) == ("Pune", "IND", 18.5)
    row = event.source_row
    assert row and (row.line, row.id, row.text) == (2, "7", "Arrest, detain (PTI; story 47, sentence 2)")


@pytest.mark.parametrize("width", [61, 58, 57])
def test_gdelt_has_statements_without_a_type(width: int, tmp_path: Path) -> None:
    event = only(events_in(written(tmp_path, gdelt(width), "20200103.export.CSV"), known))
    assert (event.type, event.frame, event.status) == (None, "gdelt:010", Status.ACTUAL)
    assert [(party.id, party.name, party.text, party.code) for party in event.actor] == [
        ("irq", "Iraq", "IRAQ", "IRQ GOV")
    ]
    assert event.recipient == ()
    assert event.where and (event.where.name, event.where.country) == ("Basra", "IRQ")
    assert event.source_row and event.source_row.text == ("https://example.org/1" if width > 57 else None)


def test_codes_stay_text_and_countries_are_three_systems(tmp_path: Path) -> None:
    text = gdelt(61, eventcode="0841", actor1countrycode="ROM") + gdelt(61, globaleventid="2", actor1countrycode="EUR")
    one, other = events_in(written(tmp_path, text), nobody)
    assert isinstance(one, Event) and isinstance(other, Event)
    assert (one.type, one.mode) == ("RETREAT", "release")
    assert [event.actor[0].code for event in (one, other)] == ["ROU GOV", "EUR GOV"]


def test_polecat_names_more_columns_than_it_has(tmp_path: Path) -> None:
    header = HEADERS["polecat"]
    values = {
        "Event ID": "P1",
        "Event Date": "2023-04-01",
        "Event Type": "COERCE",
        "Event Mode": "arrest",
        "Contexts": "legal; repression",
        "Actor Name": "Iraq",
        "Actor Country": "IRQ",
        "Primary Actor Sector": "COP",
        "Actor Name Raw": "Iraqi police",
        "Recipient Name": "None",
        "Recipient Name Raw": "None",
        "Country": "IRQ",
    }
    cells = [values.get(name, "None") for name in header]
    text = (
        "\t".join([*header[:6], "Headline", *header[6:]])
        + "\n"
        + "\t".join(cells)
        + "\t\t\n"
        + "\t".join(cells[:30])
        + "\n"
    )
    event, short = events_in(written(tmp_path, text, "ngec.txt"), known)
    assert isinstance(event, Event) and isinstance(short, Unread)
    assert (event.type, event.mode, event.contexts) == ("COERCE", "arrest", ("legal", "repression"))
    assert [(party.id, party.text, party.code) for party in event.actor] == [("irq", "Iraqi police", "IRQ COP")]
    assert event.recipient == ()
    assert "line 3: it has 30 cells, not 40" in short.message


def test_acled_of_three_generations(tmp_path: Path) -> None:
    old, middle, new = (
        only(events_in(written(tmp_path, text, f"{number}.csv"), nobody))
        for number, text in enumerate((ACLED_A, ACLED_B, ACLED_C))
    )
    assert (old.type, [party.name for party in old.recipient]) == ("ASSAULT", ["Civilians (Algeria)"])
    assert old.when and (old.when.start, old.when.end, old.when.precision) == ("2014-12-29", "2015-01-04", "week")
    assert [party.code for party in old.actor + old.recipient] == ["REB", "DZA CVL"]
    assert (middle.type, middle.mode, [party.code for party in middle.actor]) == (
        "ASSAULT",
        "crowd-control",
        ["IRQ COP"],
    )
    assert [party.name for party in middle.recipient] == ["Protesters (Iraq)", "Students", "Women (Iraq)"]
    assert [(count.what, count.low, count.high) for count in middle.counts] == [("killed", 3, 3)]
    assert middle.source_row and middle.source_row.text == 'Shot at, with\n"live" rounds. (NINA)'
    assert new.recipient == () and [party.code for party in new.actor] == ["IRQ MIL", "IRQ REB"]
    assert new.where and new.where.precision == "region"


def test_ucdp_is_read_by_name_and_its_hxl_row_is_no_malformed_row(tmp_path: Path) -> None:
    header = (
        "id,year,type_of_violence,dyad_name,side_a,side_b,source_headline,where_prec,where_coordinates,adm_1,latitude,"
    )
    header += "longitude,country,date_prec,date_start,date_end,low,best,high,gwnoa\n"
    tags = ",#date+year,,,,,,,,,,,,,,,,,,\n"
    one = '5,2014,1,X,"Government of Iraq, Government of Iran",IS,Six die,1,Hit town,Anbar,33.6,42.8,Iraq,2,2014-01-24,'
    one += "2014-01-25 00:00:00.000,4,6,9,645\n"
    two = "6,2014,3,Y,IS,Civilians,,4,,Anbar,33.6,42.8,Iraq,1,2014-01-24,2014-01-24,1,1,1,\n"
    first, second = events_in(written(tmp_path, header + tags + one + two), nobody)
    assert isinstance(first, Event) and isinstance(second, Event)
    assert [party.code for party in first.actor] == ["IRQ GOV", "IRN GOV", "REB"] and first.recipient == ()
    assert [(count.low, count.high, count.text) for count in first.counts] == [(4, 9, "best 6")]
    assert first.when and (first.when.precision, first.when.end) == ("range", "2014-01-25")
    assert first.where and first.where.name == "Hit"
    assert [party.code for party in second.recipient] == ["IRQ CVL"]
    assert second.source_row and (second.source_row.line, second.source_row.text) == (4, "Y")


# Bad files


@pytest.mark.parametrize(
    ("place", "value", "what"),
    [
        (1, "1/6/2018", "can be read in two ways"),
        (1, "2018-02-30", "there is no day"),
        (1, "", "is no date"),
        (6, "", "no CAMEO code"),
        (6, "99", "no CAMEO code"),
        (18, "91", "not on the globe"),
        (19, "east", "is no number"),
    ],
)
def test_a_malformed_row_is_listed_and_the_rest_goes_in(place: int, value: str, what: str, tmp_path: Path) -> None:
    bad = [*ICEWS[:place], value, *ICEWS[place + 1 :]]
    path = written(tmp_path, icews(ICEWS, bad, ["8", *ICEWS[1:]]), "events.tab")
    one, listed, other = events_in(path, nobody)
    assert isinstance(one, Event) and isinstance(other, Event) and isinstance(listed, Unread)
    assert listed.code == "F002" and f"{path}, line 3: " in listed.message and what in listed.message
    assert other.source_row and other.source_row.line == 4


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line(tmp_path: Path) -> None:
    head, row = ACLED_C.splitlines()
    broken = row.replace("Clash.", '"Clash.').replace("IRQ5", "IRQ4")
    listed, event = events_in(written(tmp_path, "\n".join([head, broken, row]) + "\n"), nobody)
    assert isinstance(listed, Unread) and "line 2: a quotation mark is never closed" in listed.message
    assert isinstance(event, Event) and event.id == "acled:IRQ5"


def test_encodings_may_be_mixed(tmp_path: Path) -> None:
    row = ICEWS[:14]
    raw = icews().encode() + "\t".join([*row, "Córdoba", *ICEWS[15:]]).encode("latin-1") + b"\n"
    raw += "\t".join(["8", *row[1:], "Córdoba", *ICEWS[15:]]).encode() + b"\n"
    places = [
        event.where.name
        for event in events_in(written(tmp_path, raw), nobody)
        if isinstance(event, Event) and event.where
    ]
    assert places == ["Córdoba", "Córdoba"]


def test_columns_that_lack_are_named(tmp_path: Path) -> None:
    header = [name for name in HEADERS["icews"] if name != "CAMEO Code"]
    with pytest.raises(SourceError, match=r"line 1: it looks like ICEWS .*lacks the columns cameo_code") as caught:
        list(events_in(written(tmp_path, icews(header=header)), nobody))
    assert caught.value.code == "F001"
    with pytest.raises(SourceError, match="no header of an event file"):
        list(events_in(written(tmp_path, "name,age\nAda,36\n"), nobody))
    with pytest.raises(SourceError, match=r"lacks the columns|no header"):
        list(events_in(written(tmp_path, icews(ICEWS)), nobody, "acled"))
    with pytest.raises(UsageError, match="Choose one of: acled, gdelt, icews, polecat, ucdp"):
        list(events_in(tmp_path, nobody, "stata"))


def test_packed_files(tmp_path: Path) -> None:
    text = icews(ICEWS).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("readme.pdf", b"")
        file.writestr("events.tab", text)
    for name, raw in (("events.tab.gz", gzip.compress(text)), ("events.zip", packed.getvalue())):
        event = only(events_in(written(tmp_path, raw, name), nobody))
        assert event.source_row and event.source_row.line == 2
        assert event.source_row.file.endswith("events.zip/events.tab" if name.endswith("zip") else name)


@pytest.mark.parametrize("name", ["cut.gz", "cut.zip", "nothing.zip", "missing.csv", "."])
def test_a_file_that_cannot_be_read_is_told(name: str, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("readme.pdf" if name == "nothing.zip" else "events.tab", icews(*[ICEWS] * 500))
    raw = {
        "cut.gz": gzip.compress(icews(*([str(number), *ICEWS[1:]] for number in range(9000))).encode())[:-2000],
        "cut.zip": packed.getvalue()[:300],
        "nothing.zip": packed.getvalue(),
    }
    if name in raw:
        written(tmp_path, raw[name], name)
    with pytest.raises(SourceError):
        list(events_in(tmp_path / name, nobody))


def test_nothing_of_a_file_that_is_cut_off_is_kept(tmp_path: Path) -> None:
    rows = ([str(number), *ICEWS[1:]] for number in range(9000))
    path = written(tmp_path, gzip.compress(icews(*rows).encode())[:-2000], "cut.gz")
    with open_archive(tmp_path / "case.db") as archive:
        with pytest.raises(SourceError, match="cut off or damaged") as caught:
            archive.keep_imported("cut.gz", events_in(path, nobody))
        assert caught.value.code == "F003"
        assert archive.counts()["events"] == archive.counts()["unread"] == 0


def test_a_revised_row_takes_the_place_of_the_first(tmp_path: Path) -> None:
    revised = ACLED_C.replace(",Clash.,0,", ",Clash.,4,")
    with open_archive(tmp_path / "case.db") as archive:
        for text, expected in ((ACLED_C, Imported(1, 0, 0)), (revised, Imported(0, 1, 0))):
            assert archive.keep_imported("a.csv", events_in(written(tmp_path, text), nobody)) == expected
        [event] = archive.events()
        assert [count.low for count in event.counts] == [4]
        assert event == only(events_in(written(tmp_path, revised), nobody))


def test_many_rows_keep_the_indexes(tmp_path: Path) -> None:
    rows = ([str(number), *ICEWS[1:]] for number in range(25_000))
    path = written(tmp_path, icews(*rows), "events.tab")
    with open_archive(tmp_path / "case.db") as archive:
        sql = "SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name"
        before = archive._database.rows(sql)
        assert archive.keep_imported("events.tab", events_in(path, nobody)).new == 25_000
        assert archive._database.rows(sql) == before


@pytest.mark.skipif(not SHARED.exists(), reason="the real samples of ../shared are not here")
@pytest.mark.parametrize(
    ("name", "rows", "typed"), [("icews_events.2018.sample.tab", 3705, 2897), ("ucdp_ged_iraq_hdx_400.csv", 398, 398)]
)
def test_real_files_come_in_whole(name: str, rows: int, typed: int) -> None:
    found = list(events_in(SHARED / name, nobody))
    events = [event for event in found if isinstance(event, Event)]
    assert len(events) == len(found) == rows
    assert len({event.id for event in events}) == rows
    assert sum(event.type is not None for event in events) == typed


# The parts


def test_every_crosswalk_leads_to_plover() -> None:
    for kind in ("Battles", "Riots", "Protests", "Explosions/Remote violence", "Violence against civilians"):
        found = from_acled(kind, "something new")
        assert found and found.type in TYPES
    assert from_acled("Elections") is None
    assert goldstein_of_cameo("1823") == -10.0 and goldstein_of_cameo("08") == 5.0 and goldstein_of_cameo("13y") == -6.0


@pytest.mark.parametrize("text", ["5/9/2020", "43960", "09.05.2020", "May 2020", "2020-13-01", "31-Apr-2020"])
def test_days_that_are_none(text: str) -> None:
    with pytest.raises(RowError):
        day_of(text)


def test_countries_as_event_files_write_them() -> None:
    names = (
        "Russian Federation",
        "Palestinian Territory, Occupied",
        "Tanzania, United Republic of",
        "DR Congo (Zaire)",
    )
    assert [country_code(name) for name in names] == ["RUS", "PSE", "TZA", "COD"]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\x85\u2028\u2029\x0b\x0c\x1c\x1d\x1e"), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_any_table_is_read_as_csv_reads_it(table: list[list[str]]) -> None:
    import csv

    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(table)
    lines = buffer.getvalue().replace("\r\n", "\n").splitlines(keepends=True)
    read = [cells for _, cells in rows_of(iter(lines), ",")]
    # A blank line inside a cell is the one thing that is not kept.
    assert [[" ".join(cell.split()) for cell in cells] for cells in read if isinstance(cells, list)] == [
        [" ".join(cell.split()) for cell in row] for row in table
    ]


def test_all_formats_have_a_maker() -> None:
    from dragoman.formats.imports import MAKERS

    assert tuple(sorted(MAKERS)) == FORMATS
