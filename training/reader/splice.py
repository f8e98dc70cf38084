"""A clause of one reply set into another: what breaks a commandment breaks it amid good help too, and what is fine stays fine.

Long replies are rare in the corpus, and one bad clause in a long good reply rarer still. The texts that come out hang together
badly, the broken ones no worse than the good ones. Set phrases that the corpus hardly has (``phrases.jsonl``) go in likewise.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from training.reader.records import COMMANDMENTS, CORPUS, Record

PHRASES = CORPUS / "phrases.jsonl"

_ONE, _FIVE, _SEVEN, _NINE = (COMMANDMENTS.index(number) for number in (1, 5, 7, 9))
_BY_WORDS = tuple(COMMANDMENTS.index(number) for number in (1, 2, 3, 6, 7, 10))
"""What a clause can break by its own words, wherever it stands."""
_STAYS = frozenset((*_BY_WORDS, _NINE))
"""What a reply still breaks when more is said in it."""
_KNOWN = frozenset(range(len(COMMANDMENTS))) - {_FIVE}
"""What is sure of a spliced reply: a word of sympathy may have come in twice."""
_SENTENCE = re.compile(r"(?:[^.?!…\n]|[.?!…](?=\w))+[.?!…]*")
_SIGNED = re.compile(r"[\^~]|\b(?:groet|groeten|groetjes|mvg|team)\b", re.IGNORECASE)
_GREETED = re.compile(r"^\W*(?:hoi|hey|hi|hallo|dag|beste|geachte|goede\w+|@)", re.IGNORECASE)
_COMES_BACK = re.compile(r"\b(?:hoort?|leest?|weten|bericht|terug|belt?|mailt?|laat)\b", re.IGNORECASE)
_IN_NEED = re.compile(r"\?|\b(?:niet|geen|niks|kapot|stuk|weer|nog|te laat|kwijt|wacht)", re.IGNORECASE)
_WORDS = range(3, 33)
"""How many a clause has that is set in."""
_HOST = 30
"""Words that a good reply has at least into which one is set …"""
_BROKEN_HOST = 18
"""… and one that breaks something else already: of two breaks in a reply, a reader that has seen few doubts the second."""
_SURE = -0.8
"""The logit from which a clause by itself is taken to break what its reply breaks …"""
_CLEAN = -1.5
"""… and the one under which it is taken to be fine in any reply."""
_PHRASE_HOST = 8
"""Words that a good reply has at least into which a set phrase is set."""
_ASKED = 9000
"""Clauses of either sort that are judged by themselves, at most."""

Judge = Callable[[Sequence[Record]], Sequence[Sequence[float]]]
"""What the network makes of replies: a logit per commandment."""


class Clause(NamedTuple):
    """A sentence and, per commandment that it breaks, the places in it of the words that show it."""

    text: str
    broken: dict[int, tuple[tuple[int, int], ...]]


class Splicer:
    """Replies with a clause set in, a new lot at each call."""

    def __init__(self, records: Sequence[Record], judge: Judge, rng: random.Random, phrases: Sequence[Clause] = ()) -> None:
        labelled = [record for record in records if record.known is None]
        clean = [record for record in labelled if not record.broken]
        self._hosts = [r for r in clean if _holds(r, _HOST)]
        self._short_hosts = [r for r in clean if len(r.reply.split()) >= _PHRASE_HOST]
        self._phrases = phrases
        self._broken_hosts = [r for r in labelled if r.broken and _STAYS.issuperset(r.broken) and _holds(r, _BROKEN_HOST)]
        bad = _some([clause for record in labelled for clause in breaking(record)], rng)
        good = _some([clause for record in clean for clause in harmless(record)], rng)
        self._good = [c for c, logits in zip(good, _alone(good, judge), strict=True) if max(logits) < _CLEAN]
        sure = [c for c, logits in zip(bad, _alone(bad, judge), strict=True) if all(logits[n] > _SURE for n in c.broken)]
        self._bad = {n: found for n in _BY_WORDS if (found := [c for c in sure if n in c.broken])}
        self._jokes = [clause for clause in (*self._bad.get(_ONE, ()), *phrases) if set(clause.broken) == {_ONE}]

    def draw(self, broken: int, clean: int, rng: random.Random) -> list[Record]:
        """So many that break something, each commandment as often and a third of them two, and so many that break nothing.

        Beside these one with each set phrase.
        """
        if not (self._hosts and self._good and self._bad):
            return []
        numbers = list(self._bad)
        return [
            *(self._broken(numbers[i % len(numbers)], i // len(numbers) % 3 == 0, f"splice-{i}", rng) for i in range(broken)),
            *(self._fine(i % 8 == 0, f"plain-{i}", rng) for i in range(clean)),
            *(self._with(phrase, f"phrase-{i}", rng) for i, phrase in enumerate(self._phrases)),
        ]

    def _broken(self, number: int, second: bool, key: str, rng: random.Random) -> Record:
        host = self._host(number, self._broken_hosts if second and self._broken_hosts else self._hosts, rng)
        host = self._longer(host, rng)
        return set_in(host, rng.choice(self._bad[number]), _place(host, number, rng), rng, key)

    def _with(self, phrase: Clause, key: str, rng: random.Random) -> Record:
        number = next(iter(phrase.broken), None)
        hosts = self._hosts if rng.random() < 0.3 else self._short_hosts
        host = rng.choice(hosts) if number is None else self._host(number, hosts, rng)
        return set_in(host, phrase, _place(host, number, rng), rng, key)

    def _fine(self, joke: bool, key: str, rng: random.Random) -> Record:
        host = self._longer(rng.choice(self._hosts), rng)
        count = len(sentences(host.reply))
        if joke and self._jokes:  # after the help it is fine
            return set_in(host, Clause(rng.choice(self._jokes).text, {}), count, rng, key)
        return set_in(host, rng.choice(self._good), rng.randrange(1, count + 1), rng, key)

    def _host(self, number: int, hosts: Sequence[Record], rng: random.Random) -> Record:
        """One in which a clause that breaks the commandment does so: no outcome comes back, and nobody is content anyway."""
        host = rng.choice(hosts)
        for _ in range(20):
            promised = number == _SEVEN and _COMES_BACK.search(host.reply)
            content = number == _ONE and not (host.customer and _IN_NEED.search(host.customer))
            if not promised and not content:
                break
            host = rng.choice(hosts)
        return host

    def _longer(self, host: Record, rng: random.Random) -> Record:
        for _ in range(rng.choice((0, 1, 1, 2, 3))):
            host = set_in(host, rng.choice(self._good), rng.randrange(1, len(sentences(host.reply)) + 1), rng, host.id)
        return host


def set_phrases(path: Path = PHRASES) -> list[Clause]:
    """Phrases that break a commandment in whatever reply they stand (1: before the help), and such as never do."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Clause(line["text"], {COMMANDMENTS.index(line["breaks"]): ((0, len(line["text"])),)} if line["breaks"] else {})
        for line in lines
    ]


def sentences(text: str) -> list[tuple[int, int]]:
    """The places of the sentences of a text, without the space around them."""
    found = []
    for match in _SENTENCE.finditer(text):
        words = match.group().strip()
        if re.search(r"\w", words):
            start = match.start() + match.group().index(words)
            found.append((start, start + len(words)))
    return found


def breaking(record: Record) -> Iterator[Clause]:
    """The sentences of a reply that hold the quoted words of what it breaks."""
    for start, end in sentences(record.reply):
        inside = {
            n: tuple((max(a, start) - start, min(b, end) - start) for a, b in places if a < end and b > start)
            for n, places in record.broken.items()
            if n in _BY_WORDS
        }
        inside = {n: places for n, places in inside.items() if places}
        if inside and _fits(record.reply[start:end]):
            yield Clause(record.reply[start:end], inside)


def harmless(record: Record) -> Iterator[Clause]:
    """The sentences of a good reply, but for greeting and signature."""
    texts = (record.reply[start:end] for start, end in sentences(record.reply))
    return (Clause(text, {}) for text in texts if _fits(text))


def set_in(host: Record, clause: Clause, at: int, rng: random.Random, key: str) -> Record:
    """``clause`` set before sentence ``at`` of the reply: as a sentence of its own, or woven into the one before or after it."""
    places = sentences(host.reply)
    place = places[at][0] if at < len(places) else places[-1][1]
    left, right = host.reply[:place], host.reply[place:]
    words = clause.text
    bare = words.rstrip(".…")
    plain, asks = left.rstrip().endswith("."), words.endswith(("?", "!"))
    way = rng.choice(("own", "own", "before", "after", "aside"))
    if way == "before" and plain and words[0].isupper() and not words[:2].isupper():
        left = left.rstrip()[:-1] + rng.choice((", en ", ", maar ", "; ", ", al ", " - "))
        shown, tail = bare[0].lower() + bare[1:], words[len(bare) :] or "."
    elif way == "after" and not asks and right[:1].isupper() and not right[:2].isupper() and at < len(places):
        shown, tail = bare, rng.choice((", maar ", ", en ", ", dus ", "; "))
        right = right[0].lower() + right[1:]
    elif way == "aside" and plain and not asks:
        left = left.rstrip()[:-1] + " ("
        shown, tail = bare[0].lower() + bare[1:], ")."
    else:
        left += "" if not left or left[-1].isspace() else " "
        shown, tail = words, "" if words.endswith((".", "?", "!", "…")) or rng.random() < 0.1 else "."
    if right and not right[0].isspace() and not tail.endswith(" "):
        tail += " "
    start, by = len(left), len(left) + len(shown) + len(tail) - place
    broken = {
        n: tuple(span if span[1] <= place else (span[0] + by, span[1] + by) for span in spans) for n, spans in host.broken.items()
    }
    for n, spans in clause.broken.items():
        inside = tuple((start + a, start + min(b, len(shown))) for a, b in spans if a < len(shown))
        if inside:
            broken[n] = (*broken.get(n, ()), *inside)
    return replace(host, id=key, reply=left + shown + tail + right, broken=broken, group=key, known=_KNOWN, overlooked={})


def _place(host: Record, number: int | None, rng: random.Random) -> int:
    """Before which sentence a clause is set that breaks this: a joke only before the help."""
    if number == _ONE:
        return 1 if _GREETED.search(host.reply) else rng.choice((0, 1, 1))
    return rng.randrange(1, len(sentences(host.reply)) + 1)


def _holds(record: Record, words: int) -> bool:
    return len(record.reply.split()) >= words and len(sentences(record.reply)) > 2


def _fits(text: str) -> bool:
    return len(text.split()) in _WORDS and not _GREETED.search(text) and not _SIGNED.search(text)


def _some(clauses: list[Clause], rng: random.Random) -> list[Clause]:
    return rng.sample(clauses, min(len(clauses), _ASKED))


def _alone(clauses: Sequence[Clause], judge: Judge) -> Sequence[Sequence[float]]:
    return judge([Record(str(n), clause.text, None, {}, str(n)) for n, clause in enumerate(clauses)])
