"""LanguageTool over one run: the server is started at the first reply, asked for each, and stopped at the end."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from types import TracebackType

from webcare_lint.languagetool.findings import Client, Finding, Settings
from webcare_lint.languagetool.server import LanguageToolError, running
from webcare_lint.model import Diagnostic, Failure, Reply, RuleInfo
from webcare_lint.source_codes import LANGUAGETOOL_CODES
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

    def diagnostics(self, reply: Reply, path: str, lines: LineIndex, infos: Mapping[str, RuleInfo]) -> list[Diagnostic]:
        """What LanguageTool remarks on a reply, as far as its codes are among ``infos``; nothing once it has failed."""
        if self.failures or not infos.keys() & LANGUAGETOOL_CODES.keys():
            return []
        try:
            if self._client is None:
                self._client = Client(self._stack.enter_context(running(self.settings.url)), self.settings)
            found = self._client.findings(reply.text, reply.customer)
        except LanguageToolError as error:
            self.failures.append(Failure.of(error))
            return []
        return [_diagnostic(finding, infos[finding.code], reply, path, lines) for finding in found if finding.code in infos]


def _diagnostic(finding: Finding, info: RuleInfo, reply: Reply, path: str, lines: LineIndex) -> Diagnostic:
    place = reply.source.to_source(finding.span)
    return Diagnostic(
        code=finding.code,
        name=info.name,
        commandment=None,
        level=info.level,
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
