"""What follows an act, whom a party will do something to, and conflict in a week."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from dragoman.alignment import DatedEvent, Profile, dated_events
from dragoman.alignment.history import Counts, history_of
from dragoman.alignment.outlook import fitted, outlook, rank
from dragoman.alignment.reactions import reactions
from dragoman.alignment.recurrence import Recurrence, priors
from dragoman.alignment.weekly import conflict_next_week, verify, weeks_of
from dragoman.cli import main
from dragoman.pictures import ForecastBin, LagCurve, LagRate, calibration_plot, lag_curves
from dragoman.records import Event, Party, Status, When

START = date(2020, 1, 1)


def on(day: int, actor: str, kind: str, recipient: str) -> DatedEvent:
    return DatedEvent(START + timedelta(days=day), actor, kind, recipient)


def archived(start: str | None, end: str | None, recipients: tuple[str, ...] = ("b",), **fields: object) -> Event:
    actor, *others = (Party(name, 0, 1, name, name, "", "") for name in ("a", *recipients))
    when = When(start, end, "day", None, "the words")
    made = ("e", "x", 0, "met", 0, 3, "CONSULT", None, (actor,), tuple(others), Status.ACTUAL, when, None, (), None)
    return Event(*made, frame="f", confidence=1.0)


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        ("2020-01-03", "2020-01-03", date(2020, 1, 3)),
        ("2020-01-01", "2020-01-05", date(2020, 1, 5)),
        (None, "2020-01-06", date(2020, 1, 6)),
        ("2020-01-01", "2020-03-01", None),
        ("2020-01-01", None, None),
        (None, "2020-01", None),
    ],
)
def test_an_event_stands_on_the_last_day_of_a_short_interval(start: str | None, end: str | None, day: date) -> None:
    found, left_out = dated_events([archived(start, end)] * 2)
    assert found == ([DatedEvent(day, "a", "CONSULT", "b")] if day else [])
    assert left_out == (0 if day else 2)


def test_the_parties_of_a_mutual_event_act_on_each_other() -> None:
    event = archived("2020-01-03", "2020-01-03", ())
    both = Event(
        **{f: getattr(event, f) for f in Event.__dataclass_fields__}
        | {"actor": event.actor + archived(None, None).recipient}
    )
    assert [(e.actor, e.recipient) for e in dated_events([both])[0]] == [("a", "b"), ("b", "a")]


def test_counts_fade_by_half_lives() -> None:
    counts = Counts(np.array([0, 0, 1]), np.array([5, 5, 2]), 10, (2, 0))
    counts.add(slice(0, 1))
    counts.add(slice(1, 3))
    found = counts.row(0)
    assert found is not None and found[0].tolist() == [5]
    assert np.allclose(found[1], [[0.5**0.5 + 1], [2]])
    assert counts.row(7) is None


def test_the_features_of_a_day_do_not_know_the_day_itself_or_later() -> None:
    before = [on(0, "a", "ASSAULT", "b"), on(1, "b", "ACCUSE", "c"), on(2, "c", "CONSULT", "a")]
    later = [on(3, "a", "ASSAULT", "c"), on(4, "b", "ASSAULT", "a")]
    seen = []
    for events in ([*before, on(3, "b", "ACCUSE", "a"), on(4, "c", "ASSAULT", "a")], [*before, *later]):
        state = Recurrence(history_of(events, {"a": Profile("X", "MIL")}))
        state.advance(3)
        # Both histories know the types ACCUSE, ASSAULT and CONSULT and the parties a, b and c.
        seen.append(state.features(0, 1))
    assert np.array_equal(*seen) and seen[0].any()


def test_each_party_is_asked_about_from_both_sides() -> None:
    state = Recurrence(history_of([on(0, "a", "ASSAULT", "b"), on(1, "c", "CONSULT", "a")]))
    state.advance(2)
    done, suffered = (state.scores(party, act, np.array(priors(), np.float32)) for party, act in ((0, 0), (1, 2)))
    assert done.argmax() == 1 and suffered.argmax() == 0
    assert done[0] == -np.inf


def test_weights_are_fitted_and_the_likeliest_party_comes_first_with_its_reasons() -> None:
    drawn = np.random.default_rng(4).random(60) < 0.8
    events = [on(day, "a", "ASSAULT", "b" if often else "c") for day, often in enumerate(drawn)]
    events += [on(day, "d", "CONSULT", "abc"[day % 3]) for day in range(60)]
    profiles = {"b": Profile("BEE", "MIL"), "c": Profile("CEE")}
    state = Recurrence(history_of(events, profiles))
    weights = fitted(state, state.history.days)
    assert not np.allclose(weights, priors()) and state.day == 60
    asked = outlook(events, "a", types=["ASSAULT"], profiles=profiles)
    whom, by_whom = asked
    assert (whom.done, whom.before, by_whom.before) == (True, 60, 0)
    assert [answer.party for answer in whom.answers[:2]] == ["b", "c"]
    assert sum(answer.probability for answer in whom.answers) == pytest.approx(1, abs=0.001)
    assert "a did this to b" in " ".join(whom.answers[0].reasons)
    assert outlook(events[::-1], "a", types=["ASSAULT"], profiles=profiles) == asked
    with pytest.raises(KeyError):
        outlook(events, "nobody")


def test_reasons_count_what_they_say() -> None:
    events = [on(day, "a", "ASSAULT", "b") for day in (0, 50, 55, 58)] + [on(59, "c", "ACCUSE", "a")]
    (whom, _) = outlook(events, "a", types=["ASSAULT"])
    said = "; ".join(whom.answers[0].reasons)
    assert whom.answers[0].party == "b"
    assert "a did this to b 4 times so far" in said or "a did this to b 2 times in the last week" in said


def test_ranks_leave_out_other_right_answers_and_share_ties() -> None:
    scores = np.array([0, 5, 4, 4, 1], np.float32)
    assert rank(scores, np.array([1, 2])).tolist() == [1, 1.5]
    assert rank(np.zeros(5, np.float32), np.array([3])).tolist() == [3]


def test_an_answer_two_days_later_follows_and_noise_does_not() -> None:
    drawn = np.random.default_rng(3)
    acts = np.flatnonzero(drawn.random(400) < 0.05)
    events = [on(int(day), "a", "ASSAULT", "b") for day in acts]
    events += [on(int(day) + 2, "b", "THREATEN", "a") for day in acts]
    events += [on(int(day), "b", "CONSULT", "a") for day in np.flatnonzero(drawn.random(400) < 0.1)]
    found = reactions([*events, on(0, "x", "AID", "y"), on(410, "x", "AID", "y")], "a", "ASSAULT", "b", 7)
    answers = {(answer.actor, answer.type): answer for answer in found.answers}
    assert found.act_days == len(acts) and found.record_days == 411
    threat = answers["b", "THREATEN"]
    assert threat.verdict == "follows" and threat.lags[2].rate == 1 and threat.usual < 0.1 and threat.p < 0.001
    assert max(threat.lags, key=lambda lag: lag.rate).days == 2
    assert answers["b", "CONSULT"].verdict == "as usual"
    assert found.answers[0] == threat


def test_blows_on_the_same_days_are_not_identified() -> None:
    days = np.flatnonzero(np.random.default_rng(1).random(300) < 0.1).tolist()
    events = [on(day, *sides) for day in days for sides in (("a", "ASSAULT", "b"), ("b", "ASSAULT", "a"))]
    found = reactions(events, "a", "ASSAULT", "b", 5)
    assert {a.actor: a.verdict for a in found.answers}["b"] == "not identified: both on the same days"


def test_what_rises_before_the_act_as_much_as_after_it_is_no_answer() -> None:
    drawn = np.random.default_rng(5)
    acts = list(range(100, 130, 3))
    answers = [day for day in range(90, 140) if drawn.random() < 0.5]
    events = [on(day, "a", "ASSAULT", "b") for day in acts] + [on(day, "b", "ACCUSE", "a") for day in answers]
    found = reactions([*events, on(0, "x", "AID", "y"), on(500, "x", "AID", "y")], "a", "ASSAULT", "b", 10)
    accused = next(answer for answer in found.answers if answer.type == "ACCUSE")
    assert accused.p < 0.05 and accused.verdict.startswith("not identified")


def test_little_on_record_is_said_to_be_little() -> None:
    few = reactions([on(0, "a", "ASSAULT", "b"), on(300, "b", "ACCUSE", "a")], "a", "ASSAULT", "b", 30)
    assert [answer.verdict for answer in few.answers] == ["too few: the act is on record on fewer than 10 days"] * 2
    short = reactions([on(day, "a", "ASSAULT", "b") for day in range(0, 40, 4)], "a", "ASSAULT", "b", 30)
    assert short.answers[0].verdict == "too short a record for this window"


def weekly_events() -> list[DatedEvent]:
    """Forty weeks in which five pairs of twenty fight in spells of several weeks, and all talk."""
    drawn = np.random.default_rng(2)
    events = []
    for pair in range(20):
        fighting = False
        for week in range(40):
            fighting = pair < 5 and drawn.random() < (0.8 if fighting else 0.2)
            kind = "ASSAULT" if fighting else "CONSULT"
            events.append(on(7 * week + int(drawn.integers(7)), f"a{pair}", kind, f"b{pair}"))
    return events


def test_weekly_conflict_is_foreseen_better_than_by_the_base_rate() -> None:
    weeks = weeks_of(weekly_events())
    checked = verify(weeks, 30)
    assert checked is not None and checked.forecasts == sum(each.count for each in checked.bins)
    assert checked.brier["outlook"] < checked.brier["base rate"]
    assert checked.log["outlook"] < checked.log["base rate"]
    coming = conflict_next_week(weeks)
    assert {each.actor for each in coming[:3]} <= {f"a{pair}" for pair in range(5)}
    assert all(0 <= each.probability <= 1 for each in coming) and len(coming) == 40


def test_a_week_knows_only_the_weeks_before_it() -> None:
    events = weekly_events()
    cut = max(event.day for event in events) - timedelta(days=70)
    whole, part = weeks_of(events), weeks_of([event for event in events if event.day <= cut])
    same = whole.week < part.count
    assert np.array_equal(whole.features[same], part.features[part.week < part.count])


def test_too_few_conflicts_give_no_forecast() -> None:
    assert conflict_next_week(weeks_of([on(0, "a", "CONSULT", "b"), on(20, "a", "ASSAULT", "b")])) == []


def test_the_pictures_say_what_they_show() -> None:
    lags = tuple(LagRate(day, 0.1 * day, 0.05 * day, 0.15 * day, 0.02, 0.12) for day in range(4))
    curve, plot = lag_curves([LagCurve("B <hits> A", lags)]), calibration_plot([ForecastBin(10, 0.2, 0.3)])
    assert "at most 30%, 3 days after" in curve and "B &lt;hits&gt; A" in curve
    assert "10 at 20%, 30% came" in plot
    for drawn in (curve, plot, lag_curves([]), calibration_plot([])):
        assert ET.fromstring(drawn).tag.endswith("svg")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outlook")
    acts = ("Iran attacked Israel", "Israel attacked Iran", "Iran accused Israel", "Iran met Russia")
    lines = [
        {"title": "", "text": f"{acts[n % 4]} on {n + 1} March 2020.", "published": "2020-03-31", "outlet": f"o{n}"}
        for n in range(12)
    ]
    source = folder / "articles.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert CliRunner().invoke(main, ["read", str(source), "--archive", str(folder / "case.db")]).exit_code == 0
    return folder / "case.db"


def test_after_and_outlook_on_the_command_line(archive: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, [*arguments, "--archive", str(archive)])
        assert result.exit_code == 0, result.output
        return result.output

    found = json.loads(
        run("after", "IRN ASSAULT ISR", "--within", "3d", "--picture", str(tmp_path / "a.svg"), "--json")
    )
    assert found["act_days"] >= 1 and any(a["actor"] == "ISR" and a["type"] == "ASSAULT" for a in found["answers"])
    asked = json.loads(run("outlook", "Iran", "--type", "assault", "--picture", str(tmp_path / "o.svg"), "--json"))
    assert asked["party"] == "Iran" and asked["questions"][0]["answers"][0]["party"] == "Israel"
    assert "Israel" in run("outlook", "Iran") and "ASSAULT" in run("after", "IRN ASSAULT ISR")
    for name in ("a.svg", "o.svg"):
        assert ET.parse(tmp_path / name).getroot().tag.endswith("svg")


@pytest.mark.parametrize(
    "arguments",
    [("after", "USA hits IRN"), ("after", "USA ASSAULT IRN", "--within", "soon"), ("outlook", "Nobody At All")],
)
def test_wrong_usage_is_said_in_a_sentence(archive: Path, arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*arguments, "--archive", str(archive)])
    assert result.exit_code == 2 and "U001" in result.output
