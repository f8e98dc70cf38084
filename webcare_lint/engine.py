"""Runs a rulebook over replies.

Every rule is tried at once on the plain text; a rule that turns out to need the parse or the reading says so (``NeedsParse``,
``NeedsReading``) and waits until the replies of the batch that need one have been parsed or read together. What rules that go by
words find is read as well, for the reader may doubt it, whatever rules are in play. So nothing is parsed or read that no rule and
no finding asks for, and no model is imported when none does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from msgspec.structs import replace

from webcare_lint.channels import Counting
from webcare_lint.checks.exchange import Exchange, NeedsReading, Parse, Read, Turn
from webcare_lint.checks.gate import READABLE, Gate
from webcare_lint.errors import Text
from webcare_lint.model import LEVELS, Failure, Hit, Level, Reply, is_about_source
from webcare_lint.nl.clear import clear, cleared, composed
from webcare_lint.patterns.anchor import Index
from webcare_lint.patterns.passage import NeedsParse, Passage
from webcare_lint.patterns.specs import TIME_LIMIT, TooSlow
from webcare_lint.reader.encoder import Pair
from webcare_lint.reader.read import Reading
from webcare_lint.rulebook import CompiledRule, Rulebook
from webcare_lint.text import LineIndex, SourceMap, Span

BATCH = 128
"""Replies that are parsed together."""
LONGEST_REPLY = 100_000
"""Characters; no channel takes more, and what is longer is no reply."""
OWN_TEXTS = 10
"""Passages with the same text that a rule may bring itself; one that asks more often makes them anew each time, for ever."""

_Outcome = tuple[Reply, list[tuple[CompiledRule, Hit]], list[Failure]]
_Try = tuple[CompiledRule, Exchange, _Outcome]
"""A rule to be tried on an exchange, and where what it finds goes."""


class _Waiting:
    """The rules that are to be tried again, and what they ask for: parses of passages, readings of exchanges.

    ``asked`` counts, over all rounds of a batch, how often a rule asked for the parse of the same texts.
    """

    def __init__(self, asked: Counter[tuple[str, int, tuple[str, ...]]]) -> None:
        self._asked = asked
        self.tries: list[_Try] = []
        self.unparsed: dict[int, Passage] = {}
        self.unread: dict[int, tuple[Exchange, _Outcome]] = {}

    def for_parse(self, needs: NeedsParse, again: _Try) -> None:
        rule, exchange, _ = again
        key = (rule.code, id(exchange), tuple(passage.text for passage in needs.passages))
        self._asked[key] += 1
        if self._asked[key] > exchange.passages + OWN_TEXTS:
            raise RuntimeError(f"{rule.code} asks for the parse of one text again and again") from needs
        self.tries.append(again)
        self.unparsed |= {id(passage): passage for passage in needs.passages}

    def for_reading(self, again: _Try) -> None:
        _, exchange, outcome = again
        self.tries.append(again)
        self.unread[id(exchange)] = (exchange, outcome)


class Engine:
    """A rulebook at work."""

    def __init__(
        self,
        rulebook: Rulebook | Callable[[], Rulebook],
        parse: Parse,
        read: Read | None = None,
        *,
        channel: str = "x",
        counting: Counting | None = None,
        gates: Mapping[str, Gate] | None = None,
    ) -> None:
        self._given = rulebook
        self._gates = gates
        self._parse = parse
        self._read = read or _unread
        self._channel = channel
        self._counting = counting or Counting()

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules, read when the first one has a chance."""
        return self._given() if callable(self._given) else self._given

    @cached_property
    def _index(self) -> Index[str]:
        return Index({code: gate.reply for code, gate in (self._gates or {}).items()})

    def _with_a_chance(self, exchange: Exchange) -> Iterable[CompiledRule]:
        if self._gates is None:
            return self.rulebook
        said = self._index.open(exchange.reply)
        open_ = [code for code, gate in self._gates.items() if code in said and gate.opens(exchange)]
        return [self.rulebook.rules[code] for code in open_] if open_ else ()

    def check(
        self, replies: Iterable[Reply], path: str, lines: LineIndex
    ) -> Iterator[tuple[Reply, list[tuple[str, Hit]], list[Failure]]]:
        """Check replies, in order: each with what was found, by code, and what could not be checked."""
        waiting = iter(replies)
        while batch := list(islice(waiting, BATCH)):
            for reply, hits, failures in self._check_batch(batch, path, lines):
                yield reply, [(rule.code, hit) for rule, hit in hits], failures

    def _check_batch(self, batch: Sequence[Reply], path: str, lines: LineIndex) -> list[_Outcome]:
        outcomes: list[_Outcome] = [(reply, [], []) for reply in batch]
        opened: list[tuple[Exchange, SourceMap | None, _Outcome]] = []
        said: dict[str, Passage] = {}
        for outcome in outcomes:
            reply, _, failures = outcome
            if len(reply.text) > LONGEST_REPLY:
                failures.append(_too_long(reply, path, lines))
                continue
            read = clear(reply.text)
            opened.append((self._exchange(reply, read, said), read, outcome))
        self._try_all([(rule, exchange, it) for exchange, _, it in opened for rule in self._with_a_chance(exchange)], path, lines)
        self._give_readings([(exchange, outcome) for exchange, _, outcome in opened if _unweighed(exchange, outcome)])
        for _, unlike, (reply, hits, _) in opened:
            if unlike:
                hits[:] = [(rule, _in_reply(hit, unlike, reply.text)) for rule, hit in hits]
        return outcomes

    def _try_all(self, todo: Sequence[_Try], path: str, lines: LineIndex) -> None:
        """Try rules, in rounds: those that wait for a parse or a reading are tried again once it is there."""
        asked: Counter[tuple[str, int, tuple[str, ...]]] = Counter()
        while todo:
            waiting = _Waiting(asked)
            for rule, exchange, outcome in todo:
                reply, hits, failures = outcome
                try:
                    hits += [(rule, hit) for hit in _hits(rule, exchange)]
                except NeedsParse as needs:
                    waiting.for_parse(needs, (rule, exchange, outcome))
                except NeedsReading:
                    waiting.for_reading((rule, exchange, outcome))
                except TooSlow:
                    failures.append(_too_slow(rule, reply, path, lines))
            if waiting.unparsed:
                self._give_parses(list(waiting.unparsed.values()))
            else:  # readings come last: they weigh what the other rules found
                self._give_readings(list(waiting.unread.values()))
            todo = waiting.tries

    def _give_parses(self, passages: Sequence[Passage]) -> None:
        for passage, doc in zip(passages, self._parse([passage.text for passage in passages]), strict=True):
            passage.doc = doc

    def _give_readings(self, unread: Sequence[tuple[Exchange, _Outcome]]) -> None:
        pairs = [(e.reply.text, e.customer.text if e.customer else None) for e, _ in unread]
        readings = self._read(pairs) if pairs else []
        for (exchange, (_, hits, _)), reading in zip(unread, readings, strict=True):
            weighed = [(rule, hit, _weighed(rule, hit, reading)) for rule, hit in hits]
            hits[:] = [(rule, hit if level != "advice" else replace(hit, level=level)) for rule, hit, level in weighed if level]
            heard: dict[int, Level] = {}
            for rule, _, level in sorted(weighed, key=lambda found: -LEVELS.index(found[2] or "advice")):
                if rule.commandment:
                    heard[rule.commandment] = level or "advice"
            exchange.heard, exchange.given_reading = heard, reading

    def _exchange(self, reply: Reply, read: SourceMap | None, said: dict[str, Passage]) -> Exchange:
        """What the rules look at; ``said`` are earlier messages, looked at once for all replies of a thread."""
        asked = cleared(reply.customer or "")
        said.update((each.text, Passage(cleared(each.text))) for each in reply.history if each.text not in said)
        history = [Turn(message.author, said[message.text]) for message in reply.history]
        return Exchange(Passage(read.text if read else reply.text), Passage(asked) if asked.strip() else None,
                        reply.channel or self._channel, self._counting, history,
                        reply.unanswered, reply.library, reply.place, reply.text if read else "")  # fmt: skip


def _in_reply(hit: Hit, read: SourceMap, text: str) -> Hit:
    """The hit in offsets of the reply itself; without a fix that would take signs of Markdown along."""
    span = read.to_source(hit.span) if hit.span.end > hit.span.start else hit.span
    if hit.fix is None:
        return replace(hit, span=span)
    edits = tuple(replace(edit, span=read.to_source(edit.span)) for edit in hit.fix.edits)
    shown = read.text
    whole = all(
        composed(text[slice(*new.span)]) == shown[slice(*old.span)] for new, old in zip(edits, hit.fix.edits, strict=True)
    )
    return replace(hit, span=span, fix=replace(hit.fix, edits=edits) if whole else None)


def _weighed(rule: CompiledRule, hit: Hit, reading: Reading) -> Level | None:
    """The level of a hit, after the reader has had its say; nothing where it is dismissed."""
    level = hit.level or rule.rule.level
    return reading.level(rule.commandment, level) if _doubtful(rule, hit) else level


def _doubtful(rule: CompiledRule, hit: Hit) -> bool:
    return rule.commandment is not None and rule.rule.doubtful and not rule.own and not hit.certain


def _unweighed(exchange: Exchange, outcome: _Outcome) -> bool:
    """Whether the reader may doubt something that was found, and no rule had it read."""
    return exchange.given_reading is None and any(_doubtful(*found) for found in outcome[1]) and READABLE.opens(exchange)


def _unread(pairs: Sequence[Pair]) -> list[Reading]:
    """Readings in which nothing is found, for an engine without a reader."""
    return [Reading(len(reply), len(customer or "")) for reply, customer in pairs]


def _hits(rule: CompiledRule, exchange: Exchange) -> Iterable[Hit]:
    """What a rule finds outside placeholders, which are no words of the writer's; trouble with the source may lie inside one."""
    fields = [Span(mask.start, mask.end) for mask in exchange.reply.masks if mask.kind.startswith("placeholder")]
    for hit in rule.check(exchange):
        if hit.span.end <= hit.span.start or is_about_source(rule.code) or not any(f.contains(hit.span) for f in fields):
            yield hit


def _failure(reply: Reply, path: str, lines: LineIndex, text: Text) -> Failure:
    place = lines.position(reply.start)
    return Failure(path, place.line, place.column, text)


def _too_slow(rule: CompiledRule, reply: Reply, path: str, lines: LineIndex) -> Failure:
    code, name, limit = rule.rule.code, rule.rule.name, f"{TIME_LIMIT:g}"
    return _failure(reply, path, lines, Text(
        f"regel {code} {name} is gestopt: zijn reguliere expressie duurde langer dan {limit} s op antwoord {reply.id}",
        f"rule {code} {name} was stopped: its regular expression took more than {limit} s on reply {reply.id}",
    ))  # fmt: skip


def _dutch(number: str) -> str:
    return number.replace(",", ".")


def _too_long(reply: Reply, path: str, lines: LineIndex) -> Failure:
    count, most = f"{len(reply.text):,}", f"{LONGEST_REPLY:,}"
    return _failure(reply, path, lines, Text(
        f"antwoord {reply.id} telt {_dutch(count)} tekens en is niet gecontroleerd; het maximum is {_dutch(most)}",
        f"reply {reply.id} has {count} characters and was not checked; the maximum is {most}",
    ))  # fmt: skip
