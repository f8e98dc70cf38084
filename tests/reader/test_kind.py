"""The kind of rule on top of the reader, with readings made by hand."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from webcare_lint.checks.exchange import Exchange, NeedsReading
from webcare_lint.checks.reader import Reads, strongest
from webcare_lint.errors import Text
from webcare_lint.finding import diagnostic
from webcare_lint.model import Hit, Reply, RuleInfo
from webcare_lint.patterns.passage import Passage
from webcare_lint.reader.encoder import Raw
from webcare_lint.reader.pieces import Piece
from webcare_lint.reader.read import Reading
from webcare_lint.reader.vote import Voices, Weights
from webcare_lint.text import LineIndex, SourceMap, Span

REPLY = "Hoi Marc, dat staat toch in de mail."
TEXT = {"nl": "x", "en": "x"}
RULE: dict[str, Any] = {
    "code": "WC690", "name": "proef", "level": "warning", "kind": "reader", "message": TEXT, "why": TEXT, "suggestions": {},
    "examples": {"bad": [], "good": []}, "threshold": 0.5, "advice-from": 0.3,
}  # fmt: skip


def reading(logit: float, marked: str = "staat toch", mark: float = 3.0) -> Reading:
    """A reading of ``REPLY`` that thinks this of the sixth commandment, for these words."""
    start = REPLY.index(marked)
    raw = Raw([logit], [[-5.0], [mark]], [Piece(4, 0, 3), Piece(5, start, start + len(marked))])
    return Reading(len(REPLY), 0, {6: Voices(logit, 0.0, 0.0)}, {6: Weights(1.0, 0.0, 0.0, 1.0, 3.0, 0.0)}, raw, (6,))


def check(given: Reading | None, heard: dict[int, Any] | None = None, **changes: Any) -> list[Hit]:
    rule = msgspec.convert({**RULE, **changes}, Reads)
    exchange = Exchange(Passage(REPLY), given_reading=given, heard=heard or {})
    return list(rule.compile({})(exchange))


def test_without_a_reading_it_asks_for_one() -> None:
    with pytest.raises(NeedsReading):
        check(None)


def test_above_the_threshold_the_words_that_matter_are_marked() -> None:
    (hit,) = check(reading(1.0))
    assert REPLY[hit.span.start : hit.span.end] == "staat toch"
    assert hit.level is None


def test_between_advice_and_threshold_it_advises_and_below_says_nothing() -> None:
    (hit,) = check(reading(-0.4))
    assert hit.level == "advice"
    assert check(reading(-0.4), **{"advice-from": None}) == []
    assert check(reading(-2.0)) == []


def test_where_a_surer_rule_spoke_it_is_silent() -> None:
    assert check(reading(3.0), heard={6: "error"}) == []
    assert check(reading(3.0), heard={6: "warning"}) == []
    assert check(reading(3.0), heard={7: "error"}) != []


def test_advice_of_a_rule_tips_the_vote() -> None:
    (hit,) = check(reading(-0.4), heard={6: "advice"})
    assert hit.level is None


def test_what_is_missing_has_no_words() -> None:
    (hit,) = check(reading(3.0), whole=True)
    assert hit.span == Span(0, 0)
    (hit,) = check(reading(3.0, mark=-4.0))
    assert hit.span == Span(0, 0)


ASKED = "Wanneer komt het? Kan het ook 's avonds? Nr 8821."
SAY = {"nl": "Kijk nog eens naar “{overlooked}”.", "en": "Look again at “{overlooked}”."}


def asked(mark: float) -> list[Hit]:
    """What is found in ``REPLY`` to ``ASKED`` when its second question is marked so much, and the end of its first as well."""
    start, end = ASKED.index("Kan het"), ASKED.index(" Nr")
    pieces = [Piece(4, 0, 7), Piece(5, ASKED.index("het"), start), Piece(6, start, end)]
    raw = Raw([3.0], [], [], [[-5.0], [mark - 0.5], [mark]], pieces)
    read = Reading(len(REPLY), len(ASKED), {6: Voices(3.0, 0.0, 0.0)}, {6: Weights(1.0, 0.0, 0.0, 1.0, 3.0, 0.0)}, raw, (6,))
    rule = msgspec.convert({**RULE, "whole": True, "overlooked": SAY}, Reads)
    return list(rule.compile({})(Exchange(Passage(REPLY), Passage(ASKED), given_reading=read)))


def test_the_words_of_the_customer_that_lie_unanswered_are_quoted_from_one_sentence() -> None:
    (hit,) = asked(2.0)
    assert hit.span == Span(0, 0)
    assert hit.values == {"overlooked": "Kan het ook 's avonds?"}
    info = RuleInfo("WC690", "proef", 6, "warning", Text("Er blijft iets liggen.", "x"), Text("", ""), overlooked=Text(**SAY))
    found = diagnostic(info, hit, Reply(REPLY, customer=ASKED, source=SourceMap.verbatim(REPLY)), "-", LineIndex(REPLY), "nl")
    assert found.message == "Er blijft iets liggen. Kijk nog eens naar “Kan het ook 's avonds?”."


@pytest.mark.parametrize(
    ("customer", "marked", "quoted"),
    [
        ("Dit is al de tweede monteur, en hij vindt niks.", "al de tweede", "Dit is al de tweede monteur"),
        ("Kunt u mij zeggen of het bad open is?", "Kunt u mij", "Kunt u mij zeggen of het bad open is?"),
        ("Hoi, kan ik ook pinnen? Groet", "ook pinnen", "kan ik ook pinnen?"),
        ("Ik " + "bel en " * 9 + "mail al weken", "mail", "mail"),
    ],
)
def test_a_quote_does_not_stop_amid_a_clause(customer: str, marked: str, quoted: str) -> None:
    start = customer.index(marked)
    pieces = [Piece(4, 0, start), Piece(5, start, start + len(marked)), Piece(6, start + len(marked), len(customer))]
    raw = Raw([3.0], [], [], [[-5.0], [2.0], [-5.0]], pieces)
    read = Reading(len(REPLY), len(customer), {6: Voices(3.0, 0.0, 0.0)}, {6: Weights(1.0, 0.0, 0.0, 1.0, 3.0, 0.0)}, raw, (6,))
    rule = msgspec.convert({**RULE, "whole": True, "overlooked": SAY}, Reads)
    (hit,) = rule.compile({})(Exchange(Passage(REPLY), Passage(customer), given_reading=read))
    assert hit.values == {"overlooked": quoted}


def test_where_no_words_stand_out_none_are_quoted() -> None:
    (hit,) = asked(-3.0)
    assert hit.values == {}


def test_a_held_back_reply_breaks_nothing() -> None:
    assert check(Reading(len(REPLY))) == []


def test_conditions_hold_for_this_kind_too() -> None:
    assert check(reading(3.0), unless=[{"in": "reply", "find": ["mail"]}]) == []
    assert check(reading(3.0), **{"only-if": [{"in": "customer", "find": ["factuur"]}]}) == []


def weigh(text: str, **weights: float) -> list[float]:
    found = [0.0] * len(text)
    for word, weight in weights.items():
        start = text.index(word)
        found[start : start + len(word)] = [weight] * len(word)
    return found


def test_the_strongest_stretch_bridges_one_light_word_but_not_two() -> None:
    text = "a dat had je zelf kunnen lezen b"
    span = strongest(text, weigh(text, had=0.9, zelf=0.6, kunnen=0.5))
    assert text[span.start : span.end] == "had je zelf kunnen"
    span = strongest(text, weigh(text, had=0.9, kunnen=0.8))
    assert text[span.start : span.end] == "had"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Morgen. Al is het wat waard 🌴", "Al is het wat waard 🌴"),
        ("Lekker thuis, ‘zo’ dus", "Lekker thuis, ‘zo’ dus"),
        (".", ""),
    ],
)
def test_what_is_marked_begins_and_ends_with_a_word(text: str, marked: str) -> None:
    start = text.find(".") if "." in text else 0
    assert text[slice(*strongest(text, [0.0] * start + [0.9] * (len(text) - start)))] == marked


def test_half_a_word_marks_the_whole() -> None:
    text = "een klachtenformulier graag"
    span = strongest(text, [0.0] * 12 + [0.9] * 5 + [0.0] * (len(text) - 17))
    assert text[span.start : span.end] == "klachtenformulier"


@pytest.mark.parametrize("text", ["", "   ", "hoi daar"])
def test_without_weight_nothing_is_marked(text: str) -> None:
    assert strongest(text, [0.1] * len(text)) == Span(0, 0)
