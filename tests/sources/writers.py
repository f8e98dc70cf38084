"""Writes texts into each form of file, and reads a stretch of such a file back, without the code under test."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from random import Random
from typing import Any

import yaml


@dataclass(frozen=True)
class Form:
    """How texts are written, and what a stretch of the file says."""

    name: str
    extension: str
    write: Callable[[Sequence[str], Random], str]
    say: Callable[[str], str]
    exact: bool = True
    """False for HTML, where runs of white space are one."""
    plain_lines: bool = False
    """Whether the texts may only be one line long."""


def _json_string(raw: str) -> str:
    # A stretch may open or close with an escaped quote, never with a bare one.
    return str(json.loads(f'"{raw}"', strict=False))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in ("br", "p", "div", "li"):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, None)


def shown(raw: str) -> str:
    """What a browser shows of HTML, as the standard library reads it."""
    reader = _Text()
    reader.feed(raw)
    reader.close()
    return "".join(reader.parts)


def to_html(text: str, random: Random) -> str:
    """A text as HTML, in one of the ways in which editors write it."""
    escaped = []
    for char in text:
        way = random.random()
        if char in "<>&":
            escaped.append(html.escape(char) if way < 0.7 else f"&#{ord(char)};")
        elif char == '"':
            escaped.append("&quot;" if way < 0.5 else char)
        elif ord(char) > 127 and way < 0.3 and char not in "\x85\ufeff":
            escaped.append(f"&#x{ord(char):X};" if ord(char) > 159 else char)
        else:
            escaped.append(char)
    lines = re.split(r"\r\n|\n|\r", "".join(escaped))
    if random.random() < 0.5:
        return random.choice(("<br>", "<br/>\n", "<BR />")).join(lines) + "<br>"
    tag = random.choice(("p", "div", "li"))
    return "\n".join(f'<{tag} style="color:red">{"<b>" if i % 2 else ""}{line}</{tag}>' for i, line in enumerate(lines))


def _write_csv(texts: Sequence[str], random: Random, columns: Sequence[str] = ("id", "reply"), **fixed: str) -> str:
    made = io.StringIO()
    writer = csv.writer(
        made,
        delimiter=random.choice(";,\t"),
        quoting=random.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL)),
        lineterminator=random.choice(("\r\n", "\n")),
    )
    writer.writerow(columns)
    for number, text in enumerate(texts):
        row = {"id": str(number), "reply": text, "content": text, **fixed}
        writer.writerow([row.get(column, "") for column in columns])
    return random.choice(("", "\ufeff")) + made.getvalue()


def _double(texts: Sequence[str], random: Random) -> str:
    return str(yaml.safe_dump(
        [{"id": str(n), "reply": text} for n, text in enumerate(texts)], default_style='"', allow_unicode=random.random() < 0.7,
        width=random.choice((20, 60, 1000)), line_break=random.choice(("\n", "\r\n")), sort_keys=random.random() < 0.5,
    ))  # fmt: skip


def _flow(text: str, random: Random, end: str) -> str:
    """A text in a single-quoted or plain scalar: a line end is an empty line, and single spaces may be broken at."""
    indent = " " * 6
    folded = re.sub(r"(?<=\S) (?=[^\s#-])", lambda _: f"\n{indent}" if random.random() < 0.2 else " ", text.replace("\n", "\r"))
    return re.sub(r"\r+", lambda ends: "\n" * (len(ends.group()) + 1) + indent, folded).replace("\n", end)


def _single(texts: Sequence[str], random: Random) -> str:
    end = random.choice(("\n", "\r\n"))
    flow = [_flow(text.replace("'", "''"), random, end) for text in texts]
    return "".join(f"- reply: '{text}'{end}" for text in flow)


def _plain(texts: Sequence[str], random: Random) -> str:
    end = random.choice(("\n", "\r\n"))
    return "".join(f"- reply: {_flow(text, random, end)}{end}" for text in texts)


def _osticket(texts: Sequence[str], random: Random) -> str:
    marked = [re.sub(r"\s*\n\s*", "\n", to_html(text, random)).replace("'", "''").strip() for text in texts]
    return "".join(f"- isenabled: 1\n  title: t\n  response: '{_flow(text, random, chr(10))}'\n" for text in marked)


def _exports() -> list[Form]:
    def entries(make: Callable[[str, Random], dict[str, Any]], wrap: Callable[[list[Any]], Any]) -> Callable[..., str]:
        def write(texts: Sequence[str], random: Random) -> str:
            data = wrap([{"id": n, **make(text, random)} for n, text in enumerate(texts)])
            return json.dumps(data, ensure_ascii=random.random() < 0.5, indent=random.choice((None, 2)))

        return write

    def in_html(field: str, **fixed: Any) -> Callable[[str, Random], dict[str, Any]]:
        return lambda text, random: {"name": "n", **fixed, field: to_html(text, random)}

    def plain(field: str, **fixed: Any) -> Callable[[str, Random], dict[str, Any]]:
        return lambda text, _: {**fixed, field: text}

    def html_of_json(raw: str) -> str:
        return shown(_json_string(raw))

    def zendesk(text: str, random: Random) -> dict[str, Any]:
        value: Any = text if random.random() < 0.5 else ["channel:all", text]
        return {
            "title": "t",
            "active": True,
            "actions": [{"field": "status", "value": "solved"}, {"field": "comment_value", "value": value}],
        }

    def gorgias(text: str, _: Random) -> dict[str, Any]:
        arguments = {"body_html": "<div>x</div>", "body_text": text}
        return {
            "name": "n",
            "actions": [{"name": "addTags", "arguments": {"tags": "t"}}, {"name": "setResponseText", "arguments": arguments}],
        }

    return [
        Form("zendesk", ".json", entries(zendesk, lambda e: {"macros": e, "count": len(e)}), _json_string),
        Form("gorgias", ".json", entries(gorgias, lambda e: {"data": e}), _json_string),
        Form("freshdesk", ".json", entries(in_html("content_html", title="t", content=""), list), html_of_json, exact=False),
        Form("intercom", ".json", entries(plain("body_text", body="<p>x</p>"), lambda e: {"data": e}), _json_string),
        Form("helpscout", ".json", entries(in_html("text", chatText=""), list), html_of_json, exact=False),
        Form("front", ".json", entries(in_html("body", subject="s"), lambda e: {"_results": e}), html_of_json, exact=False),
        Form("zammad", ".json", entries(in_html("content", keywords="k", note="x"), list), html_of_json, exact=False),
        Form("glpi", ".json", entries(in_html("content", entities_id=0), list), html_of_json, exact=False),
        Form("chatwoot", ".json", entries(plain("content", short_code="s"), list), _json_string),
        Form("zammad-csv", ".csv", lambda texts, random: _write_csv(
            [to_html(text, random) for text in texts], random, ("id", "name", "keywords", "content"), name="n", keywords="k"),
            lambda raw: shown(raw.replace('""', '"')), exact=False),
        Form("osticket", ".yaml", _osticket, lambda raw: shown(yaml.safe_load(f"'{raw}'")), exact=False),
    ]  # fmt: skip


def _block(sign: str) -> Callable[[str], str]:
    return lambda raw: str(yaml.safe_load(f"{sign}-\n    {raw}"))


FORMS = [
    Form("text", ".txt", lambda texts, random: random.choice(("", "\ufeff")) + texts[0], str),
    Form("markdown", ".md", lambda texts, _: "\n".join(f"## {n}\n> Klant\n\n{t}\n" for n, t in enumerate(texts)), str,
         plain_lines=True),
    Form("jsonl", ".jsonl", lambda texts, random: "\n".join(
        json.dumps({"reply": t}, ensure_ascii=random.random() < 0.5) for t in texts), _json_string),
    Form("json", ".json", lambda texts, random: json.dumps(
        [{"reply": t} for t in texts], ensure_ascii=random.random() < 0.5, indent=random.choice((None, 1))), _json_string),
    Form("csv", ".csv", _write_csv, lambda raw: raw.replace('""', '"')),
    Form("yaml-double", ".yaml", _double, lambda raw: str(yaml.safe_load(f'"{raw}"'))),
    Form("yaml-single", ".yaml", _single, lambda raw: str(yaml.safe_load(f"'{raw}'"))),
    Form("yaml-plain", ".yaml", _plain, lambda raw: str(yaml.safe_load("'" + raw.replace("'", "''") + "'"))),
    Form("yaml-literal", ".yaml", lambda texts, random: "".join(
        f"- reply: |-\n{_indented(t, random)}\n" for t in texts), _block("|")),
    Form("yaml-folded", ".yaml", lambda texts, random: "".join(
        f"- reply: >-\n{_indented(t, random)}\n" for t in texts), _block(">")),
    *_exports(),
]  # fmt: skip


def _indented(text: str, random: Random) -> str:
    end = random.choice(("\n", "\r\n"))
    return end.join(f"    {line}" if line else "" for line in re.split(r"\r\n|\n|\r", text))
