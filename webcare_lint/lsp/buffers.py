"""What stands in the editor's windows, saved or not."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePath
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from msgspec import Struct
from msgspec.structs import replace
from pygls.uris import to_fs_path

from webcare_lint.lsp.places import Places
from webcare_lint.sources import EXTENSIONS

_SUFFIXES = {
    "plaintext": ".txt", "text": ".txt", "markdown": ".md", "json": ".json", "jsonl": ".jsonl", "ndjson": ".jsonl",
    "jsonlines": ".jsonl", "yaml": ".yaml", "csv": ".csv", "tsv": ".tsv",
}  # fmt: skip
"""What editors call a language, for a window whose name does not tell."""


class Buffer(Struct, frozen=True):
    """One window: its text as it is now. ``path`` is where it is saved, or a made-up name that tells its form."""

    uri: str
    path: str
    text: str
    version: int

    @classmethod
    def opened(cls, item: types.TextDocumentItem) -> Buffer:
        path = to_fs_path(item.uri) if item.uri.startswith("file:") else None
        path = path or unquote(PurePath(urlsplit(item.uri).path).name) or "naamloos"
        if PurePath(path).suffix.lower() not in EXTENSIONS:
            path += _SUFFIXES.get(item.language_id.lower(), "")
        return cls(item.uri, path, item.text, item.version)

    @property
    def form(self) -> str | None:
        """Its form of file, one of ``sources.FORMATS``; nothing for what is no text with replies."""
        return EXTENSIONS.get(PurePath(self.path).suffix.lower())

    @property
    def hidden(self) -> bool:
        """Whether it is passed over, as ``check`` does with hidden files in a folder: settings, not replies."""
        return PurePath(self.path).name.startswith(".")

    @property
    def folder(self) -> Path:
        # Links stay as they are, as in ``path``: settings for some paths and the editor's watcher go by the names that it uses.
        return Path(os.path.abspath(self.path)).parent if PurePath(self.path).is_absolute() else Path.cwd()  # noqa: PTH100

    def changed(self, changes: Iterable[types.TextDocumentContentChangeEvent], version: int, encoding: str) -> Buffer:
        """The buffer after edits, each of them in the text that the one before it left."""
        text = self.text
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                start, end = Places(text, encoding).span(change.range)
                text = text[:start] + change.text + text[end:]
            else:
                text = change.text
        return replace(self, text=text, version=version)
