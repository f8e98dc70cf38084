"""A real LanguageTool behind ours: its findings are merged with ours, and its failing never takes ours away."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

from webcare_lint.languagetool.server import OPENER, root
from webcare_lint.server.protocol import enabled_only

_OURS = re.compile(r"WC\d{3,4}_")
_FILTERS = ("enabledRules", "disabledRules", "enabledCategories", "disabledCategories")


class UpstreamError(Exception):
    """The server could not be reached in time or answered nonsense; the message never holds the text."""


def findings(base: str, given: Mapping[str, str], timeout: float) -> list[dict[str, Any]]:
    """The matches of the LanguageTool server at ``base`` for the same parameters.

    Raises:
        UpstreamError: when it gives none.
    """
    sent = {key: value for key, value in given.items() if key not in ("apiKey", "username", "token")}
    for key in _FILTERS:
        if key in sent:
            sent[key] = ",".join(part for part in sent[key].split(",") if not _own(part))
            if not sent[key]:
                del sent[key]
    if enabled_only(sent):
        if "enabledRules" not in sent and "enabledCategories" not in sent:
            return []
        sent["enabledOnly"] = "true"  # as LanguageTool reads it
    try:
        request = urllib.request.Request(f"{root(base)}/v2/check", data=urlencode(sent).encode("utf-8"))
        with OPENER.open(request, timeout=timeout) as answer:
            matches = json.load(answer)["matches"]
    except (OSError, HTTPException, ValueError, KeyError, TypeError, RecursionError) as error:
        reason = getattr(error, "reason", None) or type(error).__name__
        raise UpstreamError(f"{root(base)}: {reason}") from error
    if not isinstance(matches, list):
        raise UpstreamError(f"{root(base)}: no list of matches")
    return [match for match in matches if _placed(match)]


def _placed(match: Any) -> bool:
    return isinstance(match, dict) and all(isinstance(match.get(key), int) for key in ("offset", "length"))


def _own(part: str) -> bool:
    name = part.strip().upper()
    return bool(_OURS.match(name)) or name.startswith("GEBOD_") or name == "WEBCARE"
