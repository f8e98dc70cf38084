"""YAML that knows where everything stands and lets nothing slip: no duplicate keys, no ``no`` that turns into a boolean.

Used for rules and config. By itself, since a start that reads no YAML need not import it, which takes a tenth of such a start.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from webcare_lint.errors import Text, WebcareLintError
from webcare_lint.located import Located, Path
from webcare_lint.text import LineIndex

Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REASONS = {
    "mapping values are not allowed": "een dubbele punt staat hier verkeerd; zet de tekst tussen aanhalingstekens",
    "could not find expected ':'": "hier hoort een dubbele punt",
    "found unexpected end of stream": "het bestand houdt op midden in een tekst tussen aanhalingstekens",
    "did not find expected key": "de inspringing klopt niet, of hier ontbreekt een sleutel",
    "did not find expected '-' indicator": "hier hoort een streepje, of de inspringing klopt niet",
    "did not find expected ',' or ']'": "hier hoort een komma of ]",
    "did not find expected ',' or '}'": "hier hoort een komma of }",
    "did not find expected node content": "hier hoort een waarde",
    "found character that cannot start any token": "zet de tekst tussen aanhalingstekens, of spring in met spaties",
    "found undefined alias": "dit anker bestaat niet",
    "found a tab character that violates indentation": "een tab; spring in met spaties",
    "exceeded maximum nesting depth": "te diep genest",
    "found unknown escape character": "na een backslash mag dit teken niet",
}


def load(text: str, path: str, error: type[WebcareLintError]) -> Located:
    """Read YAML.

    Raises:
        error: for broken YAML, a duplicate key, a key that is no text, what is nested too deep.
    """
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        index = LineIndex(text)
        line, column, _ = index.position(mark.index if mark else 0)
        raise error(broken_yaml(problem, text), path=path, line=line, column=column, source_line=index.line(line)) from problem
    except yaml.YAMLError as problem:
        raise error(Text("dit is geen geldige YAML", "this is no valid YAML"), path=path) from problem
    located = Located(path, text, None, {}, {})
    reader = _Reader(located, error)
    located.data = reader.value(node, ()) if node is not None else None
    return located


def broken_yaml(error: yaml.YAMLError, text: str = "") -> Text:
    """What is wrong with a file that is no YAML; ``text`` is what stands in it."""
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "?"
    dutch = next((told for english, told in _REASONS.items() if english in reason), reason)
    told = _cure(error, text, reason) or Text(dutch, reason)
    return Text(f"dit is geen geldige YAML ({told.nl})", f"this is no valid YAML ({told.en})")


_BRACES = re.compile(r"(?:^|[-:,[])\s*\{\{")
_QUOTE_IT = Text("zet deze tekst tussen aanhalingstekens", "put this text in quotes")


def _cure(error: yaml.YAMLError, text: str, reason: str) -> Text | None:
    """What to do about a mistake that many make and that YAML names badly."""
    mark, begin = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if begin and "unexpected end of stream" in reason:
        return _unclosed(LineIndex(text).position(begin.index).line if text else begin.line + 1)
    if not text or not mark:
        return None
    if text[mark.index : mark.index + 1] == "\t":
        return Text("een tab; spring in met spaties", "a tab; indent with spaces")
    above, _, before = text[: mark.index].rpartition("\n")
    quote = before.rstrip()[-1:]
    if quote in ("'", '"') and above.rpartition("\n")[2].count(quote) % 2:
        # What was left open above ends where the next text begins, and only behind that does YAML stumble.
        return _unclosed(LineIndex(text).position(len(above)).line)
    return _QUOTE_IT if _BRACES.search(before) or "cannot start any token" in reason else None


def _unclosed(line: int) -> Text:
    return Text(f"de tekst tussen aanhalingstekens die op regel {line} begint, wordt niet afgesloten",
                f"the quoted text that starts in line {line} is not closed")  # fmt: skip


_UNFINISHED = object()
_DEEPEST = 100
"""Levels; no rule and no setting nests deeper."""


class _Reader:
    def __init__(self, located: Located, error: type[WebcareLintError]) -> None:
        self.located, self.error = located, error
        self.constructor = Loader("")
        self.index = LineIndex(located.text)
        self.places: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, tuple[int, int]] = {}
        located.places, located.keys = self.places, self.keys
        self._made: dict[int, Any] = {}

    def place(self, node: yaml.Node) -> tuple[int, int]:
        # Not the line of the mark itself: YAML ends lines where no editor does, at U+2028 and the like.
        line, column, _ = self.index.position(node.start_mark.index)
        return line, column

    def value(self, node: yaml.Node, at: Path) -> Any:
        self.places[at] = self.place(node)
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if len(at) > _DEEPEST:
            raise self.located.error(self.error, Text("te diep genest", "nested too deep"), at)
        if id(node) not in self._made:
            self._made[id(node)] = _UNFINISHED
            self._made[id(node)] = self.collection(node, at)
        made = self._made[id(node)]  # what an alias names was made already, and has its places there
        if made is _UNFINISHED:
            text = Text("dit anker staat in zichzelf", "this anchor stands inside itself")
            raise self.located.error(self.error, text, at)
        return made

    def collection(self, node: yaml.Node, at: Path) -> Any:
        if isinstance(node, yaml.SequenceNode):
            return [self.value(inner, (*at, i)) for i, inner in enumerate(node.value)]
        made: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self.key(key_node)
            here = (*at, key)
            self.keys[here] = self.place(key_node)
            if key in made:
                text = Text(f"de sleutel {key!r} staat er twee keer", f"the key {key!r} is there twice")
                raise self.located.error(self.error, text, here, key=True)
            made[key] = self.value(value_node, here)
        return made

    def scalar(self, node: yaml.ScalarNode) -> Any:
        if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() not in ("true", "false"):
            return node.value  # "no", "ja: on": words, not booleans
        if node.tag.startswith("tag:yaml.org,2002:"):
            if node.tag.endswith(":timestamp"):
                return node.value
            return self.constructor.construct_object(node)
        return node.value

    def key(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            text = Text("een sleutel moet een woord zijn; zet een tekst die met { begint tussen aanhalingstekens",
                        "a key must be a word; put a text that starts with { in quotes")  # fmt: skip
            line, column = self.place(node)
            raise self.error(text, path=self.located.path, line=line, column=column)
        return str(node.value)
