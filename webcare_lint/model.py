"""The frozen data that travels through webcare-lint: replies in, diagnostics out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import ClassVar, Literal, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from webcare_lint.errors import Language, Text, WebcareLintError
from webcare_lint.text import START, Position, SourceMap, Span

Level = Literal["error", "warning", "advice"]
LEVELS: tuple[Level, ...] = ("error", "warning", "advice")
"""From heavy to light."""


class Brief(Struct, frozen=True):
    """What shows itself without the fields that hold much, or a whole reply."""

    unshown: ClassVar[frozenset[str]] = frozenset()

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self.__struct_fields__ if name not in self.unshown)
        return f"{type(self).__name__}({', '.join(shown)})"


class RuleInfo(Struct, frozen=True):
    """What is told about a code: by reports, ``explain`` and the list of rules. ``{…}`` in the texts stand for what was found."""

    code: str
    name: str
    commandment: int | None
    level: Level
    message: Text
    why: Text
    suggestions: tuple[Text, ...] = ()
    echo: Text | None = None
    advice: tuple[Text, ...] = ()
    """Rewrites for some replies only; a hit says which."""
    formal: Mapping[str, str] = field(default_factory=dict)
    """Dutch rewrites as a reply that says *u* would have them."""
    lacking: Text | None = None
    """Said behind the message when a hit names ``parts`` that are not there (``{missing}``)."""
    parts: tuple[Text, ...] = ()
    overlooked: Text | None = None
    """Said behind the message when a hit names words of the customer's message that lie unanswered (``{overlooked}``)."""
    own: bool = False
    """A team wrote it: it is looked for unless a selection leaves it out, also beside the ten."""

    def says(self, language: Language) -> str:
        """The message with … for what will have been found."""
        first, *rest = self.message.in_(language).split("{")
        return "…".join([first, *(part.partition("}")[2] for part in rest)]).replace("……", "…")


def is_about_source(code: str) -> bool:
    """Whether a code is about the source itself (``WC001``: a broken placeholder): on unless ignored, as the ten are."""
    return code.startswith("WC0")


class Message(NamedTuple):
    """One message of a conversation."""

    author: Literal["customer", "organisation"]
    text: str


class Suppression(Struct, frozen=True):
    """What is asked to stay unsaid about a reply: codes, names or commandments as written, and where in the file that stands."""

    entries: tuple[str, ...]
    span: Span


class Reply(Brief, frozen=True):
    """A draft reply of the organisation, with what is known about it.

    ``customer`` is the message that it answers (several unanswered ones joined by line breaks), ``history`` what was said before
    that. ``id`` is the record's own id or else its position in the file, from 1.

    ``unanswered`` turns it around: the text is a message of the customer at the end of a conversation, to which nobody replied,
    and ``customer`` is what the customer wrote after it. ``library`` are the canned replies that a reply stands among, and
    ``place`` is its number there, from 0: ids may be shared.
    """

    unshown: ClassVar[frozenset[str]] = frozenset({"source", "library", "place"})

    text: str
    id: str = "1"
    customer: str | None = None
    channel: str | None = None
    history: tuple[Message, ...] = ()
    message_index: int | None = None
    suppressions: tuple[Suppression, ...] = ()
    source: SourceMap = field(default_factory=SourceMap)
    unanswered: bool = False
    library: Library | None = None
    place: int = 0

    @property
    def start(self) -> int:
        """Where its first character stands in the file."""
        return self.source.to_source(Span(0, 1)).start


class Library(Struct, frozen=True, eq=False):
    """The canned replies of one file, each with its id; the same object for all of them."""

    replies: tuple[tuple[str, str], ...]


class Document(Struct, frozen=True):
    """What a reader found in one input.

    ``skipped`` counts the records that were left out, by reason (``language``, ``inactive``, ``internal``).

    A large file comes in parts: ``begins`` is where one stands in the file, offsets count from there, and ``ends`` tells whether
    it is the last. When the file cannot be read to its end, the last part is ``broken`` and what stood in the others counts for
    nothing.
    """

    path: str
    text: str
    replies: tuple[Reply, ...]
    skipped: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    begins: Position = START
    ends: bool = True
    broken: bool = False

    @property
    def whole(self) -> bool:
        """Whether this is all of the file."""
        return self.ends and not self.begins.offset


LIBRARY_FROM = 5
"""Replies from which a file without customers is a library of canned replies."""


def with_library(document: Document) -> Document:
    """The same document; when it is a library of canned replies, each of them knows the others."""
    replies = document.replies
    if len(replies) < LIBRARY_FROM or any(r.customer or r.message_index is not None for r in replies):
        return document
    library = Library(tuple((reply.id, reply.text) for reply in replies))
    return replace(document, replies=tuple(replace(r, library=library, place=n) for n, r in enumerate(replies)))


class Edit(Struct, frozen=True):
    """A replacement: of a check in the reply, of a finding in the file."""

    span: Span
    text: str


class Fix(Struct, frozen=True):
    """Edits that mend a finding: ``safe`` ones may be applied unseen."""

    safety: Literal["safe", "review"]
    edits: tuple[Edit, ...]


class Hit(Struct, frozen=True):
    """What a check found, in offsets of the reply; an empty span is about the reply as a whole.

    ``values`` fill the places in the rule's messages; ``fix`` is in offsets of the reply too. ``advice`` and ``missing`` are
    numbers of the rule's pieces of advice that fit and of its parts that are not there.
    """

    span: Span
    values: Mapping[str, str] = field(default_factory=dict)
    fix: Fix | None = None
    advice: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    level: Level | None = None
    """Another level than the rule's own, where the check is less sure."""
    certain: bool = False
    """Whether the words speak for themselves, so that the reader must not doubt them."""
    exempt: bool = False
    """Whether the config wants nothing said about these words."""


class Diagnostic(Brief, frozen=True):
    """A finding. ``start`` and ``end`` point into the file, ``reply_span`` and ``quote`` into the decoded reply."""

    unshown: ClassVar[frozenset[str]] = frozenset({"reply"})

    code: str
    name: str
    commandment: int | None
    level: Level
    message: str
    why: str
    path: str
    reply_id: str
    message_index: int | None
    start: Position
    end: Position
    reply_span: Span
    quote: str
    suggestions: tuple[str, ...] = ()
    fix: Fix | None = None
    echo: str | None = None
    """The reply read back to the writer, for rules that have one (the sentence with ", sukkel" behind it)."""
    reply: str = ""
    """The whole decoded reply, for outputs that show the words in their line."""


def reply_name(ident: str, index: int | None) -> str:
    """A reply as reports call it: its id, and in a conversation the number of its message."""
    return ident if index is None else f"{ident}/{index}"


class Failure(Struct, frozen=True):
    """Something that could not be checked."""

    path: str | None
    line: int | None
    column: int | None
    message: Text

    @classmethod
    def of(cls, error: WebcareLintError, path: str | None = None) -> Failure:
        """What an error tells; ``path`` for one that names no file."""
        return cls(error.path or path, error.line, error.column, error.text)

    @property
    def error(self) -> WebcareLintError:
        """What would have been raised had the run ended there."""
        return WebcareLintError(self.message, path=self.path, line=self.line, column=self.column)

    def describe(self, language: Language) -> str:
        """``path:line:column: message``, as of an error."""
        return self.error.describe(language)


class Reached(Struct, frozen=True):
    """The stations of De 8 that one reply comes by."""

    path: str
    reply_id: str
    message_index: int | None
    stations: Mapping[str, bool]


class Report(Brief, frozen=True, dict=True):
    """The outcome of a run."""

    unshown: ClassVar[frozenset[str]] = frozenset({"rules"})

    diagnostics: Sequence[Diagnostic]
    failures: tuple[Failure, ...]
    files: int
    replies: int
    skipped: Mapping[str, int] = field(default_factory=dict)
    suppressed: int = 0
    baselined: int = 0
    rules: Mapping[str, RuleInfo] = field(default_factory=dict)
    """The codes that were looked for."""
    eight: tuple[Reached, ...] | None = None
    """De 8 of every reply, when asked for."""
    unanswered: int = 0
    """Messages of customers to which nobody replied."""

    @property
    def checked(self) -> int:
        """Replies, and messages that have none."""
        return self.replies + self.unanswered

    @property
    def content(self) -> Text:
        """How many replies there are, or how many messages where nobody replied to any."""
        if self.unanswered and not self.replies:
            nl, en = ("bericht", "message") if self.unanswered == 1 else ("berichten", "messages")
            return Text(f"{self.unanswered} {nl} zonder antwoord", f"{self.unanswered} {en} without a reply")
        nl, en = ("antwoord", "reply") if self.replies == 1 else ("antwoorden", "replies")
        return Text(f"{self.replies} {nl}", f"{self.replies} {en}")

    @cached_property
    def _counts(self) -> Counter[Level]:
        return Counter(d.level for d in self.diagnostics)  # once: they may have to be unpacked

    def count(self, level: Level) -> int:
        return self._counts[level]
