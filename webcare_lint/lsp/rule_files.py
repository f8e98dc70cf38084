"""Completion and hover in rule files, from the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lsprotocol import types

from webcare_lint.errors import Language, Text
from webcare_lint.lsp import schema
from webcare_lint.lsp.keys import CLASSES_TOLD, KEYS, SLOTS_TOLD, VALUES
from webcare_lint.lsp.outline import Spot, key_at, spot
from webcare_lint.lsp.places import Places
from webcare_lint.patterns.nodes import CLASSES
from webcare_lint.patterns.notation import Lists
from webcare_lint.rulebook.validate import SLOTS

_PATTERNS = frozenset(("find", "groups", "with", "does", "words", "slots"))
"""Under these stand pattern lines."""
_SPOKEN = frozenset(("message", "echo"))
_LIST = re.compile(r"@[\w-]*")
_CLASS = re.compile(r"\{\w*")
_LIST_ENTRIES = 20
_NEEDED = Text("verplicht", "required")
_DEFAULT = Text("Anders geldt", "Else")
_WORD_LIST = Text("Woordenlijst", "Word list")


def complete(places: Places, position: types.Position, lists: Lists, language: Language) -> list[types.CompletionItem]:
    """What may be written at a place."""
    lines, offset = places.lines, places.offset(position)
    column = offset - places.line_start(offset)
    here = spot(lines, position.line, column)

    def item(label: str, typed: str, kind: types.CompletionItemKind, told: str = "", text: str | None = None,
             sort: str = "") -> types.CompletionItem:  # fmt: skip
        start = places.position(offset - len(typed))
        # Editors close a brace by themselves.
        closed = label.endswith("}") and places.text.startswith("}", offset)
        end = places.position(offset + 1) if closed else position
        return types.CompletionItem(
            label=label, kind=kind, detail=told or None, sort_text=sort + label, filter_text=label,
            text_edit=types.TextEdit(types.Range(start, end), text or label),
        )  # fmt: skip

    if here.key:
        return [
            item(
                name, here.word, types.CompletionItemKind.Property, _told(KEYS, name, language), f"{name}: ", "0" if must else "1"
            )
            for name, must in schema.keys(here.path, here.kind).items()
            if name not in here.beside
        ]
    allowed = schema.values(here.path, here.kind)
    if allowed:
        return [item(v, here.word, types.CompletionItemKind.EnumMember, _told(VALUES, v, language)) for v in allowed]
    return [
        item(label, typed, types.CompletionItemKind.Reference, told, label)
        for label, typed, told in _named(here, lists, language)
    ]


def _named(here: Spot, lists: Lists, language: Language) -> Iterator[tuple[str, str, str]]:
    """What ``@`` and ``{`` can be followed by: label, what stands there of it already, explanation."""
    typed_list, typed_class = (re.search(rf"(?:{p.pattern})$", here.word) for p in (_LIST, _CLASS))
    patterns = bool(_PATTERNS & set(here.path))
    if typed_list and patterns:
        for name, entries in sorted(lists.items()):
            yield f"@{name}", typed_list.group(), ", ".join(entries[:3])
    elif typed_class and patterns:
        for name in CLASSES:
            yield f"{{{name}}}", typed_class.group(), _told(CLASSES_TOLD, name, language)
    elif typed_class and _SPOKEN & set(here.path):
        for name in sorted(SLOTS):
            yield f"{{{name}}}", typed_class.group(), _told(SLOTS_TOLD, name, language)


def hover(places: Places, position: types.Position, lists: Lists, language: Language) -> str | None:
    """What the key, or the word list, under the cursor is for, in Markdown."""
    lines, offset = places.lines, places.offset(position)
    column = offset - places.line_start(offset)
    found = key_at(lines, position.line, column)
    if found:
        return _key(*found, spot(lines, position.line, column).kind, language)
    for match in _LIST.finditer(lines[position.line]):
        name = match.group()[1:]
        if match.start() <= column <= match.end() and name in lists:
            return f"**@{name}** · {_WORD_LIST.in_(language)}\n\n{_entries(lists[name])}"
    return None


def _key(path: Sequence[str], key: str, kind: str | None, language: Language) -> str | None:
    known = schema.keys(path, kind)
    if key not in known:
        return None
    title = f"**{key}**" + (f" · {_NEEDED.in_(language)}" if known[key] else "")
    parts = [title, _told(KEYS, key, language)]
    parts += [
        f"- `{value}`" + (f" – {told}" if (told := _told(VALUES, value, language)) else "")
        for value in schema.values((*path, key), kind)
    ]
    otherwise = schema.default(path, key, kind)
    if otherwise is not None:
        parts.append(f"{_DEFAULT.in_(language)} `{otherwise}`.")
    return "\n\n".join(part for part in parts if part)


def _entries(entries: Sequence[str]) -> str:
    shown = " · ".join(f"`{entry}`" for entry in entries[:_LIST_ENTRIES])
    return shown + (" …" if len(entries) > _LIST_ENTRIES else "")


def _told(texts: Mapping[str, Text], name: str, language: Language) -> str:
    return texts[name].in_(language) if name in texts else ""
