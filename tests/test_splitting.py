"""Sentences and words: edited news, rough text, properties, and inputs made to be slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reading.sentences import sentences_of
from dragoman.reading.words import lexicon, words_of
from dragoman.records import LONGEST_SENTENCE

WHOLE = """
U.S. forces killed Maj. Gen. Qassem Soleimani in Baghdad, Gen. Mark A. Milley told reporters on Jan. 3.
Sen. John McCain, R-Ariz., and Rep. Adam B. Schiff, D-Calif., asked Lt. Gen. H.R. McMaster for a briefing.
"We will not go," Mr. al-Sha'abi said in Sana'a.
The vote was 170-0, with 22 abstentions.
Lt. Col. Robert J. Smith Jr. of the 3rd Brigade was wounded near Highway No. 10.
President George W. Bush met Prime Minister Tony Blair at No. 10 Downing St. on Tuesday.
The U.N. Security Council passed Resolution No. 1701 by 15 votes to none.
The U.S. Army said the U.S. State Department had been told.
Dr. Ayman al-Zawahiri, No. 2 in al-Qaeda, issued a tape to Al Jazeera.
Col. Moammar Gadhafi's son Saif al-Islam met E.U. envoys in St. Petersburg.
At 5:30 p.m. EST the Washington-based group said that $1.5 billion had been pledged.
"Why now?" asked the opposition leader, Morgan Tsvangirai.
"Down with the regime!" the crowd shouted as Gov. Ali Hassan arrived.
"Is this the end?" Ms. Suu Kyi wondered, adding: "Perhaps not!"
The company, Smith Bros. Inc. of Dallas, said its profits rose 3.2 percent.
J.K. Rowling and J. R. R. Tolkien were cited by Judge Ruth B. Ginsburg in Roe v. Wade.
Police Chief Insp. Jan de Vries said that approx. 1,500 people had marched.
Ukraine's President Volodymyr Zelenskyy, 44, spoke to the U.S. Congress on Dec. 21, 2022.
Ex-President Mohammad Khatami (1997-2005) criticized the Guardian Council (see p. 4).
Iran's Foreign Minister Mohammad Javad Zarif said: "There is no military solution."
Opposition Leader Juan Guaido Calls For New Protests After National Assembly Vote
Russian Foreign Minister Sergei Lavrov Meets U.S. Secretary of State John Kerry in Geneva
Mr. Putin said Yahoo! Inc. and Google Inc. had been asked for data.
Foreign Secretary William Hague told the B.B.C. World Service that talks would go on.
The Rt. Hon. David Cameron, M.P., wrote to the E.U. Commission.
Capt. Ibrahim Traore seized power from Lt. Col. Paul-Henri Sandaogo Damiba on Sept. 30.
He cited Sec. 702 of the act, para. 3, and vol. 2, pp. 10-14.
Rep. Alexandria Ocasio-Cortez (D., N.Y.) and Sen. Ted Cruz (R., Texas) traded barbs.
Israel's Prime Minister Benjamin "Bibi" Netanyahu met President Donald J. Trump on Mon. evening.
Police used tear gas, water cannon and rubber bullets in Hong Kong's Mong Kok, Causeway Bay and Tsim Sha Tsui.
""".strip().split("\n")

PARTED = [
    ["Maj. Gen. Smith met Mr. Jones.", "They left."],
    ['He said: "We will not go."', "Then he left."],
    ["The talks in the U.S. failed.", "He flew home."],
    ["He lives in the U.S.", "He has two children."],
    ["Troops entered the city on Jan. 3.", "The mayor fled."],
    ["Who fired first?", "Nobody knows!", "The army denied it."],
    ["The army withdrew.", "“We won,” the rebels said.", "The U.N. welcomed it."],
    ["It rose by 3.5 percent.", "Inflation fell to 2 percent in May.", "In 2011 it was 9.1."],
    ["The minister resigned (see below).", "His deputy stayed."],
    ["The president fled to Saudi Arabia...", "The army took over."],
    ["Protesters burned the flag.", "Police fired tear gas.", "At least 14 people were wounded."],
    ["He spoke to Al-Jazeera at 6 p.m.", "The station is based in Qatar."],
]

WORDS = [
    ("Iran's 5%", "Iran 's 5 %"),
    ("U.S. forces didn't go.", "U.S. forces did n't go ."),
    ("al-Sha'abi", "al - Sha'abi"),
    ("170-0", "170 - 0"),
    ("Maj. Gen. Smith", "Maj. Gen. Smith"),
    ("$1.5 billion", "$ 1.5 billion"),
    ("1,500 anti-government protesters", "1,500 anti-government protesters"),
    ("He cannot.", "He can not ."),
    ("See www.un.org/a.", "See www.un.org/a ."),
    ("mail a.b@c.org, now", "mail a.b@c.org , now"),
    ("report.pdf and example.com.", "report.pdf and example.com ."),
    ("the 1960's", "the 1960's"),
    ("He went, etc.", "He went , etc ."),
    ("Really?!", "Really ?!"),
    ("He has a Ph.D. in law", "He has a Ph.D. in law"),
    ("UN-led", "UN - led"),
    ("(AP) -- Kabul", "( AP ) -- Kabul"),
    ("5:30 p.m. EST", "5:30 p.m. EST"),
]


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences_of(text)]


@pytest.mark.parametrize("sentence", WHOLE)
def test_an_edited_sentence_is_not_cut(sentence: str) -> None:
    assert cut(sentence) == [sentence]


@pytest.mark.parametrize("sentences", PARTED, ids=lambda sentences: sentences[0][:30])
def test_sentences_are_parted(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


def test_a_news_text_of_one_paragraph() -> None:
    ended = [sentence for sentence in WHOLE if sentence[-1] in '.!"' and not sentence.endswith((" No. 10.", "Jan. 3."))]
    ends, total = set(), 0
    for sentence in ended:
        total += len(sentence) + 1
        ends.add(total - 1)
    found = {end for _, end in sentences_of(" ".join(ended))}
    assert found <= ends
    assert len(found) >= len(ends) - 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", " \n \n ", "\u2028", "\u2029"])
def test_a_line_end_ends_a_sentence(end: str) -> None:
    assert cut(f"the army{end}and the Mr.{end}navy") == ["the army", "and the Mr.", "navy"]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words(text: str, words: str) -> None:
    assert " ".join(text[start:end] for start, end in words_of(text)) == words


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0", "\u200f\u200f", "\x00\x01", "🙂", "🙂🙂 🙂"])
def test_nothing_much(text: str) -> None:
    assert "".join(cut(text)) == "".join(text.split(" ")).strip() or " " in text.strip()


CATASTROPHE = 20.0
"""Seconds of processor time: no bound on speed, but reading that is not linear takes longer than this."""


@pytest.mark.parametrize(
    "pattern",
    [
        "a",
        "a ",
        "A ",
        ".",
        ". ",
        "a.",
        "A.",
        '"',
        "'s",
        "a-",
        "@",
        "1.",
        "(",
        "Mr. ",
        "?!",
        "a.a ",
        "\u00a0",
        "\n",
        "http://",
        "a'",
        "😀 ",
    ],
)
def test_long_input_is_read_in_linear_time(pattern: str) -> None:
    text = pattern * (100_000 // len(pattern))
    begun = time.process_time()
    spans = sentences_of(text)
    words_of(text[:20_000])
    assert time.process_time() - begun < CATASTROPHE
    assert all(0 < end - start <= LONGEST_SENTENCE for start, end in spans)


def test_no_capital_and_no_mark_comes_out_in_pieces() -> None:
    text = "the army went on and on into the town " * 1000
    spans = sentences_of(text)
    assert all(end - start <= LONGEST_SENTENCE for start, end in spans)
    assert " ".join(cut(text)) == text.strip()


PIECES = st.sampled_from(
    [
        *" .,;:!?\n\t\"'()[]-…“”’@#$%1a",
        " The ",
        " U.S. ",
        "Mr. ",
        "No. ",
        "10",
        "Gen",
        "they",
        ":)",
        "a@b",
        "\u00a0",
        "\u200f",
        "\r",
        "😀",
        "é",
        "Ж",
        "e\u0301",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=120))


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_sentences_cover_the_text_in_order(text: str) -> None:
    spans = sentences_of(text)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()
    assert spans == sentences_of(text)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_words_cover_the_text_in_order(text: str) -> None:
    spans = words_of(text)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert not any(character.isspace() for character in text[start:end])
        position = end
    assert not text[position:].strip()
    assert spans == words_of(text)


def test_the_lexicon_is_lower_case_without_points() -> None:
    for name in ("titles", "abbreviations", "starters", "prefixes", "always"):
        assert all(word == word.lower() and not word.endswith(".") for word in lexicon(name))
