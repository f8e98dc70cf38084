"""Many finders asked as one: those whose words a text lacks are never looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from webcare_lint.patterns.anchor import Anchor, Index, Ways
from webcare_lint.patterns.finders import make_finder
from webcare_lint.patterns.notation import Lists, entries
from webcare_lint.patterns.passage import Passage
from webcare_lint.patterns.specs import Finder, FinderSpec
from webcare_lint.text import Span


class Several:
    """Finds what any of ``finders`` finds; all of them need the parse, or none does."""

    anchors: tuple[Anchor, ...] = ()

    def __init__(self, finders: Sequence[Finder]) -> None:
        self._finders = finders
        self.needs_parse = any(finder.needs_parse for finder in finders)

    @cached_property
    def _index(self) -> Index[int]:
        return Index({number: Ways.of([finder.anchors]) for number, finder in enumerate(self._finders)})

    def find(self, passage: Passage) -> Sequence[Span]:
        return sorted({span for number in self._index.open(passage) for span in self._finders[number].find(passage)})


def make_finders(specs: Iterable[str | FinderSpec], lists: Lists) -> list[Finder]:
    """Finders for these entries, all that need no parse in one, the others in another.

    So a text is parsed only where those that do without leave a question open.
    """
    finders = _each(specs, lists)
    kinds = ([f for f in finders if not f.needs_parse], [f for f in finders if f.needs_parse])
    return [kind[0] if len(kind) == 1 else Several(kind) for kind in kinds if kind]


def ways_of(specs: Iterable[str | FinderSpec], lists: Lists) -> Ways | None:
    """What a text holds in which any of these finds something; None when that may be anything."""
    return Ways.of(finder.anchors for finder in _each(specs, lists))


def _each(specs: Iterable[str | FinderSpec], lists: Lists) -> list[Finder]:
    """One finder for each entry; a whole ``@list`` becomes one for each of its own, most of which need not look at a text."""
    lines = (entries(spec, lists) if isinstance(spec, str) else [spec] for spec in specs)
    return [make_finder(entry, lists) for each in lines for entry in each]
