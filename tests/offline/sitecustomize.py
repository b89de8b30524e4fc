"""No network: every socket but those of this machine is refused, whoever opens it.

`conftest.py` puts this folder on the path of the processes that tests start, where Python runs it by its name.
"""

from __future__ import annotations

import socket
import sys
from typing import Any

LOOPBACK = ("127.", "::1", "localhost")


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise PermissionError where Python is about to reach out of this machine."""
    if event in ("socket.connect", "socket.sendto", "socket.bind", "socket.sendmsg"):
        own, address = arguments[0], arguments[1]
        inside = own.family == getattr(socket, "AF_UNIX", None) or address is None
        if not inside and not str(address[0]).startswith(LOOPBACK):
            raise PermissionError(f"The suite opens no socket but loopback: {address}")
    elif event == "socket.getaddrinfo":
        host = arguments[0].decode() if isinstance(arguments[0], bytes) else arguments[0] or "localhost"
        if not host.startswith(LOOPBACK):
            raise PermissionError(f"The suite looks up no name: {host}")


sys.addaudithook(refuse)
