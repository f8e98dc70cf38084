"""Runs the examples that stand in the rules: bad ones must be found on the marked words, good ones not at all."""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

from webcare_lint.channels import Counting
from webcare_lint.checks.base import Example
from webcare_lint.checks.exchange import Exchange, NeedsReading, Parse, Read, Turn
from webcare_lint.errors import RuleError, Text, WebcareLintError
from webcare_lint.model import Library
from webcare_lint.nl.clear import clear, cleared
from webcare_lint.nl.placeholders import by_name
from webcare_lint.patterns.passage import NeedsParse, Passage
from webcare_lint.rulebook.book import CompiledRule, Rulebook
from webcare_lint.text import SourceMap, Span

_MARK = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LEAST = 3
"""Examples that a rule needs of either kind."""


class Outcome(Struct):
    examples: int = 0
    failures: list[WebcareLintError] = field(default_factory=list)


def test_examples(rules: Rulebook, parse: Parse, read: Read = lambda _: []) -> Outcome:  # noqa: PT028
    """Try every example of every rule, each on its own rule alone."""
    outcome = Outcome()
    for compiled in rules:
        for kind in ("bad", "good"):
            examples: list[str | Example] = getattr(compiled.rule.examples, kind)
            if len(examples) < LEAST:
                text = Text(f"{compiled.code} heeft minder dan {LEAST} voorbeelden onder {kind}",
                            f"{compiled.code} has fewer than {LEAST} {kind} examples")  # fmt: skip
                outcome.failures.append(_error(compiled, text, kind))
            for index, raw in enumerate(examples):
                outcome.examples += 1
                trouble = _try(compiled, raw, kind == "bad", parse, read)
                if trouble:
                    outcome.failures.append(_error(compiled, trouble, kind, index))
    return outcome


def _try(compiled: CompiledRule, raw: str | Example, bad: bool, parse: Parse, read: Read) -> Text | None:
    example, wanted = marked(raw)
    customer = Passage(cleared(example.customer)) if example.customer else None
    counting = Counting(placeholders=by_name(dict.fromkeys(example.placeholders)))
    clean = clear(example.reply) or SourceMap.verbatim(example.reply)
    written = example.reply if example.reply != clean.text else ""
    exchange = Exchange(Passage(clean.text), customer, example.channel or "x", counting, written=written)
    _surround(exchange, example, compiled)
    spans = _places(compiled, exchange, parse, read)
    found = sorted(clean.to_source(span) if span.end > span.start else span for span in spans)
    quotes = [example.reply[a:b] for a, b in found]
    shown = ", ".join(f"“{quote}”" for quote in quotes) or "–"
    if not bad:
        if found and not any(quotes):
            return Text(
                f"{compiled.code} meldt hier dat er iets ontbreekt, maar dit is een goed voorbeeld: {example.reply}",
                f"{compiled.code} tells that something is missing here, but this is a good example: {example.reply}",
            )
        if found:
            return Text(f"{compiled.code} vindt hier {shown}, maar dit is een goed voorbeeld: {example.reply}",
                        f"{compiled.code} finds {shown} here, but this is a good example: {example.reply}")  # fmt: skip
        return None
    if not found:
        return Text(f"{compiled.code} vindt hier niets: {example.reply}", f"{compiled.code} finds nothing here: {example.reply}")
    if compiled.rule.roughly and (not wanted or any(a < d and c < b for a, b in found for c, d in wanted)):
        return None
    if wanted and found != wanted:
        expected = ", ".join(f"“{example.reply[a:b]}”" for a, b in wanted)
        return Text(f"{compiled.code} vindt {shown} in plaats van {expected}: {example.reply}",
                    f"{compiled.code} finds {shown} instead of {expected}: {example.reply}")  # fmt: skip
    if not wanted and any(a < b for a, b in found):
        return Text(f"{compiled.code} vindt {shown}; markeer die woorden met **: {example.reply}",
                    f"{compiled.code} finds {shown}; mark those words with **: {example.reply}")  # fmt: skip
    return None


def marked(example: str | Example) -> tuple[Example, list[tuple[int, int]]]:
    """An example without its ``**``, and the spans that stood between them."""
    made = example if isinstance(example, Example) else Example(reply=example)
    spans, parts, at, length = [], [], 0, 0
    for match in _MARK.finditer(made.reply):
        before, inside = made.reply[at : match.start()], match.group(1)
        parts += [before, inside]
        length += len(before)
        spans.append((length, length + len(inside)))
        length += len(inside)
        at = match.end()
    parts.append(made.reply[at:])
    return replace(made, reply="".join(parts)), spans


def _places(compiled: CompiledRule, exchange: Exchange, parse: Parse, read: Read) -> list[Span]:
    while True:
        try:
            return [hit.span for hit in compiled.check(exchange) if not hit.exempt]
        except NeedsParse as needs:
            for passage, doc in zip(needs.passages, parse([p.text for p in needs.passages]), strict=True):
                passage.doc = doc
        except NeedsReading:
            (exchange.given_reading,) = read([(exchange.reply.text, exchange.customer.text if exchange.customer else None)])


def _surround(exchange: Exchange, example: Example, compiled: CompiledRule) -> None:
    """Put what the example says around the reply into the exchange."""
    exchange.unanswered = compiled.rule.about_unanswered
    for said in example.history:
        if said.customer is not None:
            exchange.history = [*exchange.history, Turn("customer", Passage(cleared(said.customer)))]
        if said.organisation is not None:
            exchange.history = [*exchange.history, Turn("organisation", Passage(cleared(said.organisation)))]
    if example.library:
        texts = [*example.library, example.reply]
        exchange.library = Library(tuple((str(number), text) for number, text in enumerate(texts, start=1)))
        exchange.place = len(texts) - 1


def _error(compiled: CompiledRule, text: Text, kind: str, index: int | None = None) -> WebcareLintError:
    at: tuple[str | int, ...] = ("rules", compiled.index, "examples", kind)
    error = compiled.located.error(RuleError, text, at if index is None else (*at, index))
    error.source_line = None
    return error
