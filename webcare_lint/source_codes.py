"""The codes that no rule finds: trouble with the source itself (``WC0xx``), and what LanguageTool remarks (``WC12xx``)."""

from __future__ import annotations

from collections.abc import Mapping

from webcare_lint.errors import Text
from webcare_lint.model import RuleInfo

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

LANGUAGETOOL_CODES: Mapping[str, RuleInfo] = {
    info.code: info
    for info in (
        RuleInfo(
            code="WC1201",
            name="spelling",
            commandment=None,
            level="warning",
            message=Text("Een woord dat verkeerd gespeld, verwisseld of gesplitst is.", "A misspelt, confused or split word."),
            why=Text(
                "Een spelfout leidt af van wat je zegt, en iedereen leest mee. Gemeld door LanguageTool.",
                "A spelling mistake draws the eye away from what you say, and everybody reads along. Reported by LanguageTool.",
            ),
        ),
        RuleInfo(
            code="WC1202",
            name="grammatica",
            commandment=None,
            level="warning",
            message=Text("Een zin die grammaticaal niet klopt.", "A sentence that is not grammatical."),
            why=Text(
                "Wie moet raden hoe een zin bedoeld is, vraagt het nog een keer. Gemeld door LanguageTool.",
                "Whoever has to guess what a sentence means asks again. Reported by LanguageTool.",
            ),
        ),
        RuleInfo(
            code="WC1203",
            name="typografie",
            commandment=None,
            level="advice",
            message=Text("Een leesteken, hoofdletter of spatie.", "Punctuation, a capital or a space."),
            why=Text(
                "Leestekens, hoofdletters en spaties laten een antwoord vlot lezen. Gemeld door LanguageTool.",
                "Punctuation, capitals and spaces make a reply easy to read. Reported by LanguageTool.",
            ),
        ),
        RuleInfo(
            code="WC1204",
            name="stijl",
            commandment=None,
            level="advice",
            message=Text("Een woord of zin die beter kan.", "A word or sentence that could be better."),
            why=Text(
                "Gewone, korte woorden komen eerder over. Gemeld door LanguageTool.",
                "Plain, short words get across sooner. Reported by LanguageTool.",
            ),
        ),
        RuleInfo(
            code="WC1205",
            name="taal",
            commandment=None,
            level="advice",
            message=Text("Iets anders in de taal van het antwoord.", "Something else in the language of the reply."),
            why=Text(
                "Het valt onder geen van de andere soorten. Gemeld door LanguageTool.",
                "It is of none of the other kinds. Reported by LanguageTool.",
            ),
        ),
    )
}
"""In play only where LanguageTool is asked for."""

UNRULED_CODES: Mapping[str, RuleInfo] = {**SOURCE_CODES, **LANGUAGETOOL_CODES}
