"""Incidents: news of several outlets in, happenings with what is agreed, disputed and updated out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from record_samples import coded

import dragoman
from dragoman.archive import open_archive
from dragoman.cli import main
from dragoman.linking import link
from dragoman.pipeline import code
from dragoman.records import Article, Incident, Statement, When

SHARED = Path(__file__).parents[2] / "shared"
needs_seeds = pytest.mark.skipif(not (SHARED / "seeds").exists(), reason="../shared with the seeds is not here")

Story = Sequence[tuple[str, str, str]]
"""Articles: outlet, day of publication, text."""

BOMBS: Story = (
    (
        "Herald",
        "2021-03-10",
        "A car bomb exploded outside a police station in Basra on Tuesday, killing five policemen. "
        "Gunmen attacked a police station in Mosul on Tuesday.",
    ),
    ("Times", "2021-03-10", "Attackers bombed a police station in Basra on Tuesday and killed eight policemen."),
    ("Post", "2021-03-11", "Gunmen attacked a police station in Mosul on Tuesday."),
)


def linked(story: Story) -> tuple[list[Incident], dict[str, str]]:
    """The incidents of a story, and the sentence of each event."""
    coded = [
        code(Article(f"a{n}", text, outlet, outlet=outlet, published=day))
        for n, (outlet, day, text) in enumerate(story)
    ]
    told = [(event, one.article, one.sentences[event.sentence or 0]) for one in coded for event in one.events]
    ties = (tie for one in coded for tie in one.ties)
    incidents = link(told, (actor for one in coded for actor in one.actors), ties)
    return incidents, {event.id: sentence.text for event, _, sentence in told}


def groups(story: Story) -> set[frozenset[str]]:
    """The sentences of each incident of several events."""
    incidents, text = linked(story)
    return {frozenset(text[event] for event in incident.events) for incident in incidents if len(incident.events) > 1}


def fields(story: Story, standing: str) -> dict[str, Statement]:
    """The statements of that standing, over all incidents."""
    return {statement.field: statement for incident in linked(story)[0] for statement in getattr(incident, standing)}


def test_two_attacks_of_one_day_in_two_cities_stay_two() -> None:
    for group in groups(BOMBS):
        assert not (any("Basra" in text for text in group) and any("Mosul" in text for text in group))
    assert any(len(group) > 1 and all("Basra" in text for text in group) for group in groups(BOMBS))


def test_a_militia_that_is_backed_by_a_state_is_found_under_its_name() -> None:
    story = (
        ("Herald", "2020-01-06", "Last week's US airstrikes on Iran-backed militia fighters shocked Iraq."),
        (
            "Times",
            "2020-01-07",
            "Last week the US launched airstrikes on two bases of Kata'ib Hezbollah, a militia heavily backed by Iran.",
        ),
        ("Post", "2020-01-07", "Last week the US launched airstrikes on two bases of Boko Haram."),
    )
    assert groups(story) == {frozenset(text for _, _, text in story[:2])}


def test_a_vote_is_one_deed_whoever_tells_it_and_in_whatever_words() -> None:
    story = (
        ("Herald", "2020-01-06", "On Sunday the Iraqi parliament voted to expel American troops from Iraq."),
        (
            "Times",
            "2020-01-06",
            "On Sunday Shiite lawmakers in the Iraqi parliament passed a motion demanding an end to the presence of "
            "the US army by a margin of 170 to 0.",
        ),
    )
    assert groups(story) == {frozenset(text for _, _, text in story)}


def test_a_threat_is_not_its_execution() -> None:
    story = (
        ("Herald", "2019-10-06", "Turkey threatened on Saturday to attack Kurdish fighters in Syria."),
        ("Times", "2019-10-10", "Turkey attacked Kurdish fighters in Syria on Wednesday."),
        ("Post", "2019-10-10", "Turkey attacked Kurdish fighters in Syria on Wednesday with warplanes."),
    )
    assert groups(story) == {frozenset(text for _, _, text in story[1:])}


def test_the_order_of_articles_makes_no_difference() -> None:
    assert groups(BOMBS) == groups(BOMBS[::-1])


def test_figures_of_two_speakers_on_one_day_are_disputed() -> None:
    story = (
        (
            "Herald",
            "2021-03-10",
            "Police shot at protesters in Basra on Tuesday. The ministry said that two protesters were killed.",
        ),
        (
            "Times",
            "2021-03-10",
            "Police shot at protesters in Basra on Tuesday. Doctors said that eleven protesters were killed.",
        ),
    )
    assert {value.low for value in fields(story, "disputed")["killed"].values} == {2, 11}


def test_a_toll_that_rises_is_updated() -> None:
    story = (
        ("Herald", "2019-01-16", "Gunmen attacked a hotel in Nairobi on Tuesday, killing 14 people."),
        ("Times", "2019-01-17", "Gunmen attacked a hotel in Nairobi on Tuesday, killing 21 people."),
    )
    assert [value.low for value in fields(story, "updated")["killed"].values] == [14, 21]
    assert "killed" not in fields(story, "disputed")


def test_a_denial_of_the_accused_is_a_dispute() -> None:
    story = (
        (
            "Herald",
            "2020-10-11",
            "Armenian forces shelled Ganja on Sunday. Azerbaijan accused Armenia of the attack. Armenia denied it.",
        ),
    )
    denial = fields(story, "disputed")["denial"]
    assert [value.said_by for value in denial.values] == ["Azerbaijan", "Armenia"]


def test_a_denial_of_something_else_is_none() -> None:
    story = (
        ("Herald", "2020-10-11", "Armenian forces shelled Ganja on Sunday. Russia denied that it had sent troops."),
    )
    assert "denial" not in fields(story, "disputed")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the attack on the hotel, as two outlets and a copy tell it."""
    folder = tmp_path_factory.mktemp("incidents")
    first = "Gunmen attacked the Serena hotel in Nairobi on Tuesday, killing 14 people, "
    first += "the president of Kenya said late at night."
    second = "Gunmen attacked a hotel in Nairobi on Tuesday, killing 21 people. Police arrested two suspects."
    records = [
        {"text": first, "outlet": "Herald", "published": "2019-01-16"},
        {"text": first, "outlet": "Mirror", "published": "2019-01-16"},
        {"text": second, "outlet": "Times", "published": "2019-01-17"},
    ]
    (folder / "news.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    path = folder / "case.db"
    with dragoman.open(path) as opened:
        opened.read(folder / "news.jsonl")
    return path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_an_incident_stands_side_by_side_and_copies_count_once(archive: Path) -> None:
    with dragoman.open(archive) as opened:
        incident = max(opened.incidents(), key=lambda incident: len(incident.events))
        found = opened.compared(incident.events[-1])
    assert found.incident == incident
    assert [source.article.outlet for source in found.sources if not source.copy_of][-1] == "Times"
    assert (len(found.sources), found.independent) == (3, 2)
    killed = next(field for field in found.fields if field.name == "killed")
    assert killed.standing == "updated" and [len(values) for values in killed.values] == [1, 1, 1]
    shown = run("compare", incident.id, "--archive", str(archive))
    assert "3 articles, 2 independent reports" in shown and "updated" in shown
    record = json.loads(run("compare", incident.id, "--archive", str(archive), "--json"))
    assert record["id"] == incident.id and len(record["sources"]) == 3 and record["independent"] == 2


def test_incidents_are_listed_and_unknown_ones_are_told(archive: Path) -> None:
    assert "Serena" in run("show", "incidents", "--archive", str(archive)) or "Gunmen" in run(
        "show", "incidents", "--archive", str(archive)
    )
    assert "no disputes" in run("show", "disputes", "--archive", str(archive))
    result = CliRunner().invoke(main, ["compare", "nothing", "--archive", str(archive)])
    assert result.exit_code == 1 and "A004" in result.output


def test_an_incident_known_to_the_year_is_listed_with_its_year(tmp_path: Path) -> None:
    one = coded()
    year = When("2020-01-01", "2020-12-31", "year", "in 2020", "text")
    with open_archive(tmp_path / "year.db") as made:
        made.keep([replace(one, events=tuple(replace(event, when=year) for event in one.events))])
        made.replace_incidents(link(made.evidence(made.events())))
    assert "2020-01-01/2020-12-31" in run("show", "incidents", "--archive", str(tmp_path / "year.db"))


@needs_seeds
def test_the_seeds_tell_one_killing_and_keep_the_attacks_on_the_embassy_apart(tmp_path: Path) -> None:
    with dragoman.open(tmp_path / "seeds.db") as opened:
        opened.read(SHARED / "seeds")
        text = {
            event.id: (event.article, sentence.text)
            for event, _, sentence in opened.store.evidence(opened.events())
            if sentence is not None
        }
        incidents = list(opened.incidents())
    told = [[text[event] for event in incident.events] for incident in incidents]
    [killing] = [group for group in told if any("drone strike on Qassem Soleimani" in words for _, words in group)]
    assert len({article for article, _ in killing}) == 2
    for group in told:
        assert not (any("stormed" in words for _, words in group) and any("Katyusha" in words for _, words in group))
    for one, other in (("voted to expel", "passed a motion"), ("killing 25", "airstrikes on two bases")):
        assert any(all(any(part in words for _, words in group) for part in (one, other)) for group in told)
    [dispute] = [statement for incident in incidents for statement in incident.disputed]
    assert {(value.low, value.said_by) for value in dispute.values} == {
        (0, "Donald Trump"),
        (34, "United States Department of Defense"),
    }


@pytest.mark.parametrize(
    ("text", "what", "low"),
    [
        ("Four soldiers were killed and nine wounded in an attack on the Malian army.", "killed", 4),
        ("Malian rebels attacked the army; 12 soldiers were killed and 30 wounded.", "injured", 30),
        ("Seven Malian soldiers were killed and 31 villagers wounded in an attack by rebels.", "injured", 31),
        ("Clashes between rebels and the army in Mali left six soldiers dead and 12 wounded.", "killed", 6),
        ("Six Malian policemen were killed and three badly wounded on Monday.", "killed", 6),
        ("Eleven French soldiers suffered burns in the rebel attack on their base.", "injured", 11),
        ("Nine French soldiers sustained injuries during an attack by rebels.", "injured", 9),
        ("Seven French soldiers were diagnosed with concussion after the rebels' missile attack.", "injured", 7),
        ("Iraqi police said that no one had been injured in the attack on the US embassy.", "injured", 0),
    ],
)
def test_what_is_coordinated_or_borne_is_counted(text: str, what: str, low: int) -> None:
    coded = code(Article("a", text, "Herald", published="2021-03-10"))
    assert (what, low) in {(count.what, count.low) for event in coded.events for count in event.counts}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("France blamed the rebels for the attack on the Malian army.", "France"),
        ("Turkey accused Syria of the attack on the Turkish convoy.", "Turkey"),
        ("Mali accused Russia of the attack on its army.", "Mali"),
    ],
)
def test_an_accuser_answers_for_the_deed_and_did_not_do_it(text: str, speaker: str) -> None:
    coded = code(Article("a", text, "Herald", published="2021-03-10"))
    [deed] = [event for event in coded.events if event.type == "ASSAULT"]
    assert deed.said_by is not None and deed.said_by.name == speaker
    assert speaker not in {party.name for party in deed.actor}
