"""Linking, alignment and evaluation: records in, conclusions out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.alignment import dyads
from dragoman.codebook import CONTEXTS, QUADS, SECTORS, TYPES, cameo_of, from_cameo, quad_of, score_of
from dragoman.errors import CODES, DragomanError, UsageError
from dragoman.evaluation import score
from dragoman.linking import link
from dragoman.records import Count, Event, Incident, Party, Status, When, Where
from dragoman.settings import SETTINGS, load

SHARED = Path(__file__).parents[2] / "shared"


def party(name: str) -> Party:
    return Party(name, 0, len(name), name.lower(), name, "", "")


def event(number: int, article: str, actor: str, recipient: str, day: str, **fields: object) -> Event:
    made = Event(
        f"e{number}", article, 0, "hit", 0, 3, "ASSAULT", None, (party(actor),), (party(recipient),), Status.ACTUAL,
        When(day, day, "day", "on the day", "words"), None, (), None, "assault.attack@1", 0.9,
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def linked(events: Iterable[Event]) -> list[Incident]:
    """The incidents of events of which neither article nor sentence is known."""
    return link((event, None, None) for event in events)


def test_two_reports_of_one_attack_are_one_incident() -> None:
    incidents = linked([event(1, "a", "A", "B", "2020-01-03"), event(2, "b", "A", "B", "2020-01-03")])
    assert [incident.events for incident in incidents] == [("e1", "e2")]


def test_other_days_parties_places_and_undated_events_stay_apart() -> None:
    mosul, basra = (Where(name, name, "IRQ", 1.0, 1.0, "place") for name in ("Mosul", "Basra"))
    events = [
        event(1, "a", "A", "B", "2020-01-03", where=mosul),
        event(2, "b", "A", "B", "2020-01-09"),
        event(3, "b", "C", "B", "2020-01-03", where=mosul),
        event(4, "b", "A", "B", "2020-01-03", where=basra),
        event(5, "b", "A", "B", "2020-01-03", when=None),
        event(6, "b", "A", "B", "2020-01-03", status=Status.NEGATED),
    ]
    assert all(len(incident.events) == 1 for incident in linked(events))


def test_linking_does_not_depend_on_order() -> None:
    events = [event(n, "abc"[n % 3], "A", "B", f"2020-01-0{1 + n % 4}") for n in range(8)]
    groups = [{frozenset(i.events) for i in linked(order)} for order in (events, events[::-1])]
    assert groups[0] == groups[1]


def test_figures_that_differ_between_articles_are_disputed() -> None:
    one = event(1, "a", "A", "B", "2020-01-03", counts=(Count("killed", 3, 3, "three"), Count("injured", 5, 5, "five")))
    other = event(
        2, "b", "A", "B", "2020-01-03", counts=(Count("killed", 7, 7, "seven"), Count("injured", 5, 5, "five"))
    )
    (incident,) = linked([one, other])
    assert [s.field for s in incident.disputed] == ["killed"] and "injured" in [s.field for s in incident.agreed]
    assert {value.low for value in incident.disputed[0].values} == {3, 7}


def test_dyads_count_both_directions_of_mutual_events() -> None:
    talks = replace(event(1, "a", "A", "B", "2020-01-03"), type="CONSULT", actor=(party("A"), party("B")), recipient=())
    found = {(d.actor, d.recipient): d for d in dyads([talks, event(2, "a", "A", "B", "2020-01-03")])}
    assert found["a", "b"].events == 2 and found["b", "a"].events == 1
    assert found["a", "b"].quads == (1, 0, 0, 1)
    assert found["a", "b"].score == (2.5 - 9.0) / 2
    assert not dyads([event(3, "a", "A", "B", "2020-01-03", status=Status.HYPOTHETICAL)])


def gold(
    kind: str, actor: list[str], recipient: list[str], text: str = "They met there in the end."
) -> dict[str, object]:
    sides = {
        side: [{"text": name, "name": name} for name in names]
        for side, names in (("actor", actor), ("recipient", recipient))
    }
    return {"sent_text": text, "trigger": "x", "type": kind, "status": "actual", **sides}


@pytest.mark.parametrize(
    ("wanted", "found", "levels"),
    [
        (gold("ASSAULT", ["Iran"], ["US"]), gold("ASSAULT", ["Iran"], ["US"]), {"detect", "dyad", "strict"}),
        (gold("ASSAULT", ["Iran"], ["US"]), gold("ASSAULT", ["Iran"], ["Israel"]), {"detect"}),
        (gold("ASSAULT", ["Iran", "Iraq"], []), gold("ASSAULT", ["Iran"], []), {"detect", "dyad"}),
        (gold("ASSAULT", ["American"], []), gold("ASSAULT", ["United States"], []), {"detect", "dyad", "strict"}),
        (gold("CONSULT", ["Iran", "Iraq"], []), gold("CONSULT", ["Iran"], ["Iraq"]), {"detect", "dyad", "strict"}),
        (gold("AID", ["Iran"], []), gold("AGREE", ["Iran"], []), set()),
        (gold("AID", ["Iran"], []), gold("AID", ["Iran"], [], "Another sentence altogether."), set()),
    ],
)
def test_scoring_by_the_codebook(wanted: dict, found: dict, levels: set[str]) -> None:  # type: ignore[type-arg]
    result = score([wanted], [found])
    assert {level for level, figures in result.levels.items() if figures.f1 == 1.0} == levels


@pytest.mark.skipif(not (SHARED / "tools" / "score.py").exists(), reason="../shared with the scoring tool is not here")
def test_our_scoring_agrees_with_the_shared_tool(tmp_path: Path) -> None:
    sentences = [f"This is sentence number {n} of the text." for n in range(6)]
    kinds = ["ASSAULT", "CONSULT", "AGREE", "ACCUSE", "ASSAULT", "AID"]
    wanted = [
        gold(k, ["Iran", "the army"][: 1 + n % 2], ["US"] if n % 3 else [], s)
        for n, (k, s) in enumerate(zip(kinds, sentences, strict=True))
    ]
    found = [
        gold(k, ["Iranian"] if n % 2 else ["Syria"], ["American troops"], s)
        for n, (k, s) in enumerate(zip(kinds, sentences, strict=True))
    ]
    for name, records in (("gold", wanted), ("found", found)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    command = [
        sys.executable,
        str(SHARED / "tools" / "score.py"),
        str(tmp_path / "gold.jsonl"),
        "--",
        str(tmp_path / "found.jsonl"),
    ]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    ours = score(wanted, found)
    for level, figures in ours.levels.items():
        line = next(line for line in printed.splitlines() if line.startswith(level))
        assert f"F1 {figures.f1:.3f}" in line


def test_the_codebook_is_whole() -> None:
    assert len(TYPES) == 16 and len(CONTEXTS) == 37 and len(SECTORS) == 25 and set(QUADS) == {1, 2, 3, 4}
    assert {quad_of(kind) for kind in ("AGREE", "AID", "REQUEST", "SANCTION")} == {1, 2, 3, 4}
    assert score_of("ACCUSE") == -3.0 and score_of("ASSAULT", "aerial") == -9.5
    assert all(-10 <= score <= 10 for kind in TYPES.values() for score in (kind.score, *kind.modes.values()))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("190", "ASSAULT"),
        ("0841", "RETREAT"),
        ("08", None),
        ("010", None),
        ("020", None),
        ("1823", "ASSAULT"),
        ("172", "COERCE"),
        ("x", None),
    ],
)
def test_from_cameo(code: str, kind: str | None) -> None:
    found = from_cameo(code)
    assert (found.type if found else None) == kind


def test_every_type_has_a_cameo_code_that_leads_back() -> None:
    for kind in TYPES:
        found = from_cameo(cameo_of(kind))
        assert found is not None and found.type == kind


def test_settings_come_from_arguments_environment_and_defaults() -> None:
    assert load({}, jobs=3).jobs == 3
    assert load({"DRAGOMAN_JOBS": "4"}).jobs == 4
    assert load({}).batch == next(s.default for s in SETTINGS if s.name == "batch")
    with pytest.raises(UsageError, match="jobs must be a whole number"):
        load({"DRAGOMAN_JOBS": "many"})
    with pytest.raises(UsageError, match="no setting named"):
        load({}, colour="red")


def test_every_error_has_a_known_code_and_says_it() -> None:
    assert str(DragomanError("A001", "No archive.")) == "[A001] No archive."
    assert all(len(code) == 4 and meaning for code, meaning in CODES.items())


def test_the_guide_lists_every_setting() -> None:
    guide = (Path(__file__).parents[1] / "docs" / "guide.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        shown = f"`{setting.default}`" if setting.default != "" else "none"
        assert f"| `{setting.name}` | {shown} | {setting.meaning} |" in guide
