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
from webcare_lint.yaml_mistakes import Loader, begins_with, broken_yaml

_TAG = re.compile(r"(?:&\S+\s+)?!")


def load(text: str, path: str, error: type[WebcareLintError]) -> Located:
    """Read YAML.

    Raises:
        error: for broken YAML, a duplicate key, a key that is no text, what is nested too deep.
    """
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as problem:
        (told, at), index = broken_yaml(problem, text), LineIndex(text)
        line, column, _ = index.position(at)
        raise error(told, path=path, line=line, column=column, source_line=index.line(line)) from problem
    except yaml.YAMLError as problem:
        raise error(Text("dit is geen geldige YAML", "this is no valid YAML"), path=path) from problem
    located = Located(path, text, None, {}, {})
    reader = _Reader(located, error)
    located.data = reader.value(node, ()) if node is not None else None
    return located


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

    def has_tag(self, node: yaml.Node) -> bool:
        """Whether it has a tag: of ``!niet bel`` without quotes only ``bel`` would be left, and nobody would know."""
        return _TAG.match(self.located.text, node.start_mark.index) is not None

    def value(self, node: yaml.Node, at: Path) -> Any:
        self.places[at] = self.place(node)
        if self.has_tag(node):
            raise self.located.error(self.error, begins_with("!"), at)
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
        if isinstance(node, yaml.ScalarNode) and not self.has_tag(node):
            return str(node.value)
        quote = begins_with(self.located.text[node.start_mark.index])
        line, column = self.place(node)
        raise self.error(
            Text(f"een sleutel moet een woord zijn; {quote.nl}", f"a key must be a word; {quote.en}"),
            path=self.located.path, line=line, column=column, source_line=self.index.line(line),
        )  # fmt: skip
