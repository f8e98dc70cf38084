"""Which codes a setting such as ``2``, ``WC2``, ``WC201`` or ``bel-ons`` stands for."""

from __future__ import annotations

import re
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
            text = unknown_code(entry, names)
            raise ConfigError(Text(f"{option}: {text.nl}", f"{option}: {text.en}"))
        found |= hits
    return found


_RANGE = re.compile(r"(?:WC)?\d+ ?[-–] ?(?:WC)?\d+", re.IGNORECASE)
_LETTERS = str.maketrans("OIL", "011")
"""What is typed for a digit."""


def unknown_code(entry: str, names: Mapping[str, str]) -> Text:
    """What is wrong with an entry that stands for no code, with the code or name that was meant where one is near."""
    nl, en = f"onbekende code {entry!r}", f"unknown code {entry!r}"
    if _RANGE.fullmatch(entry):
        return Text(f"{nl}; noem ze één voor één, met komma's ertussen", f"{en}; name them one by one, with commas between them")
    code = entry.upper()
    code = "WC" + code.removeprefix("WC").translate(_LETTERS)
    # Another digit makes another code, and no typo; the cutoffs leave a letter too many or too few.
    near = nearest(code, list(names), cutoff=0.9) or nearest(entry.lower(), list(names.values()), cutoff=0.8)
    if near:
        return Text(f"{nl}; bedoel je {near}?", f"{en}; did you mean {near}?")
    if entry.isdigit():
        return Text(
            f"{nl}; geboden zijn 1 tot en met 10, richtlijnen 11, LanguageTool 12",
            f"{en}; commandments are 1 to 10, guidelines 11, LanguageTool 12",
        )
    return Text(f"{nl}; `webcare-lint rules list` toont ze allemaal", f"{en}; `webcare-lint rules list` shows them all")


def is_single(entry: str, names: Mapping[str, str]) -> bool:
    """Whether an entry names one code itself, and not all of a prefix or commandment."""
    return entry.upper() in names or entry.lower() in names.values()


def codes_for(entry: str, names: Mapping[str, str]) -> set[str]:
    """The codes of one commandment, one prefix, one code or one name; none when there are no such codes."""
    wanted = f"WC{entry}" if entry.isdigit() else entry.upper()
    number = wanted.removeprefix("WC")
    # The last two digits count within a commandment: WC1 is the first commandment and not also the tenth.
    hits = {code for code in names if code == wanted or (number.isdigit() and code[:-2] == wanted)}
    if not hits and len(number) > 1 and entry.upper().startswith("WC"):
        hits = {code for code in names if code.startswith(wanted)}
    return hits or {code for code, name in names.items() if name == entry.lower()}
