"""Clauses set into other replies: the words that show a break are still the ones that are marked."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from training.reader.records import COMMANDMENTS, Record
from training.reader.splice import Clause, Splicer, breaking, sentences, set_in

TWO, SIX = COMMANDMENTS.index(2), COMMANDMENTS.index(6)
HOST = Record(
    "h",
    "Hoi Noor! De monteur komt donderdag om 10 uur, met een nieuwe kabel bij zich. Daarna meet hij de lijn. Doet de tv het "
    "dan nog niet, meld het hier en ik kijk mee tot hij het doet. Groetjes, Sam",
    "Mijn tv doet het niet",
    {},
    "h",
)


def record(key: str, reply: str, number: int, quote: str) -> Record:
    start = reply.index(quote)
    return Record(key, reply, None, {number: ((start, start + len(quote)),)}, key)


BAD = [
    record("a", "Dag Piet. Daarvoor kun je bellen met onze klantenservice. Fijne dag!", TWO, "bellen met onze klantenservice"),
    record("b", "Dat had je kunnen lezen in de mail. Hij komt morgen.", SIX, "Dat had je kunnen lezen"),
]


def sure(records: Sequence[Record]) -> list[list[float]]:
    signs = {TWO: "klantenservice", SIX: "had je"}
    return [[3.0 if signs.get(n, "?!") in r.reply else -5.0 for n in range(len(COMMANDMENTS))] for r in records]


def test_sentences_stand_where_they_stood() -> None:
    text = "Hoi Noor! Het is 3.5 uur later… echt waar?\n\nGroet 🙂"
    assert [text[a:b] for a, b in sentences(text)] == ["Hoi Noor!", "Het is 3.5 uur later…", "echt waar?", "Groet 🙂"]


def test_a_clause_takes_along_the_words_that_break() -> None:
    (clause,) = breaking(BAD[0])
    assert clause.text == "Daarvoor kun je bellen met onze klantenservice."
    ((start, end),) = clause.broken[TWO]
    assert clause.text[start:end] == "bellen met onze klantenservice"


@pytest.mark.parametrize("seed", range(40))
def test_what_is_marked_stays_marked_however_it_is_woven_in(seed: int) -> None:
    rng = random.Random(seed)
    (first,), (second,) = breaking(BAD[0]), breaking(BAD[1])
    made = set_in(HOST, first, rng.randrange(0, 6), rng, "x")
    made = set_in(made, second, rng.randrange(0, 6), rng, "y")
    ((start, end),) = made.broken[TWO]
    assert made.reply[start:end] == "bellen met onze klantenservice"
    ((start, end),) = made.broken[SIX]
    assert made.reply[start:end].lower() == "dat had je kunnen lezen"
    assert made.customer == HOST.customer
    for word in ("donderdag om 10 uur", "nieuwe kabel", "Groetjes, Sam"):
        assert word.lower() in made.reply.lower()


def test_a_lot_has_as_many_of_each_and_fine_ones_beside() -> None:
    lot = Splicer([HOST, *BAD], sure, random.Random(1)).draw(4, 3, random.Random(2))
    assert [sorted(r.broken) for r in lot] == [[TWO], [SIX], [TWO], [SIX], [], [], []]
    assert all(len(r.reply) > len(HOST.reply) for r in lot)
    assert Splicer([HOST], sure, random.Random(1)).draw(4, 3, random.Random(2)) == []


def test_a_third_of_them_breaks_two_things() -> None:
    text = HOST.reply.replace("Groetjes", "Dat had je kunnen lezen. Groetjes")
    lot = Splicer([HOST, *BAD, record("c", text, SIX, "Dat had je kunnen lezen")], sure, random.Random(1))
    drawn = lot.draw(6, 0, random.Random(2))
    assert sum({TWO, SIX} == set(r.broken) or len(r.broken.get(SIX, ())) > 1 for r in drawn) == 2
    for each in drawn:
        quotes = {each.reply[start:end].lower() for places in each.broken.values() for start, end in places}
        assert quotes <= {"bellen met onze klantenservice", "dat had je kunnen lezen"}


def test_every_set_phrase_is_set_in_once() -> None:
    phrases = [Clause("Komt voor de bakker!", {SIX: ((0, 20),)}), Clause("We kijken uit naar je komst", {})]
    lot = Splicer([HOST, *BAD], sure, random.Random(1), phrases).draw(0, 0, random.Random(2))
    assert [sorted(r.broken) for r in lot] == [[SIX], []]
    ((start, end),) = lot[0].broken[SIX]
    assert lot[0].reply[start:end].lower().startswith("komt voor de bakker")
    assert "kijken uit naar je komst" in lot[1].reply


def test_a_clause_without_words_before_or_after_stands_alone() -> None:
    host = Record("h", "Donderdag komt hij", None, {}, "h")
    made = set_in(host, Clause("Bel ons even.", {TWO: ((0, 7),)}), 1, random.Random(0), "x")
    ((start, end),) = made.broken[TWO]
    assert made.reply[start:end].lower() == "bel ons"
