"""The form of address that a text uses: *je* or *u*."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Register = Literal["je", "u"]

# "14 u" and "14u30" are times, "u." behind a number too.
_FORMAL = re.compile(r"(?<![\w'’-])(?<!\d )(?:u|uw|uzelf)(?![\w'’-])", re.IGNORECASE)
_FAMILIAR = re.compile(r"(?<![\w'’-])(?:je|jij|jou|jouw|jullie|jezelf)(?![\w'’])", re.IGNORECASE)


@lru_cache(maxsize=32)  # asked again for every finding in a reply
def register(text: str) -> Register | None:
    """How ``text`` addresses its reader; None when it does not, or does both."""
    formal, familiar = bool(_FORMAL.search(text)), bool(_FAMILIAR.search(text))
    if formal == familiar:
        return None
    return "u" if formal else "je"
