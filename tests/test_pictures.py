"""The pictures: what stands in them, that it links, that no hostile name gets through, that they stay the same."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest

from dragoman.pictures import (
    STYLE,
    Dated,
    DayCount,
    Dot,
    Edge,
    Node,
    Source,
    binned,
    coverage,
    dot_map,
    histogram,
    network,
    timeline,
)
from dragoman.pictures.layout import Box, Spring, place
from dragoman.pictures.svg import Element, number, readable

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script>\u202e& \x00'


def drawn(picture: str) -> ElementTree.Element:
    """The picture as XML, which it must be to be kept as a file of its own."""
    return ElementTree.fromstring(picture)


def some_days(count: int = 10, apart: int = 1) -> list[DayCount]:
    first = date(2020, 1, 1)
    return [DayCount(first + timedelta(apart * n), (n % 2, 1, n % 3, 2), f"#day-{n}") for n in range(count)]


def some_network() -> tuple[list[Node], list[Edge]]:
    names = ["United States", "Iran", "Iraq", "Popular Mobilization Forces", "demonstrators", "Canada"]
    nodes = [Node(name.lower(), name, 20 - 3 * place, f"#a-{place}") for place, name in enumerate(names)]
    edges = [
        Edge("united states", "iran", 9, -6.0, "#p-1"),
        Edge("iran", "iraq", 4, 3.5, "#p-2"),
        Edge("iraq", "popular mobilization forces", 2, 0.0, "#p-3"),
        Edge("united states", "demonstrators", 1, -2.0, "#p-4"),
    ]
    return nodes, edges


def links(root: ElementTree.Element, css: str) -> list[ElementTree.Element]:
    return [link for link in root.iter(f"{SVG}a") if link.get("class") == css]


def test_numbers_hide_the_last_bits() -> None:
    assert [number(value) for value in (1.0, 2.04, 2.06, -0.01, 100)] == ["1", "2", "2.1", "0", "100"]


def test_readable_drops_what_turns_or_hides_text() -> None:
    assert readable(f"a{HOSTILE}b") == 'a"><script>alert(1)</script>& b'
    assert readable("\ud800x\u2066y") == "xy"


def test_elements_escape_text_and_attributes() -> None:
    element = Element("a", {"href": HOSTILE}).add("text", HOSTILE, aria_label=HOSTILE)
    assert "<script>" not in str(element)
    assert drawn(str(element)).text == readable(HOSTILE)


def test_timeline_names_itself() -> None:
    root = drawn(timeline(some_days(), title="When"))
    named = {child.get("id"): child.text for child in root if child.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.get("role") == "group"
    assert [named[name] is not None for name in (root.get("aria-labelledby") or "").split()] == [True, True]
    assert named["timeline-title"] == "When"


def test_each_bar_links_to_its_day_and_says_its_figures() -> None:
    bars = links(drawn(timeline(some_days(3))), "bar")
    assert [bar.get("href") for bar in bars] == ["#day-0", "#day-1", "#day-2"]
    assert bars[1].get("aria-label") == (
        "2 Jan 2020: 5 events (1 verbal cooperation, 1 material cooperation, 1 verbal conflict, 2 material conflict)"
    )


def test_cooperation_is_above_the_line_and_conflict_below() -> None:
    root = drawn(timeline([DayCount(date(2020, 1, 3), (2, 1, 3, 4), "#day")]))
    zero = next(float(line.get("y1") or 0) for line in root.iter(f"{SVG}line") if line.get("class") == "zero")
    (bar,) = links(root, "bar")
    for box in bar.iter(f"{SVG}rect"):
        top = float(box.get("y") or 0)
        bottom = top + float(box.get("height") or 0)
        if box.get("class") in ("quad-1", "quad-2"):
            assert bottom <= zero + 0.2
        elif box.get("class") in ("quad-3", "quad-4"):
            assert top >= zero - 0.2


def test_words_are_hatched_and_deeds_solid() -> None:
    root = drawn(timeline(some_days(), name="mine"))
    fills = {box.get("class"): box.get("fill") for box in root.iter(f"{SVG}rect") if box.get("class")}
    assert fills["quad-1"] == "url(#mine-hatch-1)"
    assert fills["quad-2"] is None
    assert {pattern.get("id") for pattern in root.iter(f"{SVG}pattern")} == {"mine-hatch-1", "mine-hatch-3"}


@pytest.mark.parametrize(("count", "apart", "step"), [(30, 1, "day"), (60, 7, "week"), (60, 200, "month")])
def test_long_times_are_drawn_in_longer_steps(count: int, apart: int, step: str) -> None:
    picture = timeline(some_days(count, apart))
    days = some_days(count, apart)
    assert f"events by {step}, " in picture
    total = sum(sum(day.counts) for day in days)
    assert f"{total} events by" in picture


def test_bars_add_up_whatever_the_step() -> None:
    days = some_days(90)
    bars = links(drawn(timeline(days, width=340)), "bar")
    total = sum(int((bar.get("aria-label") or "").partition(": ")[2].split()[0]) for bar in bars)
    assert total == sum(sum(day.counts) for day in days)
    assert len(bars) < len(days)


def test_a_timeline_without_events_says_so() -> None:
    assert "No dated event." in timeline([])
    assert "No dated event." in timeline([DayCount(date(2020, 1, 1), (0, 0, 0, 0), "#x")])


def test_days_may_come_in_any_order() -> None:
    days = some_days()
    assert timeline(days) == timeline(list(reversed(days)))


def test_network_links_parties_and_pairs() -> None:
    root = drawn(network(*some_network()))
    assert {link.get("href") for link in links(root, "tie")} == {"#p-1", "#p-2", "#p-3", "#p-4"}
    # Canada has no tie: it is left out.
    assert {link.get("href") for link in links(root, "party")} == {f"#a-{place}" for place in range(5)}


def test_signs_are_said_in_class_and_words() -> None:
    root = drawn(network(*some_network()))
    said = {link.get("href"): link.get("aria-label") for link in links(root, "tie")}
    assert said["#p-1"] == "United States and Iran: 9 events, mean score -6 (conflict)"
    assert said["#p-2"] == "Iran and Iraq: 4 events, mean score 3.5 (cooperation)"
    assert said["#p-3"] == "Iraq and Popular Mobilization Forces: 2 events, mean score 0 (even)"
    assert "stroke-dasharray" in STYLE


def test_more_events_make_a_wider_line_and_a_larger_node() -> None:
    root = drawn(network(*some_network()))
    widths = {
        link.get("href"): float(line.get("stroke-width") or 0)
        for link in links(root, "tie")
        for line in link.iter(f"{SVG}line")
        if (line.get("class") or "").startswith("edge")
    }
    assert widths["#p-1"] > widths["#p-2"] > widths["#p-4"]
    radii = [float(circle.get("r") or 0) for circle in root.iter(f"{SVG}circle")]
    assert radii == sorted(radii, reverse=True)


def test_network_stays_in_its_frame() -> None:
    for width, height in ((1080, 620), (340, 460)):
        root = drawn(network(*some_network(), width=width, height=height))
        for circle in root.iter(f"{SVG}circle"):
            assert 0 < float(circle.get("cx") or -1) < width
            assert 0 < float(circle.get("cy") or -1) < height


def test_at_most_so_many_parties() -> None:
    nodes = [Node(str(n), f"Party {n}", 100 - n, f"#{n}") for n in range(60)]
    edges = [Edge(str(n), str((n + 1) % 60), 1, 1.0, f"#p{n}") for n in range(60)]
    assert len(links(drawn(network(nodes, edges, most=25)), "party")) == 25


def test_a_network_without_pairs_says_so() -> None:
    assert "No events between two known parties." in network([Node("a", "A", 3, "#a")], [])
    assert "No events between two known parties." in network([], [Edge("x", "y", 1, 1.0, "#e")])


def test_pictures_are_the_same_each_time_and_in_any_order() -> None:
    nodes, edges = some_network()
    assert network(nodes, edges) == network(list(reversed(nodes)), list(reversed(edges)))
    assert network(nodes, edges) == network(nodes, edges)


def test_hostile_names_stay_text() -> None:
    nodes = [Node("a", HOSTILE, 2, "#a"), Node("b", "\u202e" * 3, 1, "#b")]
    picture = network(nodes, [Edge("a", "b", 1, -1.0, '#x" onclick="alert(1)')])
    root = drawn(picture)
    assert not list(root.iter(f"{SVG}script"))
    assert all(not name.startswith("on") for node in root.iter() for name in node.attrib)
    assert "\u202e" not in picture
    assert "\x00" not in picture


def test_boxes_do_not_overlap_where_there_is_room() -> None:
    boxes = [Box(45, 15, 30) for _ in range(25)]
    springs = [Spring(0, other, 1.0) for other in range(1, 25)]
    points = place(boxes, springs, 1080, 620)
    for (x1, y1), (x2, y2) in combinations(points, 2):
        assert abs(x1 - x2) >= 88 or abs(y1 - y2) >= 43


def test_one_box_stands_in_the_middle() -> None:
    assert place([Box(10, 10, 10)], [], 100, 60) == [(50, 30)]
    assert place([], [], 100, 60) == []


def test_no_style_attribute_and_no_script() -> None:
    for picture in (timeline(some_days()), network(*some_network())):
        root = drawn(picture)
        assert all("style" not in node.attrib for node in root.iter())


# Histogram, map, coverage


@pytest.mark.parametrize(("span", "days"), [(30, 1), (300, 7), (2000, 30), (40_000, 365)])
def test_a_histogram_takes_the_step_that_can_be_seen(span: int, days: int) -> None:
    first = date(1900, 1, 1)
    last = first + timedelta(span)
    told = [Dated(first, first, 1, 2), Dated(last, last, 3, 0)]
    bins = binned(told, lambda one, last: f"{one}/{last}").bins
    assert sum(one.total for one in bins) == 6
    assert abs((bins[0].after - bins[0].first).days - days) <= 1
    assert all(one.after == other.first for one, other in pairwise(bins))
    assert len(bins) <= 121


def test_a_histogram_links_its_bars_and_says_its_average() -> None:
    days = [Dated(day, day, one, other) for day, one, other in ((date(2020, 1, 1), 1, 2), (date(2020, 1, 9), 0, 1))]
    bins = binned(days, lambda one, last: f"/{one}/{last}", least="week").bins
    root = drawn(histogram(bins, average=2.0))
    links = [one.get("href") for one in root.iter(f"{SVG}a")]
    assert links == ["/2019-12-30/2020-01-05", "/2020-01-06/2020-01-12"]
    assert "average 2.0 a week" in "".join(root.itertext())


def test_a_histogram_sets_aside_what_is_dated_to_a_longer_time_than_a_bar() -> None:
    def made(*spans: tuple[int, int]) -> tuple[str, int, int]:
        first = date(2020, 1, 1)
        found = [Dated(first + timedelta(start), first + timedelta(start + days - 1), 1, 0) for start, days in spans]
        done = binned(found, lambda one, last: "")
        return done.step, sum(one.total for one in done.bins), done.wider

    assert made((0, 1), (5, 1), (0, 366)) == ("day", 2, 1)
    # Where most are known to the week alone, a bar is a week.
    assert made((0, 1), (5, 7), (9, 8), (0, 366)) == ("week", 3, 1)
    assert made((0, 366)) == ("year", 1, 0)
    assert made((0, 3000)) == ("year", 0, 1)


def test_a_map_shows_where_and_dashes_what_is_disputed() -> None:
    named = Dot("Baghdad", 33.3, 44.4, 3, 5, "#b")
    dots = [named, Dot(HOSTILE, 35.5, 44.4, 0, 2, "#k"), Dot("Nowhere", 0, 0, 0, 0, "#n")]
    text = dot_map(dots)
    root = drawn(text)
    assert sorted(one.get("href") or "" for one in root.iter(f"{SVG}a")) == ["#b", "#k"]
    assert {one.get("class") for one in root.iter(f"{SVG}path")} >= {"coast", "border"}
    kashmir = drawn(dot_map([Dot("Srinagar", 34.1, 74.8, 0, 1, "#s")]))
    assert "disputed" in {one.get("class") for one in kashmir.iter(f"{SVG}path")}
    assert "stroke-dasharray" in STYLE[STYLE.index(".disputed") :].partition("}")[0]
    assert text == dot_map(list(reversed(dots)))


def test_coverage_leaves_gaps_where_a_source_is_silent() -> None:
    first = date(2020, 1, 1)
    sources = [
        Source("The Courier", [(first, 2), (first + timedelta(5), 1)], "#c"),
        Source(HOSTILE, [(first + timedelta(2), 9)], "#h"),
    ]
    root = drawn(coverage(sources))
    cells = [one for one in root.iter(f"{SVG}rect") if (one.get("class") or "").startswith("cell")]
    assert len(cells) == 3
    assert {one.get("class") for one in cells} == {"cell depth-2", "cell depth-4"}


def test_pictures_of_nothing_say_so() -> None:
    assert "No dated event" in histogram(binned([], lambda one, last: "").bins)
    assert "No dated article" in coverage([])
    assert "No event has a place" in dot_map([])
