from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import make_doc

from webcare_lint.patterns.finders import PatternFinder, _with_lists, make_finder
from webcare_lint.patterns.fold import fold
from webcare_lint.patterns.notation import NotationError, read
from webcare_lint.patterns.passage import NeedsParse, Passage
from webcare_lint.patterns.segments import clauses
from webcare_lint.patterns.several import Several, make_finders
from webcare_lint.patterns.specs import Action, BadPattern, FinderSpec, TooSlow

LISTS = {"kanaal": ["klantenservice", "live chat", "*formulier"], "wie": ["je", "u", "@kanaal"]}


def quotes(pattern: str, text: str) -> list[str]:
    return [text[s.start : s.end] for s in make_finder(pattern, LISTS).find(Passage(text))]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("bel ons", "Bel ons even.", ["Bel ons"]),
        ("bel|mail ons", "Mail  ons of bel ons", ["Mail  ons", "bel ons"]),
        ("bel", "We belden; bel-me-niet; @bel #bel", []),
        ("*formulier", "Vul het Klachtenformulier in", ["Klachtenformulier"]),
        ("zo'n", "zo’n ding", ["zo’n"]),
        ("voor", "vóór vrijdag", ["vóór"]),
        ("privébericht|één", "Stuur PRIVÉBERICHT één.", ["PRIVÉBERICHT", "één"]),
        ("vóór", "voor vrijdag", ["voor"]),
        ("mijn foto’s", "mijn foto's, mijn foto’s", ["mijn foto's", "mijn foto’s"]),
        ("privé*", "per privebericht", ["privebericht"]),
        ("neem .. contact op", "Neem even snel contact op", ["Neem even snel contact op"]),
        ("neem .. op", "Neem, als het kan, iets op", []),
        ("neem ... op", "Neem, als het kan, iets op", ["Neem, als het kan, iets op"]),
        ("neem ... op", "Neem dat. Ga op weg", []),
        ("bel even? ons", "Bel ons. Bel even ons.", ["Bel ons", "Bel even ons"]),
        ("even? bel", "even bel ik; bel", ["even bel", "bel"]),
        ("bel !niet ons", "bel ons", ["bel ons"]),
        ("!ik bel", "ik bel. bel", ["bel", "bel"]),
        ("bel !(niet|nooit) *", "bel niet, bel straks", ["bel straks"]),
        ("(neem contact op|bel) met", "neem contact op met ons of bel met hem", ["neem contact op met", "bel met"]),
        ("met @kanaal", "met live chat, met klantenservice", ["met live chat", "met klantenservice"]),
        ("@wie", "u, klantenservice", ["u", "klantenservice"]),
        ("bel {phone}", "bel 0900-1234 nu", ["bel 0900-1234"]),
        ("op {url}", "kijk op https://x.nl/bel ons", ["op https://x.nl/bel"]),
        ("bel", "zie https://x.nl/bel en bel@x.nl en {{bel}}", []),
        ("😉|😜", "Grapje 😜!", ["😜"]),
        ("{emoji}", "Top 👍🏽", ["👍🏽"]),
        ("^ bel", "Hoi Sanne, bel ons. Ik bel en bel", ["bel", "bel"]),
        ("bel $", "Ik bel niet vaak. Ik bel! 🙂", ["bel"]),
        ("gewoon , bel", "gewoon , bel; gewoon, bel", ["gewoon , bel", "gewoon, bel"]),
        ("wat ?", "wat? wat", ["wat?"]),
        ("{number} uur", "om 14.30 uur", ["14.30 uur"]),
        ("om {time}|({number} uur)", "om 14u30, om 9 uur, om 10:15", ["om 14u30", "om 9 uur", "om 10:15"]),
        ("{date}", "op 12/3 of 4-5-2026, niet 24/7-lijn", ["12/3", "4-5-2026"]),
    ],
)  # fmt: skip
def test_plain_patterns(pattern: str, text: str, expected: list[str]) -> None:
    assert quotes(pattern, text) == expected


@pytest.mark.parametrize(
    "pattern",
    ["", "..", "bel ..", "bel (ons", "bel ons)", "@nergens", "{nergens}", "<bel", "<>", "even?", "!ik", "bel|", "a [b]", "()"],
)
def test_wrong_patterns_say_where(pattern: str) -> None:
    with pytest.raises(NotationError) as caught:
        read(pattern, LISTS)
    assert 0 <= caught.value.at <= len(pattern)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("bel ...? ons", "bij .. en ... hoort geen ? of !"),
        ("bel .. !niet ons", "zet dat woord onder unless"),
        ("bel even? !ons", "zet dat woord onder unless"),
        ("bel … ons", "schrijf drie punten (...)"),
        ("bel..ons", ".. en ... staan los"),
        ("bel... ons", ".. en ... staan los"),
        ("(bel ..) ons", ".. en ... staan los"),
        ("^bel", "achter ^ hoort een spatie: '^ bel'"),
        ("je ^ bel", "^ staat alleen vooraan"),
        ("bel$", "$ staat los en achteraan"),
        ("bel|mail|$", "$ staat los en achteraan"),
        ("{phone", "schrijf {phone}"),
        ("{number}e", "{…} staat los"),
        ("“bel”", "gekrulde aanhalingstekens"),
        ("‘bel ons’", "gekrulde aanhalingstekens"),
        ("VERB[Mood=imp]", "schrijf Mood=Imp"),
        ("<bellen>[Mood=Imp,Number=sing]", "schrijf Number=Sing"),
        ("VERBB", "bedoel je VERB?"),
        ("ons @kop", "@kop: ^ staat alleen vooraan"),
    ],
)
def test_what_could_never_be_found_says_what_was_meant(pattern: str, says: str) -> None:
    with pytest.raises(NotationError) as caught:
        read(pattern, {"kop": ["^ bel"]})
    assert says in caught.value.text.nl
    assert caught.value.text.en != caught.value.text.nl


@pytest.mark.parametrize("pattern", ["tja...", "tja…|hm…", "kost $ 5", "{number} (€|$)", "zeg “bel” ons", "ANWB", "’s avonds"])
def test_what_may_be_found_is_no_mistake(pattern: str) -> None:
    read(pattern)


@pytest.mark.parametrize("verb", ["belt", "bel*", "<bellen>", "bellen|mailen", "contact opnemen", "@wie"])
def test_an_action_does_whole_verbs(verb: str) -> None:
    with pytest.raises(BadPattern, match="is no infinitive"):
        make_finder(FinderSpec(action=Action(does=[verb])), LISTS)


def test_a_list_may_not_contain_itself() -> None:
    with pytest.raises(NotationError):
        read("@a", {"a": ["@b"], "b": ["@a"]})


def _doc(text: str) -> Passage:
    rows = {
        "Zet het door en bel .": (
            ("Zet", "door_zetten", "VERB", "Mood=Imp|VerbForm=Fin", 0, "ROOT"),
            ("het", "het", "PRON", "Person=3", 0, "obj"),
            ("door", "door", "ADP", "", 0, "compound:prt"),
            ("en", "en", "CCONJ", "", 4, "cc"),
            ("bel", "bel", "NOUN", "Number=Sing", 0, "conj"),
            (".", ".", "PUNCT", "", 0, "punct"),
        )
    }
    passage = Passage(text)
    passage.doc = make_doc(*rows[text])
    return passage


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("<doorzetten>", ["Zet"]),
        ("<doorzetten> .. door", ["Zet het door"]),
        ("VERB[Mood=Imp]", ["Zet"]),
        ("VERB[Mood=Ind]", []),
        ("NOUN", ["bel"]),
        ("<doorzetten|bellen>[VerbForm=Fin] het", ["Zet het"]),
        ("het ADP en", ["het door en"]),
        ("!het NOUN", ["bel"]),
        ("<doorzetten> !het", []),
        ("<doorzetten> !ons", ["Zet"]),
        ("het ADP !NOUN", ["het door"]),
        ("NOUN .", ["bel ."]),
        ("^ VERB", ["Zet"]),
    ],
)
def test_patterns_over_the_parse(pattern: str, expected: list[str]) -> None:
    passage = _doc("Zet het door en bel .")
    assert [passage.text[s.start : s.end] for s in make_finder(pattern, {}).find(passage)] == expected


LINES = (
    "-" * 2000,
    '"' * 2000,
    "_" * 2000,
    "– —" * 700,
    "a-" * 1000,
    "a' " * 700,
    "' -" * 700,
    "." * 2000 + "a",
    "._ " * 700,
    ".a" * 1000,
)


def test_no_gap_takes_its_time_over_odd_lines() -> None:
    # In a process of its own: a pattern that tries all ways to cut a line of dashes never comes back.
    code = f"""
from webcare_lint.patterns.compile import to_regex
from webcare_lint.patterns.notation import read
for pattern in ("had .. kunnen", "had ... kunnen", "(zo|had) ... (kunnen|mail) ... nu", "zo ... even? bellen .. nu"):
    for line in {LINES!r}:
        assert not to_regex(read(pattern), parsed=False).search(f"had {{line}} zo {{line}} had")
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_a_literal_at_sign_in_a_pattern_of_spacy_stays() -> None:
    lists = {"wie": ["je", "u"]}
    wanted = [{"ORTH": "@"}, {"LOWER": {"IN": ["je", "u"]}}]
    assert _with_lists([{"ORTH": "@"}, {"LOWER": {"IN": "@wie"}}], lists) == wanted


def test_lemmas_and_what_an_expression_needs_are_read_as_texts_are() -> None:
    passage = Passage("Coördineren doen we zo.")
    passage.doc = make_doc(
        ("Coördineren", "coördineren", "VERB", "", 0, "ROOT"),
        ("doen", "doen", "VERB", "", 0, "xcomp"),
        ("we", "we", "PRON", "", 1, "nsubj"),
        ("zo", "zo", "ADV", "", 1, "advmod"),
        (".", ".", "PUNCT", "", 0, "punct"),
    )
    assert list(make_finder("<Coördineren>", {}).find(passage)) == [(0, 11)]
    verbs = {"doen": ["@ook"], "ook": ["Coordineren"]}
    assert make_finder(FinderSpec(action=Action(does=["@doen"], who="anyone")), verbs).find(passage)
    assert make_finder(FinderSpec(regex="coördi", only_with=["Coördineren"]), {}).find(passage)


def test_patterns_of_spacy() -> None:
    passage = _doc("Zet het door en bel .")
    tokens = FinderSpec(tokens=[{"LEMMA": {"IN": ["door_zetten"]}}, {"POS": "PRON", "OP": "+"}])
    assert list(make_finder(tokens, {}).find(passage)) == [(0, 7)]
    from_list = FinderSpec(tokens=[{"LOWER": {"IN": "@x"}}])
    assert list(make_finder(from_list, {"x": ["het", "live chat"]}).find(passage)) == [(4, 7)]
    assert list(make_finder(from_list, {"x": ["@y"], "y": ["het"]}).find(passage)) == [(4, 7)]
    with pytest.raises(NotationError):
        make_finder(from_list, {})
    arcs = FinderSpec(dependency=[
        {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"POS": "VERB"}},
        {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "object", "RIGHT_ATTRS": {"DEP": "obj"}},
    ])  # fmt: skip
    assert list(make_finder(arcs, {}).find(passage)) == [(0, 7)]


def test_what_needs_the_parse_asks_for_it() -> None:
    passage = Passage("Bel ons.")
    with pytest.raises(NeedsParse):
        make_finder("<bellen> ons", {}).find(passage)
    # … but not when a word that it needs is not there
    assert list(make_finder("<bellen> klantenservice", {}).find(passage)) == []
    action = FinderSpec(action=Action(does=["bellen"], with_=["klantenservice"]))
    assert list(make_finder(action, {}).find(passage)) == []


def test_a_word_without_end_takes_little_memory_and_long_anchors_still_hold() -> None:
    passage = Passage("x" * 40_000)
    assert len(passage.starts) + len(passage.ends) < 100
    for line in ("a" * 50 + "*", "*" + "a" * 50):
        assert quotes(line, "a" * 55) == ["a" * 55]
        assert quotes(line, "a" * 45) == []


def test_a_regex_has_a_mark_and_a_time_limit() -> None:
    finder = make_finder(FinderSpec(regex=r"zeg (?P<mark>nooit)"), {})
    assert list(finder.find(Passage("Zeg NOOIT nooit"))) == [(4, 9)]
    slow = make_finder(FinderSpec(regex=r"(x+x+)+(?<!a)y"), {})
    with pytest.raises(TooSlow):
        slow.find(Passage("x" * 5000))
    with pytest.raises(BadPattern):
        make_finder(FinderSpec(regex="("), {}).validate()  # type: ignore[attr-defined]
    with pytest.raises(BadPattern):
        make_finder(FinderSpec(regex="a", tokens=[]), {})


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    passage = Passage(text)
    assert len(passage.plain) == len(passage.shape) == len(text)


WORDS = ["bel", "ons", "even", ",", "klantenservice", "live", "chat", "U", "niet.", "Formulier", "webformulier", "😉", "{{naam}}",
         "z.s.m.", "q&a", "q&a's", "e-mails", "e-mail's", "info@ons"]  # fmt: skip
PATTERNS = [
    "bel ons", "bel .. ons", "bel ... u", "@kanaal", "bel even? ons|u", "(live chat|u) !niet *", "*formulier", "bel , ons",
    "z.s.m.", "q&a|faq", "e-mail*", "info@*", "{emoji}", "ons z.s.m.",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from(PATTERNS))
def test_anchors_never_hide_a_match(words: list[str], pattern: str) -> None:
    passage = Passage(" ".join(words))
    finder = PatternFinder(read(pattern, LISTS))
    if finder._regex.search(passage.plain):
        assert finder.might_match(passage)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hoi Sanne! Wat fijn.", ["Hoi Sanne!", "Wat fijn."]),
        ("Kom om 14.30 uur, d.w.z. op tijd.", ["Kom om 14.30 uur, d.w.z. op tijd."]),
        ("Zie nr. 5 en nu.nl. Tot dan!! 🙂 ^EK", ["Zie nr. 5 en nu.nl.", "Tot dan!! 🙂", "^EK"]),
        ("Top 😉 Dat doen we", ["Top 😉", "Dat doen we"]),
        ("Top 😉 zeg", ["Top 😉 zeg"]),
        ("Een\nregel die doorloopt.\n\nNieuw", ["Een\nregel die doorloopt.", "Nieuw"]),
        ("1. Zet uit.\n2. Zet aan.", ["1. Zet uit.", "2. Zet aan."]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in Passage(text).sentences] == expected


def test_clauses_and_scopes() -> None:
    text = "Ik bel je, maar bel ons als het niet lukt. Doei."
    passage = Passage(text)
    parts = [text[s.start : s.end].strip(" ,") for s in clauses(passage.shape, passage.sentences[0])]
    assert parts == ["Ik bel je", "maar bel ons", "als het niet lukt."]
    ons = passage.sentences[0]._replace(start=text.index("ons"), end=text.index("ons") + 3)
    assert text[slice(*passage.scope(ons, "clause"))] == "maar bel ons"
    assert text[slice(*passage.scope(ons, "before"))] == "Ik bel je, maar bel "
    assert text[slice(*passage.scope(ons, "after"))] == " als het niet lukt. Doei."
    assert text[slice(*passage.scope(ons, "reply"))] == text


@settings(deadline=None)  # on a busy machine the first texts take long
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12), min_size=1, max_size=30))
def test_finders_asked_as_one_find_what_each_finds(texts: list[list[str]]) -> None:
    each = [PatternFinder(read(pattern, LISTS)) for pattern in PATTERNS]
    several = Several(each)
    for words in texts * 3:  # from some number of texts on there is an index
        passage = Passage(" ".join(words))
        assert several.find(passage) == sorted({span for finder in each for span in finder.find(passage)})


def test_what_needs_no_parse_is_asked_first() -> None:
    plain, parsed = make_finders(["bel", "<bellen> ons", "chat", "<mailen> ons"], LISTS)
    assert (plain.needs_parse, parsed.needs_parse) == (False, True)
    assert make_finders(["bel"], LISTS)[0].find(Passage("bel ons")) == [(0, 3)]
