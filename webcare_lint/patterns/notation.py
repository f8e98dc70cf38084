"""The notation of pattern lines, such as ``had|hadden je|u ... <lezen>|@weten`` (docs/writing-rules.md explains it).

==================  =========================================================================
``bel|mail``        a word or the other, in any case; ``*`` stands for any letters: ``*formulier``
``<bellen>``        any form of a word, by its lemma; needs the parse
``VERB``            a word of that class (Universal POS tags); needs the parse
``…[Mood=Imp]``     with those features, behind a lemma or a word class
``@kanaal``         an entry of a word list
``{url}``           url, email, phone, mention, hashtag, emoji, emoticon, placeholder, signature, number, time, date
``(a b|c)``         one sequence or the other
``x?`` ``!x``       perhaps; not here
``..`` ``...``      up to 3 words of the clause; up to 8 words of the sentence
``^`` ``$``         at the start of a clause (first in the line); at the end of a sentence (last)
``,`` ``?`` ``!``   that very mark, standing alone
==================  =========================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from webcare_lint.errors import Text
from webcare_lint.patterns.mistakes import PatternError, Place, in_curly_quotes, meant, no_list
from webcare_lint.patterns.nodes import (
    CLASSES,
    FEATURES,
    MARKS,
    UPOS,
    Choice,
    Class,
    Gap,
    Item,
    Lemma,
    Mark,
    Node,
    Pattern,
    Tag,
    Word,
)


class NotationError(PatternError):
    """A pattern line that cannot be read; ``at`` is the offset of the trouble in the line."""

    def __init__(self, text: Text, at: int, entry: Place = None) -> None:
        super().__init__(text, entry)
        self.at = at


_ATOM_END = re.compile(r"[\s|()]")
_FEATURES = re.compile(r"\[([^\]]*)\]")

Lists = Mapping[str, Sequence[str]]


def read(line: str, lists: Lists | None = None) -> Pattern:
    """Read a pattern line; ``lists`` are the word lists that ``@name`` may name.

    Raises:
        NotationError: saying what is wrong and where in the line.
    """
    body = line.strip()
    start = body.startswith("^ ")
    end = body.endswith(" $")
    offset = line.find(body) if body else 0
    inner = body[2 if start else 0 : len(body) - (2 if end else 0)]
    reader = _Reader(inner, lists or {}, base=offset + (2 if start else 0))
    items = reader.sequence(in_group=False)
    if not any(not item.optional and not item.negated and not isinstance(item.node, Gap) for item in items):
        text = Text("een patroon heeft minstens één verplicht woord nodig", "a pattern needs at least one required word")
        raise NotationError(text, offset)
    if isinstance(items[0].node, Gap) or isinstance(items[-1].node, Gap):
        text = Text(
            "een patroon begint en eindigt met een woord, niet met ..", "a pattern starts and ends with a word, not with .."
        )
        raise NotationError(text, offset)
    return Pattern(items, start, end)


_WHOLE_LIST = re.compile(r"@([^\s|()?]+)")


def entries(line: str, lists: Lists) -> Iterator[str]:
    """The line itself, or where it is a whole ``@list`` what stands in that, and in the lists that it names.

    Raises:
        NotationError: for a list that is unknown or contains itself.
    """
    return (entry for entry, _ in placed_entries(line, lists))


def placed_entries(line: str, lists: Lists, seen: tuple[str, ...] = (), place: Place = None) -> Iterator[tuple[str, Place]]:
    """The same, each with the name of its list and its number there.

    Raises:
        NotationError: for a list that is unknown or contains itself.
    """
    whole = _WHOLE_LIST.fullmatch(line) if line.startswith("@") else None
    if whole is None:
        yield line, place
        return
    name = whole[1]
    if name not in lists or name in seen:
        raise NotationError(no_list(name, lists), 0, place)
    for number, entry in enumerate(lists[name]):
        yield from placed_entries(entry, lists, (*seen, name), (name, number))


class _Reader:
    """A small recursive-descent reader over one line."""

    def __init__(self, line: str, lists: Lists, base: int, seen: tuple[str, ...] = ()) -> None:
        self.line, self.lists, self.base, self.seen = line, lists, base, seen
        self.at = 0

    def fail(self, nl: str, en: str) -> NotationError:
        return NotationError(Text(nl, en), self.base + self.at)

    def skip_spaces(self) -> None:
        while self.at < len(self.line) and self.line[self.at].isspace():
            self.at += 1

    def peek(self) -> str:
        return self.line[self.at] if self.at < len(self.line) else ""

    def sequence(self, *, in_group: bool) -> tuple[Item, ...]:
        if not in_group and (quoted := in_curly_quotes(self.line)):
            raise self.fail(*quoted)
        items: list[Item] = []
        while True:
            self.skip_spaces()
            char = self.peek()
            if not char or (in_group and char in "|)"):
                return tuple(items)
            if char == ")":
                raise self.fail("een ) zonder (", "a ) without a (")
            items.append(self.item(in_group=in_group))
            if items[-1].negated and len(items) > 1 and (items[-2].optional or isinstance(items[-2].node, Gap)):
                raise self.fail(
                    "een ! vlak achter .., ... of een woord met ? houdt niets tegen; zet dat woord onder unless",
                    "a ! right behind .., ... or a word with ? stops nothing; put that word under unless",
                )

    def item(self, *, in_group: bool) -> Item:
        negated = False
        if self.peek() == "!" and self.line[self.at + 1 : self.at + 2].strip():
            negated = True
            self.at += 1
        nodes = [self.atom()]
        while not in_group and self.peek() == "|":
            self.at += 1
            nodes.append(self.atom())
        optional = False
        if self.peek() == "?" and not isinstance(nodes[-1], Mark):
            optional = True
            self.at += 1
        node = nodes[0] if len(nodes) == 1 else Choice(tuple((Item(n),) for n in nodes))
        if isinstance(node, Gap) and (optional or negated):
            raise self.fail(
                "bij .. en ... hoort geen ? of !; die zijn al misschien", ".. and ... take no ? or !; they are optional already"
            )
        return Item(node, optional, negated)

    def atom(self) -> Node:
        char = self.peek()
        if char == "(":
            return self.group()
        rest = self.line[self.at :]
        if rest.startswith("...") and not rest[3:4].strip(" ?"):
            self.at += 3
            return Gap(8, crosses_commas=True)
        if rest.startswith("..") and not rest[2:3].strip(" ?"):
            self.at += 2
            return Gap(3, crosses_commas=False)
        if char in MARKS and not rest[1:2].strip("|) "):
            self.at += 1
            return Mark(char)
        if char == "<":
            return self.lemma()
        stop = _ATOM_END.search(self.line, self.at)
        raw = self.line[self.at : stop.start() if stop else len(self.line)]
        if raw.endswith("?"):
            raw = raw[:-1]
        if not raw:
            raise self.fail("hier ontbreekt een woord", "a word is missing here")
        node = self.named(raw)
        self.at += len(raw)
        return node

    def named(self, raw: str) -> Node:
        if raw.startswith("@"):
            return self.word_list(raw[1:])
        if raw.startswith("{") and raw.endswith("}"):
            if raw[1:-1] not in CLASSES:
                known = ", ".join(CLASSES)
                raise self.fail(f"onbekende soort {raw}; bekend: {known}", f"unknown class {raw}; known: {known}")
            return Class(raw[1:-1])
        bare = _FEATURES.sub("", raw)
        if bare in UPOS:
            return Tag(bare, self.features(raw))
        if "[" in raw or "<" in raw or ">" in raw:
            raise self.fail(f"{raw!r} is geen woord", f"{raw!r} is no word")
        wrong = meant(raw, self.line[self.at + len(raw) :]) if raw != "$" or self.at else None
        if wrong:
            raise self.fail(*wrong)
        return Word(raw)

    def group(self) -> Choice:
        opened = self.at
        self.at += 1
        options = []
        while True:
            options.append(self.sequence(in_group=True))
            char = self.peek()
            self.at += 1
            if char == ")":
                break
            if not char:
                self.at = opened
                raise self.fail("deze ( wordt niet gesloten", "this ( is not closed")
        if not all(options):
            self.at = opened
            raise self.fail("een lege keuze tussen haakjes", "an empty option in the group")
        return Choice(tuple(options))

    def lemma(self) -> Lemma:
        close = self.line.find(">", self.at)
        if close < 0:
            raise self.fail("deze < wordt niet gesloten", "this < is not closed")
        lemmas = tuple(part.strip() for part in self.line[self.at + 1 : close].split("|"))
        if not all(lemmas):
            raise self.fail("een leeg lemma", "an empty lemma")
        self.at = close + 1
        match = _FEATURES.match(self.line, self.at)
        features = self.features(match.group()) if match else ()
        self.at = match.end() if match else self.at
        return Lemma(lemmas, features)

    def features(self, raw: str) -> tuple[str, ...]:
        match = _FEATURES.search(raw)
        if not match:
            return ()
        pairs = tuple(part.strip() for part in match.group(1).split(","))
        if not all(re.fullmatch(r"\w+=\w+", pair) for pair in pairs):
            raise self.fail(f"{match.group()} is geen [Naam=Waarde]", f"{match.group()} is no [Name=Value]")
        for name, _, value in (pair.partition("=") for pair in pairs):
            if name not in FEATURES:
                known = ", ".join(sorted(FEATURES))
                raise self.fail(f"onbekend kenmerk {name}; bekend: {known}", f"unknown feature {name}; known: {known}")
            if value[0].islower():
                meant = f"{name}={value.capitalize()}"
                raise self.fail(
                    f"een waarde begint met een hoofdletter: schrijf {meant}", f"a value starts with a capital: write {meant}"
                )
        return pairs

    def word_list(self, name: str) -> Node:
        if name not in self.lists or name in self.seen:
            raise self.fail(*no_list(name, self.lists))
        options = []
        for number, entry in enumerate(self.lists[name]):
            inner = _Reader(entry, self.lists, self.base + self.at, (*self.seen, name))
            try:
                options.append(inner.sequence(in_group=False))
            except NotationError as error:
                place = error.entry or (name, number)
                text = Text(f"@{name}: {error.text.nl}", f"@{name}: {error.text.en}")
                raise NotationError(text, self.base + self.at, place) from error
        if not all(options):
            raise self.fail(f"lijst @{name} is leeg", f"list @{name} is empty")
        return Choice(tuple(options))
