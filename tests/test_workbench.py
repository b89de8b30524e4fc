"""The workbench: pages, what may be asked and by whom, and how it is in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from record_samples import coded
from workbench_harness import HOST, client, opened, serious, served

from dragoman.archive import open_archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbench") / "case.db"
    with open_archive(path) as made:
        made.keep([coded(number) for number in range(3)])
    return path


def test_only_our_own_address_is_answered(archive: Path) -> None:
    asked = client(archive)
    assert asked.get("/").status_code == 200
    for host in ("example.org", "127.0.0.1", "localhost:8765.example.org", f"{HOST}.", ""):
        assert asked.get("/", headers={"host": host}).status_code == 421


def test_every_answer_carries_the_policy(archive: Path) -> None:
    asked = client(archive)
    for address in ("/", "/static/workbench.css", "/nothing"):
        policy = asked.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_in_a_browser(browser: Browser, archive: Path, width: int) -> None:
    with served(archive) as address, opened(browser, address, width) as page:
        page.goto("/")
        assert page.title().startswith("Desk")
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
