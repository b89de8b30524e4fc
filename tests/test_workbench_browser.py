"""The workbench in a browser: each screen's work as a person does it, by mouse and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_strings import TAGS, hostile_addresses, hostile_archive
from playwright.sync_api import Browser, Page, expect
from record_samples import coded
from workbench_harness import opened, serious, served

from dragoman import library
from dragoman.archive import open_archive
from dragoman.linking import link


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "case.db"
    with open_archive(path) as made:
        made.keep([coded(number, outlet=f"Outlet {number % 2}") for number in range(3)])
        made.replace_incidents(link(made.evidence(made.events())))
    return path


@pytest.fixture
def address(archive: Path) -> Iterator[str]:
    with served(archive) as at:
        yield at


def first_article(archive: Path) -> str:
    with library.open(archive) as reading:
        return next(iter(reading.articles())).id


def judgements(archive: Path) -> list[str]:
    with library.open(archive) as reading:
        return [one.judgement for one in reading.store.decisions() if one.undone is None]


def press(page: Page, *keys: str) -> None:
    """Press keys as a person does: not before the page has taken in the answer to the last one."""
    for key in keys:
        page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added").first.wait_for(state="detached")
        page.wait_for_timeout(50)
        page.keyboard.press(key)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1024, "dark")])
def test_no_page_has_a_serious_fault(browser: Browser, archive: Path, address: str, width: int, scheme: str) -> None:
    article = first_article(archive)
    pages = ("/", "/events", "/articles", f"/article/{article}", "/add", "/help", "/you")
    with opened(browser, address, width, color_scheme=scheme) as page:
        for path in pages:
            page.goto(path)
            assert serious(page) == [], path
            for wide in (width, 1920):
                page.set_viewport_size({"width": wide, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= wide, path
            page.set_viewport_size({"width": width, "height": 900})


def test_cards_are_judged_by_keyboard_alone(browser: Browser, archive: Path, address: str) -> None:
    with opened(browser, address) as page:
        page.goto(f"/article/{first_article(archive)}")
        press(page, "j", "j")
        chosen = page.locator(".card.current")
        expect(chosen).to_have_count(1)
        record = chosen.get_attribute("data-of")
        expect(page.locator(f"#text .lit[data-of~='{record}']").first).to_be_visible()
        assert f"at={record}" in page.url
        press(page, "a")
        expect(page.locator(f"#card-{record} .badge.accepted")).to_be_visible()
        expect(page.locator("#said")).to_contain_text("accepted")
        expect(page.locator(f"#card-{record}.current")).to_have_count(1)
        press(page, "x")
        expect(page.locator(f"#card-{record} .badge.rejected")).to_be_visible()
        assert judgements(archive) == ["accepted", "rejected"]
        expect(page.locator(f"#card-{record}.current")).to_have_count(1)
        page.wait_for_timeout(400)
        press(page, "u")
        expect(page.locator(f"#card-{record} .badge.accepted")).to_be_visible()
        assert judgements(archive) == ["accepted"]
        page.wait_for_timeout(400)
        press(page, "k")
        assert page.locator(".card.current").get_attribute("data-of") != record


def test_quick_keys_are_taken_one_after_the_other(browser: Browser, archive: Path, address: str) -> None:
    with opened(browser, address) as page:
        page.goto(f"/article/{first_article(archive)}")
        for letter in "jaxja":
            page.keyboard.press(letter)
        expect(page.locator("#tally")).to_contain_text("2 of")
        assert judgements(archive) == ["accepted", "rejected", "accepted"]
        for _ in range(3):
            page.keyboard.press("u")
        expect(page.locator("#tally")).to_contain_text("0 of")
        assert judgements(archive) == []


def test_an_event_is_corrected_by_keyboard_alone(browser: Browser, archive: Path, address: str) -> None:
    with opened(browser, address) as page:
        page.goto(f"/article/{first_article(archive)}")
        while page.locator(".card.current.event").count() == 0:
            press(page, "j")
        record = page.locator(".card.current").get_attribute("data-of")
        press(page, "e")
        form = page.locator(f"#card-{record} form.stack")
        expect(form).to_be_visible()
        for _ in range(20):
            if page.evaluate("document.activeElement.name") == "place":
                break
            press(page, "Tab")
        press(page, "Control+a")
        page.keyboard.type("Fredville")
        press(page, "Enter")
        expect(page.locator(f"#card-{record} .change ins", has_text="Fredville")).to_be_visible()
        assert judgements(archive) == ["corrected"]


def test_an_event_is_added_from_selected_text(browser: Browser, archive: Path, address: str) -> None:
    with opened(browser, address) as page:
        page.goto(f"/article/{first_article(archive)}")
        page.evaluate(
            """() => {
                const runs = [...document.querySelectorAll('#text [data-s]')];
                const run = runs.find((one) => one.textContent.includes('apologise'));
                const at = run.firstChild.data.indexOf('apologise');
                getSelection().setBaseAndExtent(run.firstChild, at, run.firstChild, at + 9);
            }"""
        )
        press(page, "n")
        form = page.locator("form.new")
        expect(form.locator("input[name=words]")).to_have_value("apologise")
        form.locator("select[name=type]").select_option("REJECT")
        form.locator("input[name=actor]").fill("Sylvania")
        form.get_by_role("button", name="Add the event").click()
        expect(page.locator(".card .badge.added")).to_be_visible()
        assert judgements(archive) == ["added"]
        press(page, "u")
        expect(page.locator(".card .badge.added")).to_have_count(0)


def test_events_are_narrowed_down_and_opened(browser: Browser, archive: Path, address: str) -> None:
    with opened(browser, address) as page:
        page.goto("/events")
        outlets = page.locator(".facet", has_text="Outlet")
        outlets.locator("summary").first.click()
        outlets.get_by_role("link", name="Outlet 1").click()
        expect(page.locator("#said-choice")).to_contain_text("told by Outlet 1")
        assert "outlet=Outlet+1" in page.url
        page.locator("summary", has_text="Columns").click()
        page.get_by_label("Found by").check()
        page.get_by_role("button", name="Show these").click()
        expect(page.get_by_role("columnheader", name="Found by")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("button", name="CSV").click()
        text = Path(download.value.path()).read_text(encoding="utf-8")
        assert text.splitlines()[-1].startswith("# complete: ")
        page.locator(".events .words").first.click()
        expect(page.locator(".card.current")).to_have_count(1)


def test_events_by_keyboard_alone(browser: Browser, archive: Path, address: str) -> None:
    with opened(browser, address) as page:
        page.goto("/")
        press(page, "Tab", "Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        press(page, "/")
        page.keyboard.type("soldiers")
        press(page, "Enter")
        expect(page.locator("#said-choice")).to_contain_text("in sentences with “soldiers”")
        press(page, "j", "j")
        expect(page.locator("tr.current")).to_have_count(1)
        press(page, "o")
        expect(page.locator(".card.current")).to_have_count(1)
        press(page, "g", "d")
        expect(page).to_have_title("Desk · case · Dragoman")


def test_the_desk_leads_to_what_it_counts(browser: Browser, archive: Path, address: str) -> None:
    with opened(browser, address) as page:
        page.goto("/")
        page.locator("svg.weeks a.bar").first.click()
        assert "since=" in page.url
        page.goto("/")
        page.locator("svg.coverage a.source").first.click()
        assert "/articles?outlet=" in page.url
        page.locator(".list .title").first.click()
        page.wait_for_url("**/article/*", wait_until="load")
        press(page, "j", "a")
        expect(page.locator(".badge.accepted")).to_be_visible()
        page.goto("/")
        page.locator("#decided-h ~ ul").get_by_role("button", name="Undo").click()
        expect(page.locator("#decided-h ~ ul")).to_contain_text("undone")
        assert judgements(archive) == []


def test_works_without_script(browser: Browser, archive: Path, address: str) -> None:
    with opened(browser, address, java_script_enabled=False) as page:
        page.goto(f"/article/{first_article(archive)}")
        card = page.locator(".card").first
        card.hover()
        card.get_by_role("button", name="Accept").click()
        expect(page.locator(".card .badge.accepted")).to_have_count(1)
        assert judgements(archive) == ["accepted"]


def test_single_keys_can_be_switched_off(browser: Browser, archive: Path, address: str) -> None:
    with opened(browser, address) as page:
        page.goto("/you")
        page.get_by_label("Single keys").uncheck()
        page.get_by_role("button", name="Keep").click()
        page.goto(f"/article/{first_article(archive)}")
        press(page, "j", "a")
        expect(page.locator(".card.current")).to_have_count(0)
        assert judgements(archive) == []


def test_hostile_text_does_nothing(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "hostile.db"
    article = hostile_archive(path)
    with served(path) as at, opened(browser, at) as page:
        for where in hostile_addresses(path, every=50):
            page.goto(where)
            page.locator(".pending").first.wait_for(state="detached")
            tags = page.evaluate("[...document.querySelectorAll('*')].map((one) => one.localName.toLowerCase())")
            assert set(tags) <= TAGS, (where, set(tags) - TAGS)
            assert page.evaluate("document.scripts.length") == 2, where
        page.goto(f"/article/{article}")
        press(page, "j", "j", "e")
        expect(page.locator("form.stack").first).to_be_visible()
        press(page, "Escape", "x")
        expect(page.locator(".card.current .badge.rejected").first).to_be_visible()
