"""The desk on a port of this computer."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from secrets import token_urlsafe

from .app import app
from .sheet import Sheet

HOST = "127.0.0.1"


def listen(port: int = 0) -> socket.socket:
    """A port of this computer that nothing outside of it can reach; 0: any that is free.

    Raises
    ------
    OSError
        Another program has it.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen(128)  # a browser that is quicker than the server waits
    except OSError:
        found.close()
        raise
    return found


def serve(sheet: Sheet, found: socket.socket, told: Callable[[str], object]) -> None:
    """Answer until somebody ends the program.

    Parameters
    ----------
    told
        Called with the address to open: it has the token, and is for one person.
    """
    import uvicorn

    # What the issue is made of stays: going through it for garbage would take longer than a change does.
    gc.collect()
    gc.freeze()
    port = found.getsockname()[1]
    token = token_urlsafe(24)
    settings = uvicorn.Config(
        app(sheet, token, port),
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_keep_alive=60,
        timeout_graceful_shutdown=1,
    )
    told(f"http://{HOST}:{port}/?token={token}")
    uvicorn.Server(settings).run(sockets=[found])
