"""Hosts inside our own network: what a feed or a redirect names must not lead there."""

from __future__ import annotations

import socket
from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit


class Near:
    """Which hosts are not public, each looked up once.

    Parameters
    ----------
    named
        Hosts that the user named: those may be anywhere.

    Notes
    -----
    The look-up is ours, the connection looks up again: a name server that answers the two differently is not
    kept out.
    """

    def __init__(self, named: Collection[str]) -> None:
        self._named = {host.casefold() for host in named}
        self._hidden: dict[str, bool] = {}

    def hides(self, url: str) -> bool:
        """Whether an address leads to a host that nobody named and that is not public."""
        host = (urlsplit(url).hostname or "").casefold()
        if host in self._named:
            return False
        if host not in self._hidden:
            self._hidden[host] = _is_private(host)
        return self._hidden[host]


def _is_private(host: str) -> bool:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False  # whoever connects is told why that fails
    return any(not ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found)
