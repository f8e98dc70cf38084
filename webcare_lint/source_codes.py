"""The codes ``WC0xx``: trouble with the source itself, found by readers and filters instead of rules."""

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
