# ruff: noqa: E501
"""Events out to other programs, panels, samples to judge, and comparison with other people's events."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx
import pytest
from record_samples import coded, imported
from test_imports import ACLED_C, ICEWS, icews, nobody

from dragoman import library
from dragoman.alignment import panel
from dragoman.codebook import TYPES
from dragoman.errors import UsageError
from dragoman.evaluation import Judged, methods, precision, sample
from dragoman.formats import Column, events_in, write_datasette, write_table
from dragoman.formats.exports import export
from dragoman.linking import compare, happenings
from dragoman.records import Count, Event, Party, Status, When, Where

FRIDAY = When("2020-01-03", "2020-01-03", "day", None, "")
BASRA = Where("Basra", "Basra", "IRQ", 30.5, 47.8, "place")


def party(name: str, code: str = "UNK") -> Party:
    return Party(name, 0, 0, name.lower(), name, code, "")


def event(number: int, actors: str, recipients: str = "", kind: str | None = "ASSAULT", **changes: Any) -> Event:
    made = replace(imported(number), type=kind, mode=None, counts=(), when=FRIDAY, where=BASRA, status=Status.ACTUAL)
    sides = [tuple(party(name, f"{name} GOV") for name in side.split()) for side in (actors, recipients)]
    return replace(made, id=f"e{number}", actor=sides[0], recipient=sides[1], **changes)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[library.Archive]:
    with library.open(tmp_path / "case.db") as opened:
        opened.store.keep([coded()])
        yield opened


# Out


@pytest.mark.parametrize("layout", ["icews", "polecat"])
def test_what_is_exported_for_others_comes_in_again_the_same(layout: str, tmp_path: Path) -> None:
    rows = [ICEWS, ["8", *ICEWS[1:6], "010", "0", *ICEWS[8:]], ["9", *ICEWS[1:8], "", "", "", *ICEWS[11:]]]
    source = tmp_path / "events.tab"
    source.write_text(icews(*rows), encoding="utf-8")
    first, second = tmp_path / "first.tab", tmp_path / "second.csv"
    kept: list[list[Event]] = []
    for path, out in ((source, first), (first, second)):
        with library.open(tmp_path / f"{out.stem}.db") as archive:
            found = [one for one in events_in(path, nobody) if isinstance(one, Event)]
            archive.store.keep_imported(str(path), found)
            kept.append([one for one in found if layout == "icews" or one.type])
            archive.export("events", out, layout=layout)

    def said(one: Event) -> tuple[Any, ...]:
        where = one.where and (one.where.name, one.where.country, one.where.lat, one.where.lon)
        sides = [[(party.text, party.code) for party in side] for side in (one.actor, one.recipient)]
        return (one.source_row and one.source_row.id, one.type, one.mode, one.when, where, sides)

    assert sorted(map(said, kept[0]), key=repr) == sorted(map(said, kept[1]), key=repr)


def test_mutual_acts_and_plans_for_others(archive: library.Archive, tmp_path: Path) -> None:
    talks = event(1, "A B", kind="CONSULT")
    archive.store.keep_imported("x", [talks, event(2, "A", "B", status=Status.FUTURE), event(3, "A", "B", when=None)])
    path = tmp_path / "out.csv"
    assert archive.export("events", path, layout="icews", type="CONSULT") == 2
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert [(row["Event ID"], row["Source Name"], row["Target Name"]) for row in rows] == [
        ("row1.1", "A", "B"),
        ("row1.2", "B", "A"),
    ]
    assert archive.export("events", path, layout="polecat", actor="A") == 2


def test_parquet_is_exact(archive: library.Archive, tmp_path: Path) -> None:
    polars = pytest.importorskip("polars", reason="polars is an optional extra")
    archive.store.keep_imported("x", [event(1, "A", "B")])
    wanted = list(archive.exported("events"))
    path = tmp_path / "events.parquet"
    assert archive.export("events", path) == len(wanted)
    found = polars.read_parquet(path).to_dicts()
    assert [{**one, "source_row": one.get("source_row")} for one in wanted] == found
    export("actors", [], tmp_path / "none.parquet")
    assert polars.read_parquet(tmp_path / "none.parquet").height == 0
    assert sorted(path.name for path in tmp_path.glob("*.rows")) == []


def test_networks_are_dynamic_and_the_same_each_time(archive: library.Archive, tmp_path: Path) -> None:
    monday = When("2020-01-06", "2020-01-06", "day", None, "")
    archive.store.keep_imported(
        "x", [event(1, "A", "B"), event(2, "A", "B", when=monday), event(3, "B \x01C", kind="CONSULT")]
    )
    path = tmp_path / "net.gexf"
    assert archive.export("events", path, since="2020-01-03", actor="B") == 3
    text = path.read_text(encoding="utf-8")
    assert 'mode="dynamic"' in text and 'timeformat="date"' in text and "lastmodified" not in text
    assert '<spell start="2020-01-03" end="2020-01-03"' in text and '<spell start="2020-01-06"' in text
    graph = networkx.read_gexf(path)
    assert graph.nodes["a"]["label"] == "A"
    plain = tmp_path / "net.graphml"
    archive.export("events", plain, actor="B")
    [edge] = networkx.read_graphml(plain, force_multigraph=True).get_edge_data("a", "b").values()
    assert (edge["weight"], edge["first"], edge["last"], edge["mean_score"]) == (2, "2020-01-03", "2020-01-06", -9.0)
    with pytest.raises(UsageError, match="events can"):
        archive.export("articles", tmp_path / "net.gexf")


def test_maps(archive: library.Archive, tmp_path: Path) -> None:
    path = tmp_path / "map.geojson"
    assert archive.export("events", path) == 3
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert [feature["geometry"] for feature in features] == [None, {"type": "Point", "coordinates": [9.66, 45.7]}, None]
    assert features[1]["properties"]["counts"] == "killed 25; injured at least 3"
    assert "killed 25 soldiers" in features[1]["properties"]["words"]


def test_followthemoney(archive: library.Archive, tmp_path: Path) -> None:
    path = tmp_path / "entities.jsonl"
    number = archive.export("events", path, layout="followthemoney")
    entities = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(entities) == number == len({entity["id"] for entity in entities})
    kinds = [entity["schema"] for entity in entities]
    assert (
        kinds.count("Event") == 2 and kinds.count("Article") == 1 and "PublicBody" in kinds and "LegalEntity" in kinds
    )
    seen: set[str] = set()
    for entity in entities:
        assert all(isinstance(value, str) for values in entity["properties"].values() for value in values)
        if entity["schema"] == "Event":
            for role in ("organizer", "involved", "proof"):
                assert set(entity["properties"][role]) <= seen
            assert entity["properties"]["name"]
        seen.add(entity["id"])


def test_datasette_has_a_flat_table(archive: library.Archive, tmp_path: Path) -> None:
    archive.store.keep_imported("x", [event(1, "A", "B", counts=(Count("killed", 3, 5, ""),))])
    rows = archive.store._database.rows(
        "SELECT actor, recipient, killed_low, latitude, words FROM event_table ORDER BY id"
    )
    assert ("A", "B", 3, 30.5, None) in rows and any("retaliation" in (row[4] or "") for row in rows)
    write_datasette(tmp_path / "case.db", tmp_path / "metadata.json")
    tables = json.loads((tmp_path / "metadata.json").read_text())["databases"]["case"]["tables"]
    names = {name for (name,) in archive.store._database.rows("SELECT name FROM sqlite_schema")}
    assert tables.keys() <= names


def test_tables_need_a_known_ending(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Tables end in \.csv"):
        write_table([Column("a", int)], [(1,)], tmp_path / "a.xlsx")


# Panels


def table(events: list[Event], **options: Any) -> list[dict[str, Any]]:
    made = panel(events, **options)
    return [dict(zip((column.name for column in made.columns), row, strict=True)) for row in made.rows]


def test_a_panel_has_every_cell() -> None:
    later = When("2020-01-20", "2020-01-20", "day", None, "")
    events = [event(1, "A", "B", counts=(Count("killed", 2, None, ""),)), event(2, "B", "A", "CONSULT", when=later)]
    rows = table(events, by="week")
    assert [(row["actor"], row["period"], row["events"]) for row in rows] == [
        *(("A", "2020-W01", 1), ("A", "2020-W02", 0), ("A", "2020-W03", 0), ("A", "2020-W04", 0)),
        *(("B", "2020-W01", 0), ("B", "2020-W02", 0), ("B", "2020-W03", 0), ("B", "2020-W04", 1)),
    ]
    first = rows[0]
    assert (first["from"], first["to"], first["assault"], first["material_conflict"]) == (
        "2019-12-30",
        "2020-01-05",
        1,
        1,
    )
    assert (first["plover_sum"], first["goldstein_mean"], first["killed_low"], first["killed_high"]) == (
        -9.0,
        -9.0,
        2,
        2,
    )
    assert first["share"] == 1.0 and rows[1]["share"] is None and rows[1]["plover_mean"] is None
    assert len(first) == 6 + 4 + len(TYPES) + 4 + 3


def test_a_panel_leaves_out_and_says_so() -> None:
    wide = When("2020-01-03", "2020-02-03", "range", None, "")
    events = [
        event(1, "A", "B"),
        *(event(2, "A", "B", status=Status.FUTURE), event(3, "A", "B", None)),
        *(event(4, "A", "B", when=None), event(5, "A", "B", when=wide), event(6, "A", "B", article="copy")),
    ]
    made = panel(events, by="month", near_copies={"copy"})
    assert len(list(made.rows)) == 1
    assert made.notes[-1] == (
        "Events left out: 1 that did not happen, 1 that has no type, 1 that has no day, 1 that spans periods, 1 of near-copies."
    )
    assert [row["events"] for row in table(events, by="year")] == [3]


def test_one_a_day_counts_once_with_the_highest_figure() -> None:
    figures = [(Count("killed", n, n, ""),) for n in (2, 7, 3)]
    events = [event(number, "A", "B", counts=killed) for number, killed in enumerate(figures)]
    [row] = table(events, rule="one-a-day", by="day")
    assert (row["events"], row["killed_low"], row["killed_high"]) == (1, 7, 7)
    [row] = table(events, by="day")
    assert (row["events"], row["killed_low"]) == (3, 12)


def test_units_that_are_asked_for_are_there() -> None:
    events = [event(1, "A", "B"), event(2, "C D", kind="CONSULT")]
    rows = table(events, unit="actor", units=("b", "C", "Nobody"), by="year", since="2019-06-01", until="2020-12-31")
    assert [(row["actor"], row["period"], row["events"]) for row in rows] == [
        *(
            ("C", "2019", 0),
            ("C", "2020", 1),
            ("Nobody", "2019", 0),
            ("Nobody", "2020", 0),
            ("b", "2019", 0),
            ("b", "2020", 0),
        ),
    ]
    assert rows[1]["share"] == 0.5
    pairs = [(row["actor"], row["recipient"]) for row in table(events, units=("A", "B"), by="year")]
    assert pairs == [("A", "B"), ("B", "A")]
    assert [(row["actor"], row["recipient"]) for row in table(events, units=("C",), by="year")] == [
        ("C", "D"),
        ("D", "C"),
    ]
    assert table([]) == []
    irq = replace(events[0], actor=(party("Army", "IRQ MIL"), party("Police", "IRQ COP")))
    [row] = table([irq], unit="country", by="year")
    assert (row["country"], row["events"]) == ("IRQ", 1)


# Validation


def test_a_sample_is_even_and_rests_on_the_seed_alone(archive: library.Archive) -> None:
    kinds = ["ASSAULT"] * 30 + ["CONSULT"] * 3
    archive.store.keep_imported("x", [event(n, "A", "B", kind) for n, kind in enumerate(kinds)])
    every = list(archive.exported("events"))
    drawn = sample(every, "type", 10, 1)
    assert [one.stratum for one in drawn] == ["ASSAULT"] * 6 + ["CONSULT"] * 3 + ["REJECT"]
    assert {one.size for one in drawn if one.stratum == "ASSAULT"} == {32}
    assert sample(reversed(every), "type", 10, 1) == drawn != sample(every, "type", 10, 2)
    assert len(sample(every, "outlet", 1000, 1)) == len(every)


def test_precision_has_wilson_intervals() -> None:
    judged = [Judged("ASSAULT", 900, number < 45) for number in range(50)] + [
        Judged("AID", 100, number < 10) for number in range(20)
    ]
    aid, assault, every = precision(judged)
    assert (aid.precision, assault.precision) == (0.5, 0.9)
    assert (round(assault.low, 3), round(assault.high, 3)) == (0.786, 0.957)
    assert every.precision == pytest.approx(0.86) and every.low < 0.86 < every.high and every.judged == 70
    assert "0.86 (95% interval 0.7" in methods([aid, assault, every], "type")
    assert "70 of 1000 events (2 strata by type)" in methods([aid, assault, every], "type")


# Comparison


def test_happenings_are_matched_with_evidence() -> None:
    killed = (Count("killed", 4, 6, ""),)
    ours = [event(1, "IRQ", "IS", counts=killed), event(2, "USA", "IRN"), event(3, "A", "B", status=Status.FUTURE)]
    saturday = When("2020-01-04", "2020-01-04", "day", None, "")
    theirs = [
        event(11, "IRQ IS", when=saturday, counts=(Count("killed", 5, 5, ""),)),
        event(12, "IRQ IS", when=When("2020-01-09", "2020-01-09", "day", None, "")),
        event(13, "IRQ IS", where=replace(BASRA, country="SYR")),
        event(14, "IRQ IS", kind="AID"),
    ]
    matches, ours_only, theirs_only = compare(happenings(ours), happenings(theirs))
    [match] = matches
    assert (match.ours.id, match.theirs.id) == ("e1", "e11") and match.score > 0.9
    assert dict(match.evidence) == {
        "time": "1 day apart (2020-01-03, 2020-01-04)",
        "place": "both Basra",
        "type": "both ASSAULT",
        "parties": "IRQ = IRQ; IS = IS",
        "figures": "killed 4 to 6 and 5",
    }
    assert [one.id for one in ours_only] == ["e2"] and [one.id for one in theirs_only] == ["e12", "e13", "e14"]


# The command line


def test_the_commands(archive: library.Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from dragoman.cli import main

    monkeypatch.chdir(tmp_path)
    archive.close()
    (tmp_path / "acled.csv").write_text(ACLED_C + ACLED_C.splitlines()[1].replace("09 May", "5/9/20"), encoding="utf-8")
    (tmp_path / "bad.csv").write_text("a,b\n", encoding="utf-8")

    def run(arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, arguments.split())
        assert result.exit_code == code, result.output
        return result.output

    said = run("import acled.csv bad.csv --archive case.db", 3)
    assert "acled.csv: 1 new, 0 replaced, 1 malformed" in said and "line 3" in said and "[F001]" in said
    assert "IRQ MIL" in run("export events --archive case.db --to out.csv") + Path("out.csv").read_text(
        encoding="utf-8"
    )
    assert "rows written to panel.csv" in run("panel --archive case.db --by day --since 2020-01-01 --until 2020-01-31")
    assert "`plover_sum`" in Path("panel.codebook.md").read_text(encoding="utf-8")
    assert "must be a day" in run("panel --archive case.db --since May", 2)
    run("sample --archive case.db --n 5")
    assert "Nothing in sample.csv is judged yet" in run("validate sample.csv", 2)
    text = (
        Path("sample.csv")
        .read_text(encoding="utf-8")
        .replace(",,,ASSAULT", ",yes,,ASSAULT")
        .replace(",,,REJECT", ",no,,REJECT")
    )
    Path("sample.csv").write_text(text, encoding="utf-8")
    assert "95% interval" in run("validate sample.csv")
    assert "0 matched, 1 ours only, 1 theirs only" in run("match --archive case.db --with acled.csv", 3)
    assert run("datasette --archive case.db").startswith("Metadata written")
