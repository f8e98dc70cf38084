"""The linter as a library: ``Linter().check_text("Bel ons even.")``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from webcare_lint.cache import Cache
from webcare_lint.config import Config, Play, effective, settle
from webcare_lint.engine import Engine
from webcare_lint.filters import without_covered, without_doubles
from webcare_lint.finding import diagnostic
from webcare_lint.findings import Tally
from webcare_lint.loaded import Loaded
from webcare_lint.model import Diagnostic, Document, Failure, Message, Reached, Reply, Report
from webcare_lint.patterns.passage import Passage
from webcare_lint.rulebook import Rulebook
from webcare_lint.run import Job, Outcome, Run
from webcare_lint.source_codes import LANGUAGETOOL_CODES
from webcare_lint.suppress import Suppressor
from webcare_lint.text import SourceMap, whole

if TYPE_CHECKING:
    from webcare_lint.languagetool.findings import Settings
    from webcare_lint.languagetool.session import Session

Progress = Callable[[int], None]
TRIAL = "Bel ons even, dan kijken we samen wat er aan de hand is."
"""A reply that no rule settles by its words alone: a server that checks it has loaded all that later ones need."""


class Checked(Struct, frozen=True):
    """A reply with what was found in it and what could not be checked."""

    reply: Reply
    diagnostics: tuple[Diagnostic, ...]
    failures: tuple[Failure, ...]
    suppressed: int = 0


class Linter:
    """Rules, config and language model, each loaded once and only when needed.

    Args:
        config: the configuration; the default one when left out.
        config_path: where it came from; own rules are found relative to it.
        languagetool: adds LanguageTool's spelling and grammar when given.
        eight: tells for every reply which stations of De 8 it reaches.
        reads: lets the reader take part; without it patterns are measured alone, and nobody doubts what they find.
        jobs: processes for many replies, None for one for each core. More than one asks a script of its own for
            ``if __name__ == "__main__"``, since each of them imports it anew.
    """

    def __init__(
        self,
        config: Config | None = None,
        config_path: Path | None = None,
        languagetool: Settings | None = None,
        *,
        eight: bool = False,
        reads: bool = True,
        jobs: int | None = 1,
    ) -> None:
        self.config = config or Config()
        self.languagetool = languagetool
        self.jobs = jobs
        self.loaded = Loaded(self.config, config_path)
        self._config_path = config_path
        self._wants_eight = eight
        self._reads = reads
        self._plays: dict[object, Play] = {}
        self._engines: dict[int, Engine] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        # What was loaded stays behind: another process loads its own when it needs it.
        options: dict[str, Any] = {"eight": self._wants_eight, "reads": self._reads, "jobs": self.jobs}
        return partial(type(self), **options), (self.config, self._config_path, self.languagetool)

    def like(self, config: Config, *, eight: bool = False) -> Linter:
        """One for a config that differs only in what is in play, the channel and the language; it shares what is loaded here."""
        made = Linter(msgspec.structs.replace(config, cache=False), self._config_path, self.languagetool, eight=eight)
        made.loaded = self.loaded
        return made

    @property
    def cache(self) -> Cache | None:
        """What earlier runs found; None where that is not wanted or cannot be known."""
        return self.loaded.cache if self.config.cache and self._reads else None

    def play(self, path: str = "-") -> Play:
        """What is in play for the file at ``path``.

        Raises:
            RuleError: for a rule file that is wrong.
            ConfigError: for an unknown code in the config.
        """
        base = self._config_path.parent if self._config_path else Path.cwd()
        settings = effective(self.config, path, base)
        key = id(settings) if settings is self.config else msgspec.json.encode(settings)
        if key not in self._plays:
            self._plays[key] = settle(settings, self.loaded.infos, self._config_path, languagetool=self.languagetool is not None)
        return self._plays[key]

    @property
    def rulebook(self) -> Rulebook:
        """The rules in play where no override holds."""
        return self.engine(self.play()).rulebook

    def engine(self, play: Play) -> Engine:
        """The engine for what is in play."""
        if id(play) not in self._engines:
            gates = {code: gate for code, (_, gate) in self.loaded.known.items() if code in play.infos}
            self._engines[id(play)] = Engine(
                lambda: self.loaded.book.restrict(play.infos),
                self.loaded.parse,
                self.loaded.read if self._reads else None,
                channel=play.channel,
                counting=self.config.counting,
                gates=gates,
            )
        return self._engines[id(play)]

    def _languagetool(self) -> Session:
        from webcare_lint.languagetool.session import Session

        assert self.languagetool
        return Session(self.languagetool)

    def check_text(
        self, text: str, channel: str | None = None, customer: str | None = None, history: tuple[Message, ...] = ()
    ) -> Report:
        """Check one reply; ``customer`` is the message that it answers, ``history`` what was said before that."""
        text, said = whole(text), tuple(Message(each.author, whole(each.text)) for each in history)
        placed = SourceMap.verbatim(text)
        reply = Reply(text, customer=customer and whole(customer), channel=channel, history=said, source=placed)
        return self.check_documents([Document("-", text, (reply,))])

    def check_paths(
        self, paths: Iterable[Path | str], progress: Progress | None = None, input_format: str | None = None
    ) -> Report:
        """Check files. One that cannot be read becomes a failure of the report; the others go on.

        ``input_format`` names the form of the files where it does not show.
        """
        from webcare_lint.files import read_inputs  # and with it all readers, which one reply does not need

        return self.check_documents(read_inputs(map(str, paths), input_format, self.loaded.apart), progress)

    def check_documents(self, documents: Iterable[Document], progress: Progress | None = None) -> Report:
        """Check documents, read already or on the way; ``progress`` is told how many replies are done."""
        total = Tally()
        with ExitStack() as stack:
            languagetool = stack.enter_context(self._languagetool()) if self.languagetool else None
            here = Tally()
            plays: dict[int, Play] = {}
            for job, outcomes in Run(self).outcomes(documents):
                document = job.document
                plays[id(job.play)] = job.play
                if document.broken or not document.begins.offset:
                    if not document.broken:
                        total.add(here)
                    here = Tally(files=1)
                here.skipped.update(document.skipped)
                here.failures += document.failures
                found: list[Diagnostic] = []
                for checked in self._checked(job, outcomes, languagetool):
                    found += checked.diagnostics
                    here.failures += checked.failures
                    here.suppressed += checked.suppressed
                    here.replies += not checked.reply.unanswered
                    here.unanswered += checked.reply.unanswered
                    if self._wants_eight and not checked.reply.unanswered:
                        here.reached.append(self._reached(checked.reply, document.path))
                    if progress:
                        progress(total.replies + here.replies)
                here.part(document.path, found)
            total.add(here)
            total.failures += languagetool.failures if languagetool else []
        rules = {code: info for play in plays.values() for code, info in play.infos.items()}
        return Report(
            total.diagnostics, tuple(total.failures), total.files, total.replies, dict(total.skipped), total.suppressed,
            rules=rules, eight=tuple(total.reached) if self._wants_eight else None, unanswered=total.unanswered,
        )  # fmt: skip

    def _reached(self, reply: Reply, path: str) -> Reached:
        return Reached(path, reply.id, reply.message_index, self.loaded.eight.reached(reply))

    def check_document(self, document: Document) -> Iterator[Checked]:
        """Check the replies of a document, in order, by the rules alone: LanguageTool is not asked."""
        for job, outcomes in Run(self).outcomes([document]):
            yield from self._checked(job, outcomes)

    def _checked(self, job: Job, outcomes: Iterable[Outcome], languagetool: Session | None = None) -> Iterator[Checked]:
        document, play, lines, language = job.document, job.play, job.work.lines, self.config.lang
        suppressor = Suppressor(document.replies, play, self.loaded.infos)
        for reply, hits, failures in outcomes:
            made = [
                (diagnostic(play.infos[code], hit, reply, document.path, lines, language, reply.channel or play.channel), hit)
                for code, hit in hits
            ]
            found, exempt = ([each for each, hit in made if hit.exempt == wanted] for wanted in (False, True))
            if languagetool and not reply.unanswered:  # a customer may write as they like
                found += languagetool.diagnostics(reply, document.path, lines, play.infos)
            sentence = partial(Passage(reply.text).scope, name="sentence")
            kept, left_out = suppressor.split(reply, found, failed=bool(failures))
            # What is silenced takes along what lies behind it, and no other finding of its sentence.
            kept = without_doubles(without_covered(kept, [*left_out, *exempt], sentence), sentence)
            unasked = () if languagetool and not languagetool.failures else LANGUAGETOOL_CODES
            in_vain = suppressor.in_vain(reply, document.path, lines, language, unasked)
            yield Checked(reply, (*kept, *in_vain), tuple(failures), len(without_doubles(left_out, sentence)))
