"""HTML in fields: what shows, and where it stands."""

from __future__ import annotations

import json
import time

import pytest

from webcare_lint.sources import html, read_document
from webcare_lint.sources.placed import Placed
from webcare_lint.text import Span


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("<p>Hoi <b>Jan</b> &amp; Co,</p>\n<p>Dag.</p>", "Hoi Jan & Co,\nDag."),
        ("Hoi,<br>\n<br/>\n Dag", "Hoi,\n\nDag"),
        ("<div>Hoi,</div><br><div>Dag</div>", "Hoi,\n\nDag"),
        ("<ul><li>een</li><li>twee</li></ul>", "een\ntwee"),
        ("Beste  klant,\n<em>dag</em>", "Beste klant, dag"),
        ("a &lt; b &#233;&#xe9; &nbsp;&foo; AT&T", "a < b éé \u00a0&foo; AT&T"),
        ("1 < 2 <3 en <attribute key=\"user.name\" default='x'/>!", "1 < 2 <3 en <attribute key=\"user.name\" default='x'/>!"),
        ("a<!-- <b> --><style>p{}</style><script>x<y</script>b", "ab"),
        ('<a title="1 > 2" href="x">link</a>', "link"),
        ("<p></p><p> </p>", ""),
        ("<!-- a <!-- b --> c <!--> d --> e", "c e"),
        ("a <!-- <b>b</b> <!-- c", "a <!-- b <!-- c"),
        ("a <STYLE>p{}</Style ><style>b<script>c", "a bc"),
        ("<p>Hoi!</p><table><tr><th>Dag</th></tr><tr><td>Hoi</td> <td>Bel ons.</td></tr></table>", "Hoi!\nDag\nHoi\nBel ons."),
        ("<header>Hoi</header><main>Dag<nav>x</nav></main><footer>Ciao</footer>", "Hoi\nDag\nx\nCiao"),
        ("<html><head><title>Mail</title></head><body>Hoi</body></html>", "Hoi"),
    ],
)
def test_what_shows(raw: str, shown: str) -> None:
    assert html.decode(Placed.verbatim(raw, 0)) == shown


def test_what_has_no_end_is_looked_for_once() -> None:
    began = time.process_time()
    for name, text in (("a.json", json.dumps([{"reply": "<p>" + "<!--" * 64_000}])), ("a.md", "Hoi<!-- x -->\n" * 20_000)):
        assert len(read_document(text.encode(), name).replies) == 1
    assert time.process_time() - began < 15  # and not minutes


def test_places_are_in_the_file() -> None:
    raw = "..<p>Zo&eacute;, <b>bel</b>  ons</p>"
    text = html.decode(Placed.verbatim(raw[2:], 2))
    assert text == "Zoé, bel ons"
    assert raw[slice(*text.source.to_source(Span(2, 3)))] == "&eacute;"
    assert raw[slice(*text.source.to_source(Span(5, 12)))] == "bel</b>  ons"


def test_fields_are_html_only_when_they_show_it() -> None:
    fields = [
        "a < b &amp; c",
        "Hoi<br>dag",
        "Regel <b>een</b>\\ntwee",
        "<naam>, dag",
        "x <p y",
        "<td>Hoi<td>dag",
        "&Eacute;&eacute;n&nbsp;&amp; x\\n&lt;",
    ]
    data = "\n".join(f'{{"reply": "{field}"}}' for field in fields)
    replies = read_document(data.encode(), "a.jsonl").replies
    assert [r.text for r in replies] == ["a < b &amp; c", "Hoi\ndag", "Regel een\ntwee", "<naam>, dag", "x <p y", "Hoi\ndag",
                                         "Één\u00a0& x\n<"]  # fmt: skip
