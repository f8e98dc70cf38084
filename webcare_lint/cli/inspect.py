"""``webcare-lint inspect``: the parse as rules see it."""

from __future__ import annotations

import json
from typing import Annotated, Any, Optional

import typer

from webcare_lint.cli.language import say
from webcare_lint.cli.settings import Lang, find_settings
from webcare_lint.errors import ConfigError, Text
from webcare_lint.linter import Linter
from webcare_lint.nl.clear import cleared
from webcare_lint.patterns.passage import Passage

HELP = say("Toon een tekst zoals regels hem zien: woorden, lemma's, zinsdelen.",
           "Show a text as rules see it: words, lemmas, structure.")  # fmt: skip


def inspect(
    text: Annotated[Optional[str], typer.Argument(help=say("De tekst.", "The text."))] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    model_path: Annotated[bool, typer.Option("--model-path", help=say(
        "Toon de map van het taalmodel.", "Show the folder of the language model."))] = False,
    lang: Annotated[Optional[Lang], typer.Option("--lang", help=say("Taal.", "Language."))] = None,
) -> int:  # fmt: skip
    config, path = find_settings(None)
    if model_path:
        from webcare_lint.nl import pipeline

        print(Linter(config, path).loaded.nlp.path if config.pipeline else pipeline.model_path())
        return 0
    if text is None:
        raise ConfigError(Text("geef een tekst", "give a text"))
    seen = _seen(text, Linter(config, path))
    if as_json:
        print(json.dumps(seen, ensure_ascii=False, indent=2))
    else:
        _table(seen)
    return 0


def _seen(text: str, linter: Linter) -> dict[str, Any]:
    from webcare_lint.patterns.actor import actor

    text = cleared(text)
    passage = Passage(text)
    passage.doc = next(iter(linter.loaded.parse([text])))
    tokens = []
    for token in passage.doc:
        if token.is_space:
            continue
        mask = next((m.kind for m in passage.masks if m.start <= token.idx < m.end), None)
        tokens.append({
            "text": token.text, "start": token.idx, "lemma": token.lemma_, "tag": token.pos_, "features": str(token.morph),
            "head": token.head.text, "relation": token.dep_, "masked": mask,
            "who": actor(token) if token.pos_ == "VERB" else None,
            "sentence_start": bool(token.is_sent_start),
        })  # fmt: skip
    return {
        "text": text,
        "tokens": tokens,
        "sentences": [text[s.start : s.end] for s in passage.sentences],
        "clauses": [text[s.start : s.end] for s in passage.clauses],
        "parsed_sentences": [sentence.text.strip() for sentence in passage.doc.sents],
    }


def _table(seen: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False)
    for title in (say("woord", "word"), "lemma", say("soort", "tag"), say("kenmerken", "features"),
                  say("relatie", "relation"), say("bij", "head"), say("wie", "who"), say("gemaskeerd", "masked")):  # fmt: skip
        table.add_column(title, overflow="fold")
    for token in seen["tokens"]:
        cells = (token["text"], token["lemma"], token["tag"], token["features"].replace("|", " "),
                 token["relation"], token["head"], token["who"] or "", token["masked"] or "")  # fmt: skip
        if token["sentence_start"] and table.row_count:
            table.add_section()
        from rich.text import Text as Styled

        table.add_row(*(Styled(cell) for cell in cells))
    console.print(table)
    for title, key in ((say("zinnen", "sentences"), "sentences"), (say("deelzinnen", "clauses"), "clauses")):
        console.print(f"\n{title}: " + " ⏐ ".join(seen[key]), markup=False)
