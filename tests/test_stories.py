"""Ties, shifts and causes: sentences of our own in, records out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

import dragoman
from dragoman.cli import main
from dragoman.coding import Pattern, patterns
from dragoman.errors import DataError
from dragoman.pipeline import code
from dragoman.records import Article, CodedArticle
from dragoman.report import page

KINDS = ("ties", "shifts", "causes")
EVERY = [(which, pattern) for which in KINDS for pattern in patterns(which).all]
SHARED = Path(__file__).parents[2] / "shared"
needs_seeds = pytest.mark.skipif(not (SHARED / "seeds").exists(), reason="../shared with the seeds is not here")


def coded(text: str) -> CodedArticle:
    return code(Article("article", text, "test", published="2020-01-27"))


def ties(text: str) -> set[tuple[str, str, str]]:
    return {(tie.source.name, tie.kind, tie.target.name) for tie in coded(text).ties}


def shifts(text: str) -> set[tuple[str, str | None, str | None]]:
    return {
        (shift.who.name, *(side.name if side else None for side in (shift.away_from, shift.toward)))
        for shift in coded(text).shifts
    }


def causes(text: str) -> set[tuple[str, str]]:
    found = coded(text)
    triggers = {event.id: str(event.trigger) for event in found.events}
    return {(triggers.get(c.cause, c.cause), triggers.get(c.effect, c.effect)) for c in found.causes}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hassan Nasrallah, the leader of Hezbollah, spoke.", ("Hassan Nasrallah", "leads", "Hezbollah")),
        ("Hamas, led by Ismail Haniyeh, refused.", ("Ismail Haniyeh", "leads", "Hamas")),
        ("Russia's foreign minister, Sergei Lavrov, left.", ("Sergei Lavrov", "holds_office", "Russia")),
        ("Abu Omar, the deputy leader of Hezbollah, spoke.", ("Abu Omar", "deputy_of", "Hezbollah")),
        ("Kata'ib Hezbollah, a militia backed by Iran, fired.", ("Iran", "backs", "Kata'ib Hezbollah")),
        ("Serbia is a close ally of Russia.", ("Serbia", "allied_with", "Russia")),
        ("Israel and Iran are sworn enemies.", ("Israel", "hostile_to", "Iran")),
        ("Fatah is the main rival of Hamas.", ("Fatah", "rival_of", "Hamas")),
        ("Hungary, a member of NATO, objected.", ("Hungary", "member_of", "North Atlantic Treaty Organization")),
        ("The al-Qassam Brigades are the armed wing of Hamas.", ("al-Qassam Brigades", "part_of", "Hamas")),
    ],
)
def test_how_parties_stand(text: str, expected: tuple[str, str, str]) -> None:
    found = ties(text)
    assert any(kind == expected[1] and target == expected[2] for _, kind, target in found), found
    assert any(expected[0] in source or source in expected[0] for source, _, _ in found), found


def test_an_apposition_to_a_list_is_of_the_last() -> None:
    found = ties("A drone killed Qassem Soleimani and Abu Mahdi al-Muhandis, the deputy leader of Hezbollah.")
    assert ("Abu Mahdi al-Muhandis", "deputy_of", "Hezbollah") in found


def test_the_polarity_and_the_time_of_a_tie() -> None:
    denied = coded("Serbia is not an ally of Russia.").ties
    assert [tie.polarity for tie in denied] == ["-"]
    former = coded("Ankara, a rival of Cairo since 2013, sent a frigate.").ties
    assert [(tie.polarity, tie.time) for tie in former] == [("+", "since 2013")]


@pytest.mark.parametrize(
    "text",
    [
        "Kosovo wants to become a member of NATO.",
        "The protesters accuse Iran of propping up the parties.",
        "The leader of the orchestra fell ill in Vienna.",
        "The bridge is supported by four concrete pillars.",
        "Mike Pompeo, the secretary of state, left.",
        "The two teams are old rivals.",
    ],
)
def test_what_is_no_tie(text: str) -> None:
    assert ties(text) == set()


@pytest.mark.parametrize(
    ("text", "who", "away_from", "toward"),
    [
        ("The rebels turned against Turkey.", "rebel", None, "Turkey"),
        ("Walid Jumblatt broke with Syria.", "Walid Jumblatt", "Syria", None),
        ("Turkey has drifted away from NATO and toward Russia.", "Turkey", "North Atlantic", "Russia"),
        ("The militia switched sides and joined the rebels.", "militia", None, "rebel"),
        ("Public anger has shifted from Iran to the United States.", "anger", "Iran", "United States"),
        ("Protesters who chanted against Iran now march against America.", "rotester", "Iran", "United States"),
    ],
)
def test_who_changed_sides(text: str, who: str, away_from: str | None, toward: str | None) -> None:
    [(found, *sides)] = shifts(text)
    assert who in found
    for expected, side in zip((away_from, toward), sides, strict=True):
        assert side is None if expected is None else side is not None and expected in side


def test_a_pronoun_takes_the_subject_of_the_clause_before() -> None:
    text = "While the Iraqi Army is in Mosul to combat ISIS, their mission has changed to fighting Turkey."
    [(who, _, toward)] = shifts(text)
    assert ("Iraqi" in who, toward) == (True, "Turkey")


@pytest.mark.parametrize(
    "text",
    [
        "The general may switch sides if he is paid.",
        "The cleric denied that he had switched sides.",
        "The Taliban called on policemen to switch sides.",
        "Refugees moved closer to the border.",
        "The news broke on Friday in Tehran.",
        "Protesters marched against the government in Algiers.",
        "The president left Paris for Berlin.",
    ],
)
def test_what_is_no_shift(text: str) -> None:
    assert shifts(text) == set()


def test_after_which_event_a_shift_came() -> None:
    found = coded(
        "After an American drone killed Qassem Soleimani, the demonstrators turned against the United States."
    )
    [killed] = [event for event in found.events if event.trigger == "killed"]
    assert [shift.after for shift in found.shifts] == [killed.id]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran bombed two bases in retaliation for the killing of Qassem Soleimani.", ("killing", "bombed")),
        ("Protests erupted after police killed a student.", ("killed", "Protests erupted")),
        ("Troops attacked the crowd, sparking riots in Khartoum.", ("attacked", "riots")),
        ("The police killed a student. In response, crowds attacked the station.", ("killed", "attacked")),
        ("The clashes were triggered by the arrest of a student leader.", ("arrest", "clashes")),
    ],
)
def test_what_caused_what(text: str, expected: tuple[str, str]) -> None:
    assert any(expected[0] in cause and expected[1].split()[-1] in effect for cause, effect in causes(text)), causes(
        text
    )


@pytest.mark.parametrize(
    "text",
    [
        "Three weeks after the attack, the ambassador visited Baghdad.",
        "After meeting Angela Merkel, Emmanuel Macron flew home.",
        "Because of the rain, the match was cancelled.",
        "If the strike leads to war, oil will rise.",
        "The general led the attack on Mosul.",
        "Israel bombed Syria before Iran fired missiles.",
    ],
)
def test_bare_order_and_mere_possibility_are_no_cause(text: str) -> None:
    assert causes(text) == set()


def test_patterns_have_stable_names_and_sentences_of_their_own() -> None:
    names = Counter(pattern.name for _, pattern in EVERY)
    assert set(names.values()) == {1}
    assert all("@" in name for name in names)
    assert all(len(pattern.examples) + len(pattern.misses) >= 3 for _, pattern in EVERY)


FLOOR = 0.93
"""Share of the patterns whose first example gives a record of that pattern, pinned."""


def test_the_patterns_examples_give_their_records() -> None:
    wrong = [
        (pattern.name, text)
        for which, pattern in EVERY
        for text in pattern.examples[:1]
        if not _gives(which, pattern, text)
    ]
    assert 1 - len(wrong) / len(EVERY) >= FLOOR, wrong


def test_near_misses_give_none() -> None:
    wrong = [
        (pattern.name, text) for which, pattern in EVERY for text in pattern.misses if _gives(which, pattern, text)
    ]
    assert wrong == []


def _gives(which: str, pattern: Pattern, text: str) -> bool:
    return pattern.name in {record.pattern for record in getattr(coded(text), which)}


def test_a_users_pattern_is_found_and_a_wrong_one_named(tmp_path: Path) -> None:
    (tmp_path / "patterns").mkdir()
    own = tmp_path / "patterns" / "ties.toml"
    own.write_text(
        '[[pattern]]\nname = "vassal"\nkind = "backs"\nnouns = ["vassal"]\nfrom = "of"\nto = "bearer"\n',
        encoding="utf-8",
    )
    found = code(Article("a", "Syria is a vassal of Iran.", "test"), str(tmp_path)).ties
    assert [(tie.source.name, tie.target.name, tie.pattern) for tie in found] == [("Iran", "Syria", "backs.vassal@1")]
    own.write_text('[[pattern]]\nname = "x"\nkind = "owns"\n', encoding="utf-8")
    patterns.cache_clear()
    with pytest.raises(DataError, match=r"ties\.toml.*'owns'"):
        patterns("ties", str(tmp_path))
    patterns.cache_clear()


STORY = (
    "Streets turn\nMeridian Wire\n27 January 2020\n"
    "After an American drone killed Qassem Soleimani, the commander of the Quds Force, the demonstrators turned "
    "against the United States.\n"
    "Iran bombed two American bases in retaliation for the killing of Qassem Soleimani."
)


def test_from_file_to_table_export_and_page(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    archive = tmp_path / "x.db"
    with dragoman.open(archive) as opened:
        opened.read([tmp_path / "story.txt"])
        texts = {article.id: article.text for article in opened.articles()}
        for kind in KINDS:
            records = list(opened.exported(kind))
            assert records, kind
            for record in records:
                words = record["words"]
                assert texts[record["article"]["id"]][words["start"] : words["end"]] == words["text"]
        assert opened.export("shifts", tmp_path / "shifts.csv") == 1
        html = page(opened)
    assert "Demonstrators turned against the United States" in html
    assert html.index("What changed") < html.index("How the parties stand") < html.index("Who did what to whom")
    shown = CliRunner().invoke(main, ["show", "shifts", "--archive", str(archive)])
    assert shown.exit_code == 0 and "United States" in shown.output and "killed" in shown.output


@needs_seeds
def test_the_second_seed() -> None:
    [path] = (SHARED / "seeds").glob("003_*.txt")
    text = path.read_text(encoding="utf-8")
    assert {
        ("Qassem Soleimani", "leads", "Quds Force"),
        ("Iran", "backs", "Kata'ib Hezbollah"),
        ("Abu Mahdi al-Muhandis", "deputy_of", "Popular Mobilization Forces"),
    } <= ties(text)
    found = coded(text)
    triggers = {event.id: str(event.trigger) for event in found.events}
    told = {(s.who.name, s.toward.name if s.toward else None, triggers.get(s.after or "")) for s in found.shifts}
    assert any("demonstrator" in who and toward == "United States" and after for who, toward, after in told)
    assert any("Sadr" in who and toward == "Iran" for who, toward, _ in told)
    assert any("Sadr" in s.who.name and s.away_from and "demonstrator" in s.away_from.name for s in found.shifts)
    assert ("assassination", "bombed") in causes(text)
    assert any("Sadr" in who and after == "targeted" for who, _, after in told)
