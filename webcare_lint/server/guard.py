"""Who may talk to the server: local pages and browser add-ons, or whoever has the token."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import ip_address

from msgspec import Struct

LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
_EXTENSION = re.compile(r"(?:chrome|moz|safari-web|ms-browser)-extension://[\w.-]+")
_LOCAL = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?")


def bare(host: str) -> str:
    """A host as it is compared: in lower case, an address without brackets and zone, in its short form."""
    name = host.strip().lower().removeprefix("[").removesuffix("]")
    with suppress(ValueError):
        return str(ip_address(name.partition("%")[0]))
    return name


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class Guard(Struct, frozen=True):
    """The hosts that we answer to (``bare``), the origins that may read answers, the token that a client needs.

    ``addresses``: whether we answer to any IP address too. A computer does not know all of its own, and a foreign page that is
    pointed at us asks by its name.
    """

    hosts: frozenset[str] = LOOPBACK
    origins: frozenset[str] = frozenset()
    token: str | None = None
    addresses: bool = False

    def knows_host(self, header: str) -> bool:
        """Whether the ``Host`` header is one of ours: a foreign page that points its name at us is turned away."""
        name = header.strip()
        host = bare(name[: name.rfind("]") + 1] if name.startswith("[") else name.partition(":")[0])
        return host in self.hosts or (self.addresses and _is_address(host))

    def cors(self, origin: str | None, asked: Mapping[str, str]) -> dict[str, str]:
        """The headers that let a browser hand our answer to the page or add-on that asked; none for other origins."""
        if not origin or not (_EXTENSION.fullmatch(origin) or _LOCAL.fullmatch(origin) or origin in self.origins):
            return {}
        headers = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
        if "access-control-request-headers" in asked:
            headers["Access-Control-Allow-Headers"] = asked["access-control-request-headers"]
        if "access-control-request-method" in asked:
            headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
            headers["Access-Control-Max-Age"] = "600"
        if asked.get("access-control-request-private-network") == "true":
            headers["Access-Control-Allow-Private-Network"] = "true"
        return headers

    def admits(self, authorization: str | None, given: Mapping[str, str]) -> bool:
        """Whether the client has the token, as a bearer or as the ``apiKey`` that add-ons can be given."""
        if self.token is None:
            return True
        bearer = (authorization or "").removeprefix("Bearer ").strip()
        offered = bearer or given.get("apiKey", "") or given.get("token", "")
        return hmac.compare_digest(offered.encode(), self.token.encode())
