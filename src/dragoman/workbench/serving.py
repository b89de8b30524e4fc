"""The server: one process, one port of 127.0.0.1."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from ..errors import UsageError
from .application import application

__all__ = ["serve"]

HOST = "127.0.0.1"


def serve(path: Path, port: int, who: str | None = None, told: Callable[[str], None] = lambda address: None) -> None:
    """Serve the workbench of an archive until it is interrupted; `told` is given its address once it can be asked.

    Raises:
        ArchiveError: there is no archive at `path`, or it cannot be opened.
        UsageError: the port is taken; 0 takes any that is free.
    """
    with _bound(port) as listening:
        port = listening.getsockname()[1]
        app = application(path, {f"{HOST}:{port}", f"localhost:{port}"}, who=who)
        told(f"http://{HOST}:{port}/")
        config = uvicorn.Config(app, log_level="warning", ws="none", lifespan="on", server_header=False)
        with suppress(KeyboardInterrupt):  # Ctrl+C is how one leaves
            uvicorn.Server(config).run(sockets=[listening])


def _bound(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        # From here on who asks is not refused, but waits until the server is up.
        listening.listen()
    except OSError as problem:
        listening.close()
        message = f"Port {port} of {HOST} cannot be used: {problem.strerror}. Choose another with --port, or 0 for any."
        raise UsageError("U001", message) from problem
    return listening
