"""A conversation as it goes on: its replies, each with what it answers and what was said before."""

from __future__ import annotations

from collections.abc import Iterator

from webcare_lint.model import Message, Reply, Suppression
from webcare_lint.sources.placed import Placed
from webcare_lint.sources.thread import People, Waiting, answered, is_among_customers


class Conversation:
    """What was said so far, and what of it waits for an answer."""

    def __init__(self, ident: str, channel: str | None, asked: tuple[Suppression, ...]) -> None:
        self._ident, self._channel, self._asked = ident, channel, asked
        self._history: list[Message] = []
        self._waiting: list[Waiting] = []
        self._people = People()
        self._talking: str | None = None

    def ask(self, said: Waiting) -> None:
        """Take in a message of a customer."""
        self._waiting.append(said)
        self._people.add(said.name)

    def answer(self, index: int, text: Placed) -> Reply:
        """Take in a message of the organisation: the reply that it is."""
        meant, self._waiting = answered(self._waiting, self._people, str(text), self._talking)
        if meant:
            self._talking = meant[-1].name if len({said.name for said in meant}) == 1 else None
        customer = "\n".join(str(said.text) for said in meant) or None
        made = self._reply(index, text, customer)
        self._history += [Message("customer", str(said.text)) for said in meant]
        self._history.append(Message("organisation", str(text)))
        return made

    def unanswered(self) -> Iterator[Reply]:
        """The messages to which nobody replied, once all has been taken in."""
        for at, said in enumerate(self._waiting, start=1):
            if isinstance(said.text, Placed) and not is_among_customers(said, self._people):
                text = said.text.trimmed()
                later = "\n".join(str(other.text) for other in self._waiting[at:] if other.name == said.name) or None
                yield self._reply(said.number, text, later, unanswered=True)
                self._history.append(Message("customer", str(text)))

    def _reply(self, index: int, text: Placed, customer: str | None, *, unanswered: bool = False) -> Reply:
        return Reply(
            str(text), self._ident, customer, self._channel, tuple(self._history), index, self._asked, text.source, unanswered
        )
