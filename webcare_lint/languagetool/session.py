"""LanguageTool over one run: the server is started at the first reply, asked for each, and stopped at the end."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType

from webcare_lint.languagetool.findings import Client, Finding, Settings
from webcare_lint.languagetool.server import LanguageToolError, running
from webcare_lint.model import Diagnostic, Failure, Reply
from webcare_lint.text import LineIndex


class Session:
    """A context manager. When LanguageTool fails there is one failure, and the run goes on without it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.failures: list[Failure] = []
        self._stack = ExitStack()
        self._client: Client | None = None

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def diagnostics(self, reply: Reply, path: str, lines: LineIndex) -> list[Diagnostic]:
        """What LanguageTool remarks on a reply; nothing once it has failed."""
        if self.failures:
            return []
        try:
            if self._client is None:
                self._client = Client(self._stack.enter_context(running(self.settings.url)), self.settings)
            found = self._client.findings(reply.text, reply.customer)
        except LanguageToolError as error:
            self.failures.append(Failure(None, None, None, error.text))
            return []
        return [_diagnostic(finding, reply, path, lines) for finding in found]


def _diagnostic(finding: Finding, reply: Reply, path: str, lines: LineIndex) -> Diagnostic:
    place = reply.source.to_source(finding.span)
    return Diagnostic(
        code=finding.code,
        name=finding.name,
        commandment=None,
        level=finding.level,
        message=f"{finding.message} [{finding.rule}]",
        why="",
        path=path,
        reply_id=reply.id,
        message_index=reply.message_index,
        start=lines.position(place.start),
        end=lines.position(place.end),
        reply_span=finding.span,
        quote=reply.text[finding.span.start : finding.span.end],
        suggestions=finding.replacements,
        reply=reply.text,
    )
