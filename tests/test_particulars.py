"""When, where, how many and on whose word: sentences of our own in, particulars of their events out."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks import particulars
from dragoman.geography import country_where
from dragoman.pipeline import code
from dragoman.records import Article, Count, Event, Status

PUBLISHED = "2021-03-05"  # a Friday


@cache
def events(text: str, published: str = PUBLISHED) -> tuple[Event, ...]:
    return code(Article("a", text, "test", published=published)).events


def one(text: str, kind: str, sentence: int = 0) -> Event:
    found = [event for event in events(text) if event.type == kind and event.sentence == sentence]
    assert found, f"no {kind} in sentence {sentence}: {[(e.sentence, e.type, e.trigger) for e in events(text)]}"
    return found[0]


def days(event: Event) -> tuple[str | None, str | None]:
    assert event.when is not None
    return event.when.start, event.when.end


# ---------------------------------------------------------------------------------------------------------- when


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("Egypt condemned Ethiopia on Thursday.", "ACCUSE", "2021-03-04", "2021-03-04"),
        ("Kenyan troops shelled a rebel base on Tuesday.", "ASSAULT", "2021-03-02", "2021-03-02"),
        ("Since October, police have arrested 40 activists in Minsk.", "COERCE", "2020-10-01", "2021-03-05"),
    ],
)
def test_an_expression_of_its_clause_dates_an_event(text: str, kind: str, start: str, end: str) -> None:
    assert days(one(text, kind)) == (start, end)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Turkish jets bombed Kurdish positions on Monday after gunmen killed two officers.", "killed"),
        ("The police said on Friday that rebels had kidnapped a priest.", "kidnapped"),
        ("On Tuesday France condemned the soldiers who attacked a church.", "attacked"),
    ],
)
def test_what_another_clause_tells_has_not_its_day(text: str, told: str) -> None:
    found = [event for event in events(text) if event.trigger == told]
    assert found and all(days(event)[0] != days(event)[1] for event in found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The foreign ministers of Turkey and Greece are to meet on Sunday.", "2021-03-07"),
        ("The presidents of Egypt and Sudan meet on Tuesday in Cairo.", "2021-03-09"),
        ("Envoys of Serbia and Kosovo will meet on Monday.", "2021-03-08"),
    ],
)
def test_what_is_to_come_is_looked_for_ahead(text: str, day: str) -> None:
    assert (day, day) in {days(event) for event in events(text)}


NARRATIVE = """Rebels attacked the town of Palma on February 24.
The next day Mozambique condemned the rebels.
Two days later the army bombed rebel camps."""


@pytest.mark.parametrize(
    ("kind", "sentence", "day"),
    [("ASSAULT", 0, "2021-02-24"), ("ACCUSE", 1, "2021-02-25")],
)
def test_a_distance_is_counted_from_the_event_before(kind: str, sentence: int, day: str) -> None:
    assert days(one(NARRATIVE, kind, sentence)) == (day, day)


AGAIN = """Azerbaijan shelled the village on Tuesday.
France condemned the shelling by Azerbaijan.
The shelling by Azerbaijan left four dead."""


@pytest.mark.parametrize("sentence", [0, 1, 2])
def test_a_second_mention_has_the_date_of_the_first(sentence: int) -> None:
    found = [event for event in events(AGAIN) if event.sentence == sentence and event.type == "ASSAULT"]
    assert all(days(event) == ("2021-03-02", "2021-03-02") for event in found)
    assert found or sentence == 1


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("Police arrested three activists in Minsk.", "COERCE", "2021-02-26", "2021-03-05"),
        ("The government has banned a newspaper in Tanzania.", "COERCE", "2021-02-03", "2021-03-05"),
        ("Iran threatened to attack Israel.", "THREATEN", "2021-02-26", "2021-03-05"),
    ],
)
def test_what_nothing_dates_lies_within_bounds_that_are_said(text: str, kind: str, start: str, end: str) -> None:
    event = one(text, kind)
    assert days(event) == (start, end)
    assert event.when and event.when.text is None and event.when.basis.startswith("no date in the text")


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("The assassination of Yitzhak Rabin by a Jewish extremist shocked Israel.", "ASSAULT", "1995-11-04"),
        ("The Americans took out Qassem Soleimani near Baghdad.", "ASSAULT", "2020-01-03"),
        ("Rajiv Gandhi was murdered by the Tamil Tigers.", "ASSAULT", "1991-05-21"),
    ],
)
def test_a_deed_that_the_knowledge_base_knows_has_its_day(text: str, kind: str, day: str) -> None:
    event = next(event for event in events(text, "2021-06-01") if event.type == kind)
    assert days(event) == (day, day)
    assert event.when is not None and "is known to have been" in event.when.basis


@pytest.mark.parametrize(
    "text",
    [
        "American diplomats have withdrawn from Iraq.",
        "Gunmen tried to kill Rajiv Gandhi in 1986.",
        "Rajiv Gandhi was attacked by a guard.",
    ],
)
def test_what_is_like_a_known_deed_has_not_its_day(text: str) -> None:
    assert not any("is known" in event.when.basis for event in events(text, "2021-06-01") if event.when)


def test_what_one_says_twice_has_two_days() -> None:
    text = "Sadr called on Sunday for new protests against Iran. He called for the closing of US bases."
    _, second = (event for event in events(text) if event.type == "REQUEST")
    assert second.when is not None and "same event" not in second.when.basis


def test_every_event_that_happened_has_both_bounds() -> None:
    for text in (NARRATIVE, AGAIN):
        assert all(None not in days(event) for event in events(text))


# --------------------------------------------------------------------------------------------------------- where


@pytest.mark.parametrize(
    ("text", "kind", "name", "country"),
    [
        ("Police arrested three activists in Minsk.", "COERCE", "Minsk", "BLR"),
        ("Boko Haram attacked the city of Maiduguri in Borno state.", "ASSAULT", "Maiduguri", "NGA"),
        ("Protesters demonstrated in Diwaniya, al-Najaf and Kut.", "PROTEST", "Diwaniyah", "IRQ"),
        ("Israeli jets bombed Gaza City.", "ASSAULT", "Gaza City", "PSE"),
        ("The assault on Aleppo by Russia killed six civilians.", "ASSAULT", "Aleppo", "SYR"),
        ("The presidents of Egypt and Sudan met in Cairo.", "CONSULT", "Cairo", "EGY"),
    ],
)
def test_the_most_specific_place_of_the_clause(text: str, kind: str, name: str, country: str) -> None:
    where = one(text, kind).where
    assert where is not None
    assert (where.name, where.country) == (name, country)


@pytest.mark.parametrize(
    "text",
    [
        "Washington accused Tehran of piracy.",
        "Moscow welcomed the decision of Ankara.",
        "France condemned Russia.",
    ],
)
def test_a_capital_that_is_a_government_is_no_place(text: str) -> None:
    assert all(event.where is None for event in events(text))


@pytest.mark.parametrize(
    ("words", "country"),
    [("the town of Qaim", "IRQ"), ("northern Iraq", "IRQ"), ("Mosul, Baiji, and Tuz", "IRQ"), ("our street", None)],
)
def test_the_country_of_a_described_place(words: str, country: str | None) -> None:
    assert country_where(words) == country


# ------------------------------------------------------------------------------------------------------ how many


def figures(event: Event) -> set[tuple[str, int | None, int | None]]:
    return {(count.what, count.low, count.high) for count in event.counts}


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("Police shot dead at least six protesters.", "ASSAULT", {("killed", 6, None)}),
        ("Soldiers killed between 10 and 12 rebels.", "ASSAULT", {("killed", 10, 12)}),
        ("Five soldiers were killed and 14 wounded in Mosul.", "ASSAULT", {("killed", 5, 5), ("injured", 14, 14)}),
        (
            "At least 348 protesters have been killed and 15,000 wounded.",
            "ASSAULT",
            {("killed", 348, None), ("injured", 15000, 15000)},
        ),
        ("Rebels killed nine soldiers and wounded 20.", "ASSAULT", {("killed", 9, 9), ("injured", 20, 20)}),
        ("The army fired dozens of rockets at the rebels.", "ASSAULT", {("rockets", 24, None)}),
        ("Tens of thousands of people protested in Minsk.", "PROTEST", {("participants", 20000, None)}),
        ("Half a million people marched in Hong Kong.", "PROTEST", {("participants", 500000, 500000)}),
        ("Gunmen abducted 42 students, including 27 girls, in Nigeria.", "ASSAULT", {("abducted", 42, 42)}),
        ("Canada gave Ukraine $500 million in military aid.", "AID", {("money", 500000000, 500000000)}),
        ("Russia expelled 20 Czech diplomats.", "SANCTION", {("diplomats", 20, 20)}),
    ],
)
def test_numbers_with_their_bounds(text: str, kind: str, wanted: set[tuple[str, int | None, int | None]]) -> None:
    assert figures(one(text, kind)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Iraqi and American officials met to discuss the sanctions that killed 550,000 children.",
        "Iran condemned the strike in which 25 fighters were killed.",
        "France accused the army of Myanmar, which has arrested 1,700 people.",
    ],
)
def test_figures_of_another_clause_are_not_the_main_event_s(text: str) -> None:
    main = [event for event in events(text) if event.type in ("CONSULT", "ACCUSE")]
    assert main and all(not event.counts for event in main)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("After rebels fired rockets at the American base, the army said there were no casualties.", "army"),
        ("There were no casualties, the ministry said, after a drone hit the American base.", "ministry"),
        ("Three soldiers died in the attack, while the rebels claimed 20 dead.", "rebels"),
    ],
)
def test_a_figure_has_its_own_speaker(text: str, speaker: str) -> None:
    event = one(text, "ASSAULT")
    voices = [count.said_by or event.said_by for count in event.counts]
    assert any(voice is not None and voice.text.endswith(speaker) for voice in voices)


def test_votes_and_shares() -> None:
    found = [event for event in events("Parliament voted 61-58 to expel the envoy of Iran.") if event.counts]
    assert found and figures(found[0]) >= {("votes_for", 61, 61), ("votes_against", 58, 58)}
    assert all(not event.counts for event in events("Some 70 per cent of Kurds condemned Turkey."))


# --------------------------------------------------------------------------------------------------- on whose word


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Rebels shot down a helicopter, according to the army of Ethiopia.", "ASSAULT", "Ethiopia"),
        ("Officials said that the police had arrested two activists.", "COERCE", "unnamed"),
        ("The army of Myanmar reportedly shelled a village.", "ASSAULT", "unnamed"),
        ("Rebels killed nine soldiers, the governor of Helmand said.", "ASSAULT", "governor"),
        ("DPA: Iraqi police arrested five gunmen.", "COERCE", "Deutsche"),
        ("Police arrested five gunmen in Kano.", "COERCE", None),
    ],
)
def test_the_speaker_of_a_sentence(text: str, kind: str, name: str | None) -> None:
    speaker = one(text, kind).said_by
    assert (speaker is None) if name is None else (speaker is not None and name in speaker.name)


@pytest.mark.parametrize("inside", ["", " since the protests began on 1 October"])
def test_according_to_at_the_end_answers_for_the_sentence(inside: str) -> None:
    text = f"At least 348 Iraqi protesters have been killed{inside}, according to the High Commission for Human Rights."
    event = one(text, "ASSAULT")
    assert event.said_by is not None and "High Commission" in event.said_by.name


def test_a_quotation_runs_on_over_sentences() -> None:
    text = '"Rebels attacked the church at dawn.\nThe rebels killed four priests", said Mariam Yusuf.'
    assert {event.said_by.name for event in events(text) if event.said_by} == {"Mariam Yusuf"}
    assert all(event.said_by for event in events(text))


def test_a_denial_is_negated_on_the_word_of_who_denies() -> None:
    found = [event for event in events("Iran denied that it had attacked the tanker.") if event.type == "ASSAULT"]
    assert all(event.status is Status.NEGATED and event.said_by and "Iran" in event.said_by.name for event in found)


# ------------------------------------------------------------------------------------------------------ the bench


def test_gold_counts_and_their_bounds() -> None:
    assert [particulars.number(value) for value in (5, [1, 2], ">=500", "<=3")] == [
        (5, 5),
        (1, 2),
        (500, None),
        (None, 3),
    ]
    count = Count("killed", 500, None, "more than 500")
    ours = {"counts": [{"what": count.what, "low": count.low, "high": count.high}]}
    assert particulars.counts([(ours, {"counts": {"killed": ">=500"}})]) == (1, 1, 1)
    assert particulars.counts([(ours, {"counts": {"other": ">=500"}})]) == (1, 1, 1)
    assert particulars.counts([(ours, {"counts": {"injured": ">=500"}})]) == (0, 1, 1)


def test_only_an_interval_with_both_bounds_can_overlap() -> None:
    gold = {"date": ["2020-01-03", "2020-01-03"], "date_from_text": True, "status": "actual"}
    for ours, overlap, equal in (
        ({"from": "2020-01-03", "to": "2020-01-03"}, True, True),
        ({"from": "2020-01-01", "to": "2020-01-04"}, True, False),
        ({"from": None, "to": "2020-01-04"}, False, False),
    ):
        outcomes, _ = particulars.dates([({"date": ours}, gold)])
        assert outcomes == [("actual", overlap, equal)]


# ------------------------------------------------------------------------------------- which of several of a name


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Police shot three protesters in Tahrir Square in Cairo.", "Tahrir Square, Cairo", "EGY"),
        ("Police shot three protesters in Tahrir Square. Crowds marched in Basra.", "Tahrir Square, Baghdad", "IRQ"),
        ("Police shot three protesters in Tahrir Square. Crowds marched in Alexandria.", "Tahrir Square, Cairo", "EGY"),
        ("Gunmen killed two soldiers in Hyderabad. The army closed roads in Karachi.", "Hyderabad, Pakistan", "PAK"),
    ],
)
def test_a_namesake_lies_where_the_other_places_of_its_text_lie(text: str, name: str, country: str) -> None:
    where = events(text)[0].where
    assert where is not None
    assert (where.name, where.country) == (name, country)


def test_states_that_are_named_more_often_do_not_move_a_place() -> None:
    text = (
        "The United States warned Iran. The United States accused Iran of murder. Demonstrators rallied in Basra. "
        "Police shot three protesters in Tahrir Square."
    )
    [where] = {event.where for event in events(text) if event.where and "Tahrir" in event.where.text}
    assert (where.name, where.country) == ("Tahrir Square, Baghdad", "IRQ")


def test_the_place_of_an_article_tells_namesakes_apart() -> None:
    text = "Police shot three protesters in Tahrir Square."
    for place, country in (("Cairo", "EGY"), ("Baghdad", "IRQ")):
        found = code(Article("a", text, "test", published=PUBLISHED, place=place)).events[0].where
        assert found is not None and found.country == country


def test_an_embassy_lies_not_in_the_country_whose_it_is() -> None:
    for text in ("Rockets landed near the US embassy.", "Protesters burned tyres outside the American embassy."):
        found = [event.where for event in events(text) if event.where]
        assert all(where.country is None for where in found), found


def test_a_language_is_no_place() -> None:
    assert one("The minister condemned the militia in a message in English.", "ACCUSE").where is None
