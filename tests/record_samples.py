"""Records for tests: a small made-up crisis, built by hand so that every offset is right."""

from __future__ import annotations

from dataclasses import replace

from dragoman.records import (
    Actor,
    Article,
    Basis,
    Cause,
    CodedArticle,
    Count,
    Decision,
    Entity,
    Event,
    Furniture,
    Incident,
    Mention,
    Office,
    Part,
    Party,
    Sentence,
    Shift,
    SourceRow,
    Speaker,
    Statement,
    Status,
    Tie,
    Token,
    Value,
    When,
    Where,
    article_id,
    event_id,
)

TITLE = "Freedonia bombs Sylvania"
BODY = 'Freedonian jets killed 25 soldiers of the Sylvanian army near Città Alta on Friday, "the ministry" said.'
AFTER = "In retaliation, Sylvania's parliament turned against Freedonia — and didn't apologise."


def party(text: str, at: str, base: int, name: str, code: str, identity: str | None) -> Party:
    start = base + at.index(text)
    return Party(text, start, start + len(text), identity, name, code, "named")


def tokens(text: str, base: int) -> tuple[Token, ...]:
    found = []
    here = 0
    for place, word in enumerate(text.split(" ")):
        start = text.index(word, here)
        here = start + len(word)
        found.append(
            Token(base + start, base + here, word, word.lower().rstrip("s"), "NOUN", "Number=Sing", place - 1, "dep")
        )
    return tuple(found)


def coded(
    number: int = 0, *, published: str | None = "2020-01-06T21:03Z", outlet: str | None = "The Courier"
) -> CodedArticle:
    """One article with all that was found in it; `number` makes it differ from the others."""
    title = f"{TITLE} {number}"
    text = "\n\n".join([title, BODY, AFTER])
    identity = article_id(text, outlet or f"file{number}.txt")
    article = Article(
        id=identity,
        text=text,
        source=f"file{number}.txt",
        title=title,
        author="A. Writer",
        outlet=outlet,
        published=published,
        published_basis="page",
        user_id=f"u{number}",
        furniture=(Furniture("Join our newsletter", "prompt"),),
        language="en",
        flags=("short",),
        bases=(Basis("title", "JSON-LD"), Basis("author", "visible line")),
    )
    starts = [text.index(stretch) for stretch in (title, BODY, AFTER)]
    sentences = tuple(
        Sentence(
            identity,
            index,
            Part.TITLE if index == 0 else Part.BODY,
            start,
            start + len(stretch),
            stretch,
            tokens(stretch, start),
            (Entity(0, 0, "LOC"),),
        )
        for index, (start, stretch) in enumerate(zip(starts, (title, BODY, AFTER), strict=True))
    )
    killed, retaliation, turned = (_event(identity, text, starts, at) for at in ("bombs", "killed", "turned"))
    sylvania = party("Sylvania", AFTER, starts[2], "Sylvania", "SYL", "sylvania")
    freedonia = party("Freedonia", AFTER, starts[2], "Freedonia", "FRE", "freedonia")
    words = AFTER[: AFTER.index(" —")]
    placed = (identity, 2, words, starts[2], starts[2] + len(words))
    when = When("2020-01-03", "2020-01-03", "day", "Friday", "text")
    return CodedArticle(
        article,
        sentences,
        mentions=(
            Mention(1, starts[1], starts[1] + 10, "Freedonian", 0, "state", "freedonia", "Freedonia", "FRE", "demonym"),
            Mention(1, starts[1] + 11, starts[1] + 15, "jets", 1, "thing", None, "jets", "UNK", "noun", False),
        ),
        actors=(
            Actor("freedonia", "Freedonia", "state", "FRE", (), ("Republic of Freedonia",)),
            Actor(
                "firefly",
                "Rufus T. Firefly",
                "person",
                "FRE",
                ("GOV", "ELI"),
                ("Firefly",),
                ("freedonia",),
                (Office("President", "freedonia", "2018", None, "GOV"),),
            ),
        ),
        events=(killed, retaliation, turned),
        ties=(
            Tie(event_id(identity, 1, 2, "hostile_to"), *placed, sylvania, "hostile_to", freedonia, "+", None, "t1"),
        ),
        shifts=(Shift(event_id(identity, 1, 3, "shift"), *placed, sylvania, None, freedonia, when, killed.id, "s1"),),
        causes=(Cause(event_id(identity, 1, 4, "cause"), *placed, killed.id, "an answer", "c1"),),
    )


def _event(article: str, text: str, starts: list[int], trigger: str) -> Event:
    start = text.index(trigger)
    index = max(place for place, first in enumerate(starts) if first <= start)
    stretch = text[starts[index] :].split("\n\n")[0]
    kind = {"bombs": "ASSAULT", "killed": "ASSAULT", "turned": "REJECT"}[trigger]
    freedonia = party("Freedonia", stretch, starts[index], "Freedonia", "FRE MIL", "freedonia")
    sylvania = party("Sylvania", stretch, starts[index], "Army of Sylvania", "SYL MIL", None)
    sides = (sylvania, freedonia) if trigger == "turned" else (freedonia, sylvania)
    killed = trigger == "killed"
    return Event(
        id=event_id(article, start, start + len(trigger), kind),
        article=article,
        sentence=index,
        trigger=trigger,
        trigger_start=start,
        trigger_end=start + len(trigger),
        type=kind,
        mode="aerial" if killed else None,
        actor=(sides[0],),
        recipient=(sides[1],),
        status=Status.ACTUAL if trigger != "bombs" else Status.FUTURE,
        when=When("2020-01-03", "2020-01-03", "day", "Friday", "text") if killed else None,
        where=Where("Città Alta", "Città Alta", "SYL", 45.7, 9.66, "place") if killed else None,
        counts=(Count("killed", 25, 25, "25"), Count("injured", 3, None, "at least 3")) if killed else (),
        said_by=Speaker('"the ministry"', "ministry") if killed else None,
        frame=f"{trigger}.1",
        confidence=0.75,
        contexts=("military", "territory") if killed else (),
    )


def imported(line: int) -> Event:
    """An event of somebody else's data: no article, no trigger, a row of a file."""
    original = coded().events[1]
    return replace(
        original,
        id=f"imported{line:08}",
        article=None,
        sentence=None,
        trigger=None,
        trigger_start=None,
        trigger_end=None,
        type=None,
        source_row=SourceRow("gdelt.csv", line, f"row{line}"),
    )


def incident(*events: Event) -> Incident:
    """One incident of some events, with a dispute about the dead."""
    article = events[0].article or ""
    values = (Value(25, 25, "25", "ministry", article, 1), Value(0, 0, "none", None, article, 2))
    return Incident(
        f"i-{events[0].id}",
        "ASSAULT",
        tuple(event.id for event in events),
        agreed=(Statement("place", (Value(None, None, "Città Alta", None, article, 1),)),),
        disputed=(Statement("killed", values),),
    )


DECISION = Decision("d1", "e1", "event", "corrected", '{"type": "ASSAULT"}', "ada", "2026-01-02T10:00Z", "misread")
