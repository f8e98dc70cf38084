"""The explanation of a finding, in Markdown."""

from __future__ import annotations

import re

from webcare_lint.errors import Language, Text
from webcare_lint.lsp.findings import ALOUD, TRY
from webcare_lint.model import Diagnostic
from webcare_lint.names import COMMANDMENTS, LEVEL_NAMES
from webcare_lint.rulebook import CompiledRule

_COMMANDMENT = Text("Gebod", "Commandment")
_FOUND = Text("Liever niet", "Rather not")
_CLEAN = Text("Wel goed", "Fine")
_SPECIAL = re.compile(r"([\\`*_<>\[\]#|])")


def explanation(found: Diagnostic, rule: CompiledRule | None, language: Language) -> str:
    """What is wrong, why, what to write instead, and an example of either kind."""
    parts = [f"**{found.code} {found.name}** · {LEVEL_NAMES[found.level].in_(language)}"]
    if found.commandment:
        parts.append(f"{_COMMANDMENT.in_(language)} {found.commandment}: {COMMANDMENTS[found.commandment].in_(language)}")
    parts += [_plain(found.message), _plain(found.why)]
    if found.echo:
        parts.append(f"{ALOUD.in_(language)}: *“{_plain(found.echo)}”*")
    parts += [f"{TRY.in_(language)}: “{_plain(suggestion)}”" for suggestion in found.suggestions]
    if rule:
        for title, examples in ((_FOUND, rule.rule.examples.bad), (_CLEAN, rule.rule.examples.good)):
            first = next((e if isinstance(e, str) else e.reply for e in examples), "")
            if first.strip():
                # The marked words stand between ** already.
                parts.append(f"{title.in_(language)}: {first if '**' in first else _plain(first)}")
    return "\n\n".join(parts)


def _plain(text: str) -> str:
    """Words that Markdown shows as they are."""
    return _SPECIAL.sub(r"\\\1", text)
