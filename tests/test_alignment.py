"""Alignment: deeds in, standing, camps, balance and turning points out."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman
from dragoman.alignment import (
    Camps,
    Deed,
    SignedNetwork,
    Stance,
    balance,
    camps,
    deeds_of,
    groups_of,
    moves,
    rolled_up,
    signed_network,
    stances_of,
    standing,
    turns,
)
from dragoman.alignment.camps import frustration
from dragoman.alignment.standing import smoothed
from dragoman.alignment.turns import LONGEST_ONSET, calibrated, changes, measured
from dragoman.cli import main
from dragoman.pictures import Link, Marked, Member, Point, TurnRow, curve, sides, standalone, turning
from dragoman.records import Event, Incident, Party, Shift, Status, Tie, When

START = date(2020, 1, 1)


def deed(day: int, score: float, actor: str = "a", recipient: str = "b", kind: str | None = None) -> Deed:
    named = kind or ("CONSULT" if score > 0 else "ASSAULT")
    return Deed(START + timedelta(day), actor, named, recipient, score, f"{actor}-{recipient}-{day}-{named}")


def party(name: str, code: str = "") -> Party:
    return Party(name, 0, len(name), name, name, code, "")


def event(number: int, actor: list[Party], recipient: list[Party], day: str | None = "2020-01-03") -> Event:
    return Event(
        f"e{number}", "x", 0, "hit", 0, 3, "ASSAULT", None, tuple(actor), tuple(recipient), Status.ACTUAL,
        When(None, day, "open", "", "words"), None, (), None, "assault.attack@1", 0.9,
    )  # fmt: skip


def test_deeds_stand_on_the_day_by_which_they_were_known_and_incidents_count_once() -> None:
    a, b, c = party("a"), party("b"), party("c")
    events = [
        event(1, [a], [b], "2020-01-03"),
        event(2, [a], [b], "2020-01-02"),
        event(3, [c, b, a], []),
        event(4, [a], [b], None),
        replace(event(5, [a], [b]), status=Status.FUTURE),
        replace(event(6, [a], [b]), when=When("2020-01-31", "2020-10-02", "interval", "", "words")),
    ]
    found = deeds_of(events, [Incident("i", "ASSAULT", ("e1", "e2"))])
    assert [(deed.actor, deed.recipient, deed.day.day, deed.weight) for deed in found] == [
        ("a", "b", 2, -9.0), ("a", "b", 3, -9.0), ("a", "c", 3, -9.0), ("b", "c", 3, -9.0),
    ]  # fmt: skip


def tie(source: str, kind: str, target: str, polarity: str = "+") -> Tie:
    return Tie(f"{source}{kind}", "x", 0, "w", 0, 1, party(source), kind, party(target), polarity, None, "t1")


def test_organs_act_for_their_state_and_members_for_their_body() -> None:
    events = [event(1, [party("us-army", "USA MIL")], [party("rebels", "IRQ REB"), party("irq", "IRQ GOV")])]
    groups = groups_of(events, [tie("al-x", "leads", "rebels"), tie("y", "member_of", "al-x"), tie("z", "backs", "y")])
    assert groups == {"us-army": "usa", "al-x": "rebels", "y": "rebels"}
    rolled = rolled_up([deed(0, -9, "us-army", "y"), deed(0, -9, "al-x", "y")], groups)
    assert [(one.actor, one.recipient) for one in rolled] == [("usa", "rebels")]


def test_ties_in_a_circle_end() -> None:
    circle = [tie("a", "part_of", "b"), tie("b", "part_of", "c"), tie("c", "part_of", "b")]
    assert groups_of([], circle) == {"a": "b", "b": "b", "c": "b"}


def test_stances_come_from_ties_and_shifts() -> None:
    shift = Shift("s", "x", 0, "turned on", 0, 1, party("a"), party("b"), party("c"), None, None, "s1")
    ties = [tie("a", "backs", "b"), tie("b", "hostile_to", "c", "-"), tie("a", "leads", "c")]
    found = stances_of(ties, [shift], {"x": START})
    assert {(stance.actor, stance.recipient, stance.friendly, stance.kind) for stance in found} == {
        ("a", "b", True, "tie"), ("b", "c", True, "tie"), ("a", "b", False, "shift"), ("a", "c", True, "shift"),
    }  # fmt: skip
    assert stances_of(ties, [shift], {}) == []


def test_standing_knows_little_of_a_sparse_pair_and_more_of_a_busy_one() -> None:
    (one,) = standing([deed(0, 2.5)])
    busy = standing([deed(day, 2.5) for day in range(60)])[4]
    assert one.low < 0 < one.score < one.high
    assert busy.high - busy.low < one.high - one.low
    assert busy.low > 0


def test_standing_turns_with_the_events_and_widens_in_silence() -> None:
    weeks = standing([deed(d, 4.0) for d in range(0, 100, 3)] + [deed(d, -9.0) for d in range(200, 300, 3)])
    assert weeks[5].score > 0.4 and weeks[-5].score < -0.6
    silent = weeks[21]
    assert silent.high - silent.low > weeks[5].high - weeks[5].low
    assert sum(week.counts[0] for week in weeks) == 34 and sum(week.counts[3] for week in weeks) == 34


def test_what_texts_assert_is_evidence() -> None:
    stance = Stance(START, "a", "b", False, "tie", "sworn enemies", "t")
    (week,) = standing([], [stance])
    assert week.score < -0.3 and week.low < -0.9 and week.counts == (0, 0, 0, 0)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500)), min_size=1, max_size=20))
def test_the_interval_holds_the_score_and_stays_in_bounds(weeks: list[tuple[float, float]]) -> None:
    score, low, high = smoothed(*np.array(weeks).T.copy())
    assert ((low >= -1) & (low <= score) & (score <= high) & (high <= 1)).all()


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    draw = np.random.default_rng(1)
    covered = []
    for _ in range(60):
        z = np.zeros(60)
        z[0] = draw.normal(0, 1.87)
        kept = np.exp(-1 / 52)
        for week in range(1, 60):
            z[week] = kept * z[week - 1] + draw.normal(0, 1.87 * np.sqrt(1 - kept**2))
        total = draw.poisson(3, 60).astype(float)
        favour = draw.binomial(total.astype(int), 1 / (1 + np.exp(-z))).astype(float)
        _, low, high = smoothed(favour, total - favour)
        covered.append(((low <= np.tanh(z / 2)) & (np.tanh(z / 2) <= high)).mean())
    assert 0.9 < np.mean(covered) < 0.99


def network(weights: np.ndarray) -> SignedNetwork:  # type: ignore[type-arg]
    return SignedNetwork(START, tuple("abcdefghijkl"[: len(weights)]), weights)


def some_network(size: int = 9) -> SignedNetwork:
    draw = np.random.default_rng(3)
    weights = np.triu(np.round(draw.normal(size=(size, size)), 2), 1)
    return network(weights + weights.T)


def test_two_camps_are_the_least_frustrated_of_all_divisions() -> None:
    some = some_network()
    mass = np.abs(some.weights).sum() / 2
    least = min(frustration(some.weights, np.array(sides)) for sides in product((0, 1), repeat=9))
    found = camps(some)
    assert found.frustration == found.at_least == pytest.approx(least / mass, abs=1e-4)
    assert sorted(sum(found.camps, ())) == list(some.actors)


def test_a_balanced_network_divides_without_frustration() -> None:
    side = np.array([1, 1, 1, -1, -1])
    some = network(np.outer(side, side) - np.eye(5))
    found = camps(some)
    assert found.camps == (("a", "b", "c"), ("d", "e")) and found.frustration == 0.0
    assert set(found.fit.values()) == {1.0}
    even = balance(some)
    assert even.out_of_balance.observed == 0.0 and even.triangles == 10 and even.unbalanced == ()
    assert even.frustration.by_chance > 0 and even.friends_by_enemy.observed == 1.0
    assert {triad.parties for triad in even.common_enemies} >= {("a", "b", "d"), ("d", "e", "a")}


def test_three_foes_are_three_camps() -> None:
    foes = network(np.eye(3) - 1.0)
    assert camps(foes, 3).camps == (("a",), ("b",), ("c",)) and camps(foes, 3).frustration == 0.0
    assert camps(foes).frustration == pytest.approx(1 / 3, abs=1e-4)
    assert [triad.parties for triad in balance(foes).unbalanced] == [("a", "b", "c")]


def test_who_moved_is_told_whatever_the_camps_are_called() -> None:
    before = Camps((("a", "b", "c"), ("d", "e")), 0.0, 0.0, {})
    after = Camps((("c", "d", "e", "f"), ("a", "b")), 0.0, 0.0, {})
    assert [(move.actor, move.before, move.after) for move in moves(before, after)] == [("c", 1, 0), ("f", None, 0)]


def test_no_events_make_no_camps() -> None:
    empty = signed_network([], [], START)
    assert empty.actors == () and camps(empty).camps == () and balance(empty).triangles == 0
    assert standing([]) == [] and turns([]) == []


def test_the_network_is_centred_by_its_period_and_forgets() -> None:
    talk = [deed(day, 2.5, "a", "b") for day in range(8)]
    less = [deed(8, 2.5, "b", "c"), deed(8, -2.5, "b", "c", "ACCUSE")]
    found = signed_network([*talk, *less], [], START + timedelta(8))
    weight = {(one, two): found.weights["abc".index(one), "abc".index(two)] for one, two in ("ab", "bc")}
    assert weight["a", "b"] > 0 > weight["b", "c"]
    assert abs(found.weights.sum()) < 1e-9
    assert signed_network(talk, [], START + timedelta(1000)).actors == ()
    assert signed_network(talk, [], START - timedelta(1)).actors == ()


def quiet_then_crisis() -> list[Deed]:
    talk = [deed(day, 2.5) for day in range(0, 365, 9)]
    other = [deed(day, 2.5, "a", "c") for day in range(0, 365, 30)]
    trigger = deed(198, -9.0, "c", "a")
    crisis = [deed(day, -9.0, *pair) for day in range(200, 228, 2) for pair in (("a", "b"), ("b", "a"))]
    return talk + other + [trigger] + crisis


def test_a_crisis_is_a_turning_point_with_what_carried_it_and_what_came_before() -> None:
    shift = Stance(START + timedelta(205), "a", "b", False, "shift", "turned against", "s")
    (turn,) = [turn for turn in turns(quiet_then_crisis(), [shift]) if turn.pair == ("a", "b")]
    assert (turn.direction, turn.measure, turn.kind) == ("to_conflict", "conflict", "burst")
    assert turn.first <= START + timedelta(200) <= turn.last
    assert (turn.last - turn.first).days < LONGEST_ONSET
    assert turn.before == 0 and turn.within > 3
    assert {one.type for one in turn.carried_by} == {"ASSAULT"} and turn.asserted == (shift,)
    assert turn.triggers[0].actor == "c"


def test_what_goes_on_evenly_does_not_turn() -> None:
    assert turns([deed(day, -9.0 if day % 3 else 2.5) for day in range(365)]) == []


def test_turns_do_not_depend_on_the_order_of_deeds() -> None:
    deeds = quiet_then_crisis()
    assert turns(deeds) == turns(deeds[::-1])


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 120), st.sampled_from((-9.0, -3.0, 2.5, 9.5))), min_size=1, max_size=40))
def test_onsets_are_short_and_hold_their_likeliest_day(acts: list[tuple[int, float]]) -> None:
    for change in changes(*measured([deed(day, score) for day, score in acts], START, 121)):
        assert 0 <= change.first <= change.start <= change.last <= 120
        assert change.last - change.first < LONGEST_ONSET and change.strength > 0


def test_a_threshold_lets_through_as_many_false_alarms_as_are_allowed() -> None:
    strengths = [float(n) for n in range(20)]
    threshold = calibrated(strengths, years=10, rate=0.5)
    assert sum(strength > threshold for strength in strengths) == 5


def test_a_picture_of_each_says_what_it_shows() -> None:
    point = Point(START, 0.25, -0.1, 0.5, 3, 1)
    mark = Marked(START, START + timedelta(3), False, "toward <conflict>")
    drawn = (
        curve([point], [mark]),
        sides([[Member("a", "A & B", 1.0)], [Member("b", "B", -0.5)]], [Link("a", "b", -1.0)]),
        turning([TurnRow("A and B", (mark,))], START, START + timedelta(90)),
    )
    for picture in drawn:
        root = ElementTree.fromstring(standalone(picture))
        assert root.find("{http://www.w3.org/2000/svg}desc") is not None
    assert "In the last week 0.25, 95% interval -0.10 to 0.50" in drawn[0]
    assert 'class="edge conflict"' in drawn[1] and "A &amp; B" in drawn[1]
    assert "toward &lt;conflict&gt;" in drawn[2]
    for empty in (curve([]), sides([], []), turning([], START, START)):
        assert "<text" in empty


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("standing")
    lines = (
        "US jets bombed Iranian positions on Friday.",
        "Iran condemned the United States on Saturday.",
        "The Turkish president met the Russian president in Moscow on Sunday.",
    )
    (folder / "a.jsonl").write_text(json.dumps({"text": "\n".join(lines), "published": "2020-01-06"}), encoding="utf-8")
    with dragoman.open(folder / "x.db") as opened:
        opened.read([folder / "a.jsonl"])
    return folder / "x.db"


def told(archive: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--archive", str(archive)])


def test_the_commands_print_tables_json_and_pictures(archive: Path, tmp_path: Path) -> None:
    drawn = tmp_path / "align.svg"
    found = json.loads(told(archive, "align", "United States", "Iran", "--json", "--picture", str(drawn)).stdout)
    assert found["pair"] == ["irn", "usa"] and found["weeks"][0]["score"] < 0
    assert ElementTree.fromstring(drawn.read_text(encoding="utf-8")).tag.endswith("svg")
    assert "Iran and United States" in told(archive, "align", "usa", "Iran").stdout
    divided = json.loads(told(archive, "camps", "--on", "2020-01-06", "--since", "2020-01-01", "--json").stdout)
    assert divided["camps"] == [["irn"], ["usa"]] and {move["actor"] for move in divided["moves"]} == {"irn", "usa"}
    assert "Camps on 2020-01-06" in told(archive, "camps", "--on", "2020-01-06").stdout
    assert json.loads(told(archive, "turns", "--json").stdout) == []
    assert "No turning point." in told(archive, "turns", "Iran").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("align", "Narnia", "Iran"), "No party to a dated event is called 'Narnia'"),
        (("align", "Iran", "irn"), "are the same party"),
        (("turns", "--picture", "x.png"), "A picture ends in .svg"),
    ],
)
def test_wrong_usage_is_said(archive: Path, words: tuple[str, ...], said: str) -> None:
    result = told(archive, *words)
    assert result.exit_code == 2 and said in result.stderr


def test_where_the_record_begins_nothing_turns() -> None:
    first = date(2019, 1, 1)
    fights = [Deed(first + timedelta(day), "aaa", "ASSAULT", "bbb", -9.0) for day in range(12) for _ in range(3)]
    end = Deed(first + timedelta(400), "ccc", "CONSULT", "ddd", 1.0)
    late = [replace(deed, day=deed.day + timedelta(200)) for deed in fights]
    assert not any(turn.direction == "to_conflict" for turn in turns([*fights, end]))
    start = Deed(first, "ccc", "CONSULT", "ddd", 1.0)
    assert any(turn.direction == "to_conflict" for turn in turns([start, *late, end]))
