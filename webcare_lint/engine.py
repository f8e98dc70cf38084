"""Runs a rulebook over replies and turns hits into diagnostics.

Every rule is tried at once on the plain text; a rule that turns out to need the parse says so (``NeedsParse``) and waits until
the replies of the batch that need one have been parsed together. So nothing is parsed that no rule asks for, and spaCy is not
imported when none does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from webcare_lint.channels import Counting
from webcare_lint.checks.base import Exchange, Turn
from webcare_lint.errors import Language, Text
from webcare_lint.filters import without_doubles
from webcare_lint.model import Diagnostic, Document, Failure, Hit, Level, Reply
from webcare_lint.patterns.finders import TIME_LIMIT, TooSlow
from webcare_lint.patterns.passage import NeedsParse, Passage
from webcare_lint.rulebook import CompiledRule, Rulebook
from webcare_lint.text import LineIndex, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

BATCH = 128
"""Replies that are parsed together."""
LONGEST_REPLY = 100_000
"""Characters; no channel takes more, and what is longer is no reply."""

Parser = Callable[[Sequence[str]], Iterable["Doc"]]


class Engine:
    """A rulebook at work."""

    def __init__(
        self,
        rulebook: Rulebook,
        parse: Parser,
        *,
        language: Language = "nl",
        channel: str = "x",
        counting: Counting | None = None,
        level_of: Callable[[str, Level], Level] = lambda _, level: level,
    ) -> None:
        self.rulebook = rulebook
        self._parse = parse
        self._language: Language = language
        self._channel = channel
        self._counting = counting or Counting()
        self._level_of = level_of

    def check(self, document: Document) -> Iterator[tuple[Reply, list[Diagnostic], list[Failure]]]:
        """Check the replies of a document, in order: each with its findings and what could not be checked."""
        lines = LineIndex(document.text)
        replies = iter(document.replies)
        while batch := list(islice(replies, BATCH)):
            for reply, hits, failures in self._check_batch(batch, document.path, lines):
                found = (self._diagnostic(rule, hit, reply, document.path, lines) for rule, hit in hits)
                yield reply, without_doubles(found), failures

    def _check_batch(
        self, batch: Sequence[Reply], path: str, lines: LineIndex
    ) -> list[tuple[Reply, list[tuple[CompiledRule, Hit]], list[Failure]]]:
        outcomes = []
        waiting: list[tuple[CompiledRule, Exchange, int]] = []
        wanted: dict[int, Passage] = {}
        for number, reply in enumerate(batch):
            outcome: tuple[Reply, list[tuple[CompiledRule, Hit]], list[Failure]] = (reply, [], [])
            outcomes.append(outcome)
            if len(reply.text) > LONGEST_REPLY:
                outcome[2].append(_too_long(reply, path, lines))
                continue
            exchange = self._exchange(reply)
            for rule in self.rulebook:
                try:
                    outcome[1].extend((rule, hit) for hit in rule.check(exchange))
                except NeedsParse as needs:
                    waiting.append((rule, exchange, number))
                    wanted[id(needs.passage)] = needs.passage
                except TooSlow:
                    outcome[2].append(_too_slow(rule, reply, path, lines))
        while waiting:
            passages = list(wanted.values())
            for passage, doc in zip(passages, self._parse([p.text for p in passages]), strict=True):
                passage.doc = doc
            again, waiting, wanted = waiting, [], {}
            for rule, exchange, number in again:
                reply, hits, failures = outcomes[number]
                try:
                    hits.extend((rule, hit) for hit in rule.check(exchange))
                except NeedsParse as needs:  # the customer's message after the reply
                    waiting.append((rule, exchange, number))
                    wanted[id(needs.passage)] = needs.passage
                except TooSlow:
                    failures.append(_too_slow(rule, reply, path, lines))
        return outcomes

    def _exchange(self, reply: Reply) -> Exchange:
        customer = Passage(reply.customer) if reply.customer else None
        history = [Turn(message.author, Passage(message.text)) for message in reply.history]
        return Exchange(Passage(reply.text), customer, reply.channel or self._channel, self._counting, history,
                        reply.unanswered, reply.library, reply.id)  # fmt: skip

    def _diagnostic(self, rule: CompiledRule, hit: Hit, reply: Reply, path: str, lines: LineIndex) -> Diagnostic:
        spec, language = rule.rule, self._language
        absent = hit.span.end <= hit.span.start
        span = Span(0, len(reply.text)) if absent else hit.span
        quote = "" if absent else reply.text[span.start : span.end]
        place = reply.source.to_source(span)
        sentence = Passage(reply.text).sentence(span) if spec.echo else ""
        values = {**hit.values, "quote": quote, "sentence": sentence.rstrip(" .!?…\n")}
        suggestions = spec.suggestions.nl if language == "nl" else spec.suggestions.en
        return Diagnostic(
            code=spec.code,
            name=spec.name,
            commandment=rule.commandment,
            level=self._level_of(spec.code, spec.level),
            message=_fill(spec.message.text.in_(language), values),
            why=spec.why.text.in_(language),
            path=path,
            reply_id=reply.id,
            message_index=reply.message_index,
            start=lines.position(place.start),
            end=lines.position(place.end),
            reply_span=span,
            quote=quote,
            suggestions=tuple(suggestions),
            echo=_fill(spec.echo.text.in_(language), values) if spec.echo else None,
            reply=reply.text,
        )


def _fill(template: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        template = template.replace("{" + name + "}", value)
    return template


def _failure(reply: Reply, path: str, lines: LineIndex, text: Text) -> Failure:
    place = lines.position(reply.source.to_source(Span(0, 1)).start)
    return Failure(path, place.line, place.column, text)


def _too_slow(rule: CompiledRule, reply: Reply, path: str, lines: LineIndex) -> Failure:
    code, name, limit = rule.rule.code, rule.rule.name, f"{TIME_LIMIT:g}"
    return _failure(reply, path, lines, Text(
        f"regel {code} {name} is gestopt: zijn reguliere expressie duurde langer dan {limit} s op antwoord {reply.id}",
        f"rule {code} {name} was stopped: its regular expression took more than {limit} s on reply {reply.id}",
    ))  # fmt: skip


def _too_long(reply: Reply, path: str, lines: LineIndex) -> Failure:
    count = f"{len(reply.text):,}".replace(",", ".")
    return _failure(reply, path, lines, Text(
        f"antwoord {reply.id} telt {count} tekens en is niet gecontroleerd; het maximum is {LONGEST_REPLY // 1000}.000",
        f"reply {reply.id} has {count} characters and was not checked; the maximum is {LONGEST_REPLY // 1000}.000",
    ))  # fmt: skip
