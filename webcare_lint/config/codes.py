"""Which codes a setting such as ``2``, ``WC2``, ``WC201`` or ``bel-ons`` stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from webcare_lint.errors import ConfigError, Text
from webcare_lint.located import nearest


def expand_codes(entries: Iterable[str | int], names: Mapping[str, str], option: str) -> set[str]:
    """The codes that the entries stand for; ``names`` are the names of all codes.

    Raises:
        ConfigError: for an entry that stands for none.
    """
    found: set[str] = set()
    for entry in (part.strip() for given in entries for part in str(given).split(",")):
        hits = codes_for(entry, names)
        if not hits:
            near = nearest(f"WC{entry}" if entry.isdigit() else entry.upper(), list(names)) or nearest(
                entry.lower(), list(names.values())
            )
            hint = (f"; bedoel je {near}?", f"; did you mean {near}?") if near else ("", "")
            raise ConfigError(Text(f"{option}: onbekende code {entry!r}{hint[0]}",
                                   f"{option}: unknown code {entry!r}{hint[1]}"))  # fmt: skip
        found |= hits
    return found


def codes_for(entry: str, names: Mapping[str, str]) -> set[str]:
    """The codes of one commandment, one prefix, one code or one name; none when there are no such codes."""
    wanted = f"WC{entry}" if entry.isdigit() else entry.upper()
    number = wanted.removeprefix("WC")
    # The last two digits count within a commandment: WC1 is the first commandment and not also the tenth.
    hits = {code for code in names if code == wanted or (number.isdigit() and code[:-2] == wanted)}
    if not hits and len(number) > 1 and entry.upper().startswith("WC"):
        hits = {code for code in names if code.startswith(wanted)}
    return hits or {code for code, name in names.items() if name == entry.lower()}
