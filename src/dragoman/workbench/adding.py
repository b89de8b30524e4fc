"""Articles added by dropping files or pasting text: read in a process of their own, with progress."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from .. import library
from ..archive import Listed
from ..errors import DragomanError
from ..intake import read_sources
from ..pipeline import Summary, read_into
from ..records import Article
from ..settings import load
from .pages import page, problem
from .security import writing
from .state import bench_of

__all__ = ["ROUTES", "Jobs"]

MOST_LISTED = 50
LONGEST_NAME = 120


@dataclass
class Job:
    """A lot of sources that are read, or were: how far it is, and what came of it."""

    folder: Path
    sources: Sequence[str]
    total: int | None = None
    done: int = 0
    state: str = "waiting"
    summary: Summary | None = None
    added: Sequence[Listed] = ()
    wrong: str = ""
    process: BaseProcess | None = None


@dataclass(frozen=True)
class Jobs:
    """The lots of one run of the workbench, read one after another."""

    by_id: dict[str, Job] = field(default_factory=dict)
    worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="adding"))

    def start(self, archive: Path, folder: Path, sources: Sequence[str]) -> str:
        """Read the sources in a folder into an archive; returns the id of the job."""
        identity = secrets.token_hex(4)
        self.by_id[identity] = job = Job(folder, sources)
        self.worker.submit(_run, job, archive)
        return identity

    def stop(self) -> None:
        """End what is being read; what was read of it is kept."""
        self.worker.shutdown(wait=False, cancel_futures=True)
        for job in self.by_id.values():
            if job.process is not None and job.process.is_alive():
                job.process.terminate()


def _run(job: Job, archive: Path) -> None:
    """Follow the process that reads: what it tells goes into the job. Pages stay quick meanwhile."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    arguments = (archive.resolve(), job.folder, job.sources, there)
    job.process = process = context.Process(target=_read, args=arguments, daemon=True)
    process.start()
    there.close()
    try:
        while True:
            name, value = here.recv()
            setattr(job, name, value)
    except EOFError:
        process.join()
    if job.state != "finished" and not job.wrong:
        job.wrong = "The process that read them ended before it was done. What it had read is kept; add the rest again."
    shutil.rmtree(job.folder, ignore_errors=True)


def _read(archive: Path, folder: Path, sources: Sequence[str], tell: Connection) -> None:
    """Read sources into an archive; in a process of its own. Sources go by their names, wherever the folder is."""
    os.chdir(folder)
    # Ctrl+C is for the workbench, which then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings = load(batch=1)
    try:
        with library.open(archive) as opened:
            before = {one.id for one in opened.store.listed(most=-1)[0]}
            tell.send(("total", sum(isinstance(one, Article) for one in read_sources(sources, settings))))
            tell.send(("state", "reading"))

            def progress(done: int) -> None:
                tell.send(("done", done))

            summary = read_into(opened.store, sources, settings, progress)
            tell.send(("summary", summary))
            added = [one for one in opened.store.listed(most=-1)[0] if one.id not in before]
            tell.send(("added", added))
            tell.send(("state", "finished"))
    except DragomanError as error:
        tell.send(("wrong", str(error)))


def _form(request: Request) -> Response:
    return page(request, "add.html.j2")


def _add(request: Request, form: FormData) -> Response:
    """Take files and a pasted text, put them in a folder of their own, and have them read."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-"))
    names: list[str] = []
    for upload in form.getlist("files"):
        if isinstance(upload, UploadFile) and upload.filename:
            names.append(_name(upload.filename, names))
            with (folder / names[-1]).open("wb") as to:
                shutil.copyfileobj(upload.file, to)
    text = str(form.get("text", ""))
    if text.strip():
        about = {name: str(form.get(name, "")).strip() for name in ("title", "outlet", "published")}
        names.append(_paste(folder, text, {name: value for name, value in about.items() if value}, names))
    if not names:
        folder.rmdir()
        return problem(request, 400, "There is nothing to add. Choose files, or paste the text of an article.")
    jobs: Jobs = request.app.state.jobs
    return RedirectResponse(f"/add/{jobs.start(bench_of(request).path, folder, names)}", 303)


def _paste(folder: Path, text: str, about: dict[str, Any], taken: Sequence[str]) -> str:
    """Write a pasted text to a file; what is said about it stands beside it, as a record of JSON lines."""
    if about:
        name = _name("pasted text.jsonl", taken)
        (folder / name).write_text(json.dumps({"text": text, **about}), encoding="utf-8")
    else:
        name = _name("pasted text.txt", taken)
        (folder / name).write_text(text, encoding="utf-8")
    return name


def _name(given: str, taken: Sequence[str]) -> str:
    """A file's own name, without folders and unprintable characters, made different from those that are taken."""
    plain = "".join(c for c in given.replace("\\", "/").rpartition("/")[2] if c.isprintable()).strip(". ")
    stem, dot, ending = (plain[-LONGEST_NAME:] or "file").rpartition(".")
    stem, ending = (stem, dot + ending) if stem else (ending, "")
    name, number = stem + ending, 1
    while name in taken:
        number += 1
        name = f"{stem} {number}{ending}"
    return name


def _job(request: Request) -> Response:
    jobs: Jobs = request.app.state.jobs
    job = jobs.by_id.get(request.path_params["id"])
    if job is None:
        return problem(request, 404, "Nothing is being added under this address; the workbench was started anew.")
    return page(request, "adding.html.j2", job=job, most=MOST_LISTED)


ROUTES = [
    Route("/add", _form),
    Route("/add", writing(_add), methods=["POST"]),
    Route("/add/{id}", _job),
]
