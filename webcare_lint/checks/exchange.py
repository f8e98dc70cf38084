"""What a check looks at: the reply, what it answers, and what is known of both by then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct, field

from webcare_lint.channels import Counting
from webcare_lint.model import Level, Library
from webcare_lint.patterns.passage import Passage
from webcare_lint.patterns.specs import Finder
from webcare_lint.reader.encoder import Pair
from webcare_lint.reader.read import Reading
from webcare_lint.text import Span, apart

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[Sequence[str]], Iterable["Doc"]]
"""From texts to their parses, in order."""
Read = Callable[[Sequence[Pair]], Iterable[Reading]]
"""From replies and what they answer to their readings, in order."""


class Turn(NamedTuple):
    """An earlier message of the conversation."""

    author: Literal["customer", "organisation"]
    passage: Passage


class NeedsReading(Exception):
    """A check asked for the reading of an exchange that has none yet."""


class Exchange(Struct):
    """A reply as checks see it.

    The reading is set from outside, for many replies at once and after all rules that do without; a check that wants one that is
    not there raises ``NeedsReading``, and the engine comes back with it.
    """

    reply: Passage
    customer: Passage | None = None
    channel: str | None = None
    counting: Counting = field(default_factory=Counting)
    history: Sequence[Turn] = ()
    """What was said before, in a conversation."""
    unanswered: bool = False
    """The reply is none: it is a message of the customer that stayed without one."""
    library: Library | None = None
    """The canned replies that the reply stands among, ``place`` is its own number there."""
    place: int = 0
    written: str = ""
    """The reply as it stands in the file, where that is not what is read."""
    given_reading: Reading | None = None
    heard: Mapping[int, Level] = field(default_factory=dict)
    """The heaviest level of what other rules found, by commandment; known once there is a reading."""
    _found: dict[tuple[int, int], Sequence[Span]] = field(default_factory=dict)
    _parts: dict[str, Passage] = field(default_factory=dict)

    @property
    def reading(self) -> Reading:
        """What the encoder makes of it.

        Raises:
            NeedsReading: when it was not given yet.
        """
        if self.given_reading is None:
            raise NeedsReading
        return self.given_reading

    def earlier(self, author: Literal["customer", "organisation"]) -> list[Passage]:
        """What one side said before, the latest first."""
        return [turn.passage for turn in reversed(self.history) if turn.author == author]

    def part(self, text: str) -> Passage:
        """A piece of one of the texts by itself; the same passage each time, so that its parse is found again."""
        return self._parts.setdefault(text, Passage(text))

    @property
    def passages(self) -> int:
        """How many there are, the pieces included."""
        return 1 + (self.customer is not None) + len(self.history) + len(self._parts)

    def found(self, finder: Finder, passage: Passage) -> Sequence[Span]:
        """What ``finder`` finds in ``passage``; looked up once, however many rules ask."""
        key = (id(finder), id(passage))
        if key not in self._found:
            self._found[key] = finder.find(passage)
        return self._found[key]

    def has(self, finders: Iterable[Finder], passage: Passage) -> bool:
        """Whether any of the finders finds something."""
        return any(self.found(finder, passage) for finder in finders)

    def spans(self, finders: Iterable[Finder], passage: Passage) -> Iterator[Span]:
        """What any of the finders finds, in order; of those that overlap the first, of two that start together the longer."""
        return apart(span for finder in finders for span in self.found(finder, passage))
