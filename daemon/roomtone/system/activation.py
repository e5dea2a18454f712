"""Sockets that the service manager has opened for this process, as sd_listen_fds(3) hands them."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping


def handed(environ: Mapping[str, str] | None = None) -> list[socket.socket]:
    """The listening sockets, in the order of the .socket unit; empty when nobody handed any.

    Children do not get them.
    """
    env = os.environ if environ is None else environ
    if env.get("LISTEN_PID") != str(os.getpid()):
        return []
    from systemd import daemon

    return [socket.socket(fileno=number) for number in daemon.listen_fds()]
