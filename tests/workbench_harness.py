"""The workbench for tests: asked directly, or served to a browser that reports all that goes wrong."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page
from starlette.testclient import TestClient

from dragoman.workbench import application

AXE = Path(__file__).parent / "vendored" / "axe.min.js"
TOKEN = "token-of-the-tests"
HOST = "127.0.0.1:8765"

_WATCH = """
window.reports = [];
document.addEventListener('securitypolicyviolation', (e) => {
    window.reports.push(`${e.violatedDirective} ${e.blockedURI}`);
});
"""


def client(archive: Path, who: str = "Ana") -> TestClient:
    """A client that asks the workbench of an archive as a browser at its address would."""
    return TestClient(application(archive, {HOST}, who=who, token=TOKEN), base_url=f"http://{HOST}")


def settled(get: Callable[[], str]) -> str:
    """A page once all its figures are there."""
    for _ in range(300):
        if 'class="pending"' not in (text := get()):
            return text
        time.sleep(0.1)
    raise AssertionError("the figures never came")


@contextmanager
def served(archive: Path, who: str = "Ana") -> Iterator[str]:
    """The address at which the workbench of an archive is served meanwhile."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        app = application(archive, {host}, who=who, token=TOKEN)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.005)
        try:
            yield f"http://{host}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def opened(browser: Browser, address: str, width: int = 1280, height: int = 900, **more: object) -> Iterator[Page]:
    """A page of a fresh session; `more` are its settings.

    Dialogs, errors on the console and reports of the policy fail the test.
    """
    context: BrowserContext = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, reduced_motion="reduce", **more
    )  # type: ignore[arg-type]
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.set_default_timeout(30_000)
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
    try:
        yield page
        if more.get("java_script_enabled", True):
            wrong.extend(page.evaluate("window.reports"))
        assert not wrong, wrong
    finally:
        context.close()


def serious(page: Page) -> list[str]:
    """What axe finds on the page as it stands that is serious or worse, in words."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:150] for node in one['nodes'][:4]]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
