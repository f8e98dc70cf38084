"""The ways of finding words in a passage. Each answers with spans of the passage and says whether it needs the parse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from webcare_lint.errors import Text
from webcare_lint.patterns.anchor import Anchor, best, either, of_needs
from webcare_lint.patterns.compile import anchors, to_regex
from webcare_lint.patterns.fold import fold
from webcare_lint.patterns.mistakes import no_lemma, no_regex
from webcare_lint.patterns.nodes import Choice, Item, Lemma, Pattern
from webcare_lint.patterns.notation import Lists, entries, read
from webcare_lint.patterns.passage import Passage
from webcare_lint.patterns.specs import TIME_LIMIT, Action, BadPattern, Finder, FinderSpec, TooSlow
from webcare_lint.text import Span, apart, word_before

if TYPE_CHECKING:
    from spacy.tokens import Token


class PatternFinder:
    """A pattern line."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self.needs_parse = pattern.needs_parse
        self.anchors: tuple[Anchor, ...] = anchors(pattern)

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return to_regex(self.pattern, parsed=self.needs_parse)

    def validate(self) -> None:
        """Raise ``BadPattern`` for a lemma that no word has, such as a participle."""
        for lemma in _lemmas(self.pattern.items):
            if wrong := no_lemma(lemma):
                raise BadPattern(wrong)

    def might_match(self, passage: Passage) -> bool:
        return all(anchor.holds(passage) for anchor in self.anchors)

    def find(self, passage: Passage) -> Sequence[Span]:
        if not self.might_match(passage):
            return ()
        if self.needs_parse:
            spans = self._find_parsed(passage)
        else:
            spans = [Span(*match.span()) for match in self._regex.finditer(passage.plain)]
        if self.pattern.at_clause_start:
            spans = [span for span in spans if _starts_clause(passage, span.start)]
        if self.pattern.at_sentence_end:
            spans = [span for span in spans if _ends_sentence(passage, span.end)]
        return spans

    def _find_parsed(self, passage: Passage) -> list[Span]:
        line, starts, ends = passage.annotated
        doc = passage.doc
        first, last = dict(zip(starts, doc, strict=True)), dict(zip(ends, doc, strict=True))
        spans = []
        for match in self._regex.finditer(line):
            begin, end = first[match.start()], last[match.end()]
            spans.append(Span(begin.idx, end.idx + len(end.text)))
        return spans


def _lemmas(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item.node, Lemma):
            yield from item.node.lemmas
        elif isinstance(item.node, Choice):
            for option in item.node.options:
                yield from _lemmas(option)


def _starts_clause(passage: Passage, at: int) -> bool:
    before = passage.plain[:at].rstrip()
    if any(clause.start == at for clause in passage.clauses) or not before or not before[-1].isalnum():
        return True
    return word_before(before, len(before)) in ("en", "of", "dan", "dus", "maar", "want")


def _ends_sentence(passage: Passage, at: int) -> bool:
    return not re.search(r"\w", passage.plain[at : passage.scope(Span(at - 1, at), "sentence").end])


class RegexFinder:
    needs_parse = False

    def __init__(self, expression: str, needs: Iterable[str] = ()) -> None:
        self._expression = expression
        self.anchors: tuple[Anchor, ...] = of_needs(needs)

    @cached_property
    def _regex(self) -> Any:
        import regex  # knows a time limit, which re does not

        try:
            return regex.compile(self._expression, regex.IGNORECASE)
        except regex.error as error:
            raise BadPattern(no_regex(error)) from error

    @cached_property
    def _group(self) -> str | int:
        return "mark" if "mark" in self._regex.groupindex else 0

    def validate(self) -> None:
        """Raises ``BadPattern`` for an expression that cannot be read."""
        _ = self._regex

    def find(self, passage: Passage) -> Sequence[Span]:
        if not all(anchor.holds(passage) for anchor in self.anchors):
            return ()
        try:
            return [
                Span(*match.span(self._group))
                for match in self._regex.finditer(passage.text, timeout=TIME_LIMIT)
                if match.end(self._group) > match.start(self._group)
            ]
        except TimeoutError as error:
            raise TooSlow from error


class TokensFinder:
    """A raw pattern of spaCy's ``Matcher`` or ``DependencyMatcher``."""

    needs_parse = True

    def __init__(self, pattern: list[dict[str, Any]], *, dependency: bool, lists: Lists) -> None:
        self.anchors: tuple[Anchor, ...] = ()
        self._pattern = _with_lists(pattern, lists)
        self._dependency = dependency

    @cached_property
    def _matcher(self) -> Any:
        from spacy.matcher import DependencyMatcher, Matcher
        from spacy.vocab import Vocab

        kind: Any = DependencyMatcher if self._dependency else Matcher
        try:
            matcher = kind(self._vocab or Vocab(), validate=True)
            matcher.add("rule", [self._pattern])
        except Exception as error:  # spaCy raises several kinds, ValueError and KeyError among them
            said = re.sub(r"\s+", " ", str(error))[:300]
            raise BadPattern(Text(said, said)) from error
        return matcher

    _vocab: Any = None

    def validate(self) -> None:
        """Let spaCy read the pattern.

        Raises:
            BadPattern: when spaCy rejects it.
        """
        _ = self._matcher
        del self._matcher

    def find(self, passage: Passage) -> Sequence[Span]:
        doc = passage.doc
        if self._vocab is not doc.vocab:
            self._vocab = doc.vocab
            self.__dict__.pop("_matcher", None)
        spans = []
        for match in self._matcher(doc):
            tokens = [doc[i] for i in match[1]] if self._dependency else list(doc[match[1] : match[2]])
            spans.append(Span(min(t.idx for t in tokens), max(t.idx + len(t.text) for t in tokens)))
        return list(apart(spans))


def _with_lists(value: Any, lists: Lists, key: str = "") -> Any:
    """``IN: "@list"`` in a spaCy pattern becomes the single words of that list, and ``NOT_IN`` too."""
    if isinstance(value, dict):
        return {name: _with_lists(inner, lists, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_lists(inner, lists) for inner in value]
    if isinstance(value, str) and value.startswith("@") and key in ("IN", "NOT_IN"):
        return [entry for entry in entries(value, lists) if re.fullmatch(r"[\w'-]+", entry)]
    return value


_INFINITIVE = re.compile(r"[\w'-]*n")


def _verbs(given: str, lists: Lists) -> list[str]:
    """The verbs of an action as the parse has them: of a list those words of it that are any."""
    found = [fold(verb.replace("_", "")) for verb in entries(given, lists)]
    if not any(map(_INFINITIVE.fullmatch, found)):
        raise BadPattern(Text(f"{given!r} in does is geen heel werkwoord zoals bellen",
                              f"{given!r} in does is no infinitive such as bellen"))  # fmt: skip
    return found


class ActionFinder:
    needs_parse = True

    def __init__(self, action: Action, lists: Lists) -> None:
        self.action = action
        self._verbs = frozenset(verb for given in action.does for verb in _verbs(given, lists))
        self._with = [PatternFinder(read(line, lists)) for line in action.with_]
        one_of = either(best(finder.anchors) for finder in self._with) if self._with else None
        self.anchors: tuple[Anchor, ...] = (one_of,) if one_of else ()

    def find(self, passage: Passage) -> Sequence[Span]:
        if self._with and not any(finder.might_match(passage) for finder in self._with):
            return ()
        partners = [span for finder in self._with for span in finder.find(passage)]
        if self._with and not partners:
            return ()
        spans = []
        for lemma in passage.by_lemma.keys() & self._verbs:
            for token in passage.by_lemma[lemma]:
                if self._fits(token):
                    spans += self._marked(token, partners, passage)
        return list(apart(spans))

    def _fits(self, verb: Token) -> bool:
        from webcare_lint.patterns.actor import actor, is_past

        if verb.pos_ not in ("VERB", "AUX"):
            return False
        if self.action.tense == "now" and is_past(verb):
            return False
        return self.action.who == "anyone" or actor(verb) == self.action.who

    def _marked(self, verb: Token, partners: list[Span], passage: Passage) -> list[Span]:
        own = [verb, *(t for t in verb.children if t.dep_ in ("nsubj", "aux", "compound:prt", "aux:pass"))]
        if verb.dep_ == "xcomp":
            own += [verb.head, *(t for t in verb.head.children if t.dep_ in ("nsubj", "aux"))]
        core = Span(min(t.idx for t in own), max(t.idx + len(t.text) for t in own))
        if not self._with:
            return [core]
        clause = passage.scope(Span(verb.idx, verb.idx + len(verb.text)), "clause")
        subtree = list(verb.subtree)
        reach = Span(subtree[0].idx, subtree[-1].idx + len(subtree[-1].text))
        sentence = passage.scope(core, "sentence")
        near = [p for p in partners if (clause.contains(p) or reach.contains(p)) and sentence.contains(p)]
        return [Span(min(core.start, p.start), max(core.end, p.end)) for p in near[:1]]


def make_finder(spec: str | FinderSpec, lists: Lists) -> Finder:
    """The finder of one entry of a rule's ``find``.

    Raises:
        NotationError: for a pattern line that cannot be read and an unknown list.
        BadPattern: for an expression or a pattern that its library rejects.
    """
    if isinstance(spec, str):
        return PatternFinder(read(spec, lists))
    given = [value for value in (spec.regex, spec.action, spec.tokens, spec.dependency) if value is not None]
    if len(given) != 1:
        raise BadPattern(Text("precies één van regex, action, tokens, dependency",
                              "exactly one of regex, action, tokens, dependency"))  # fmt: skip
    if spec.only_with and spec.regex is None:
        raise BadPattern(Text("only-with hoort naast regex", "only-with belongs beside regex"))
    if spec.regex is not None:
        return RegexFinder(spec.regex, spec.only_with)
    if spec.action is not None:
        return ActionFinder(spec.action, lists)
    if spec.tokens is not None:
        return TokensFinder(spec.tokens, dependency=False, lists=lists)
    assert spec.dependency is not None
    return TokensFinder(spec.dependency, dependency=True, lists=lists)
