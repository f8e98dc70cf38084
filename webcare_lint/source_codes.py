"""The codes that no rule finds: trouble with the source itself (``WC0xx``), and what LanguageTool remarks (``WC12xx``)."""

from __future__ import annotations

from collections.abc import Mapping

from webcare_lint.errors import Text
from webcare_lint.model import Level, RuleInfo

UNUSED_SUPPRESSION = "WC002"

SOURCE_CODES: Mapping[str, RuleInfo] = {
    info.code: info
    for info in (
        RuleInfo(
            code=UNUSED_SUPPRESSION,
            name="negeert-niets",
            commandment=None,
            level="warning",
            message=Text("“{entry}” negeert hier niets.", "“{entry}” suppresses nothing here."),
            why=Text(
                "Het antwoord is al verbeterd, of de code klopt niet. Haal de uitzondering weg of verbeter de code; "
                "anders verbergt ze straks een echte fout.",
                "The reply was improved already, or the code is wrong. Remove the exception or correct its code; "
                "else it will hide a real error.",
            ),
        ),
    )
}


def _remark(code: str, name: str, level: Level, message: Text, why: Text) -> RuleInfo:
    said = Text(f"{why.nl} Gemeld door LanguageTool.", f"{why.en} Reported by LanguageTool.")
    return RuleInfo(code=code, name=name, commandment=None, level=level, message=message, why=said)


_REMARKS = (
    _remark("WC1201", "spelling", "warning",
            Text("Een woord dat verkeerd gespeld, verwisseld of gesplitst is.", "A misspelt, confused or split word."),
            Text("Een spelfout leidt af van wat je zegt, en iedereen leest mee.",
                 "A spelling mistake draws the eye away from what you say, and everybody reads along.")),
    _remark("WC1202", "grammatica", "warning",
            Text("Een zin die grammaticaal niet klopt.", "A sentence that is not grammatical."),
            Text("Wie moet raden hoe een zin bedoeld is, vraagt het nog een keer.",
                 "Whoever has to guess what a sentence means asks again.")),
    _remark("WC1203", "typografie", "advice",
            Text("Een leesteken, hoofdletter of spatie die niet klopt.", "Punctuation, a capital or a space that is not right."),
            Text("Leestekens, hoofdletters en spaties laten een antwoord vlot lezen.",
                 "Punctuation, capitals and spaces make a reply easy to read.")),
    _remark("WC1204", "stijl", "advice",
            Text("Een woord of zin die beter kan.", "A word or sentence that could be better."),
            Text("Gewone, korte woorden komen eerder over.", "Plain, short words get across sooner.")),
    _remark("WC1205", "taal", "advice",
            Text("Iets anders in de taal van het antwoord.", "Something else in the language of the reply."),
            Text("Het valt onder geen van de andere soorten.", "It is of none of the other kinds.")),
)  # fmt: skip
LANGUAGETOOL_CODES: Mapping[str, RuleInfo] = {info.code: info for info in _REMARKS}
"""In play only where LanguageTool is asked for."""

UNRULED_CODES: Mapping[str, RuleInfo] = {**SOURCE_CODES, **LANGUAGETOOL_CODES}

IGNORING = ("negeer", "ignore")
"""What asks to keep quiet."""
YES = frozenset(("true", "ja", "yes"))
VAGUE = frozenset((*IGNORING, "webcare-lint", *YES))
"""What asks to ignore and does not say what."""
