"""What someone sees who writes replies in an editor."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pygls")
from lsprotocol import types

if TYPE_CHECKING:
    from tests.lsp.conftest import Editor

Edit = Callable[..., None]

LIBRARY = """\
# standaardantwoorden
- id: bezorging
  reply: "Wat fijn 🙏🏽 dat je het vraagt! 📦 Bel even met onze klantenservice. Fijne dag!"
- id: goed
  reply: |
    Je pakket komt morgen tussen 9 en 11.
"""


def test_a_library_is_underlined_and_mended(edit: Edit) -> None:
    async def session(editor: Editor) -> None:
        (found,) = await editor.open("antwoorden.yaml", LIBRARY, "yaml")
        assert found.code == "WC201"
        assert editor.words(found) == "Bel even met onze klantenservice"
        line = LIBRARY.splitlines()[2]
        before = line[: line.index("Bel")]
        # Every emoji counts for two, and the first of them is made of two.
        assert found.range.start == types.Position(2, len(before) + 3)
        assert found.severity == types.DiagnosticSeverity.Error
        assert found.source == "webcare-lint"
        assert found.code_description
        assert found.code_description.href.startswith("file://")
        assert found.related_information
        assert any("Probeer" in related.message for related in found.related_information)

        ways = await editor.actions(found)
        replace = next(way for way in ways if way.title.startswith("Vervang de zin"))
        assert not replace.is_preferred
        editor.apply(replace)
        assert await editor.underlined() == []
        assert "klantenservice" not in editor.text
        assert editor.text.count("📦") == 1
        assert "Fijne dag!" in editor.text

    edit(session)


def test_a_library_is_looked_at_as_a_whole(edit: Edit) -> None:
    async def session(editor: Editor) -> None:
        said = ["Wat vervelend!", "Vervelend zeg.", "Dat is vervelend.", "Vervelend voor je.", "Balen."]
        text = "".join(f'- reply: "{each} Het komt {day} december."\n' for day, each in enumerate(said, 3))
        found = await editor.open("antwoorden.yaml", text, "yaml")
        assert "WC552" in {each.code for each in found}

    edit(session)


def test_typing_is_followed(edit: Edit) -> None:
    async def session(editor: Editor) -> None:
        assert await editor.open("draft.txt", "🎉 Dank je wel!\u2028Je pakket komt morgen.\n", "plaintext") == []
        at = editor.place("\n")
        for word in (" Bel", " ons", " even", "."):
            editor.type(types.TextEdit(types.Range(at, at), word))
            at = types.Position(at.line, at.character + len(word))
        (found,) = await editor.underlined()
        assert editor.words(found) == "Bel ons even"
        assert found.range.start.line == 0  # no editor ends a line at U+2028
        editor.type(types.TextEdit(found.range, "Ik bel je vanmiddag"))
        assert await editor.underlined() == []

    edit(session)


def test_the_editor_chooses_how_to_count_and_speak(edit: Edit) -> None:
    async def session(editor: Editor) -> None:
        assert editor.capabilities
        assert editor.capabilities.position_encoding == "utf-8"
        (found,) = await editor.open("draft.txt", "Eén moment 🙏 Bel ons even.", "plaintext")
        assert found.range.start.character == len("Eén moment 🙏 ".encode())
        assert "Commandment 2" in await editor.hover(found.range.start)

    edit(session, {"lang": "en"}, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\nchannel: x\n---\n## een\n> Waar blijft het?\n\n😀 Bel ons even.\n"),
        ("a.jsonl", '{"id": "1", "reply": "\\ud83d\\ude00 Bel ons even."}\n'),
        ("a.json", '[{"id": "1", "reply": "😀 Bel ons even."}]'),
        ("a.csv", "id;antwoord\r\n1;😀 Bel ons even.\r\n"),
        ("a.tsv", "id\tantwoord\n1\t😀 Bel ons even.\n"),
    ],
)
def test_every_form_of_file(edit: Edit, name: str, text: str) -> None:
    async def session(editor: Editor) -> None:
        (found,) = await editor.open(name, text)
        assert editor.words(found) == "Bel ons even"

    edit(session)


def test_broken_files_are_told_at_their_place(edit: Edit) -> None:
    async def session(editor: Editor) -> None:
        (found,) = await editor.open("a.json", '[{"reply": "Bel ons even."},\n {"reply": 😀 oeps}]', "json")
        assert found.severity == types.DiagnosticSeverity.Error
        assert "JSON" in found.message
        assert found.range.start == types.Position(1, len(' {"reply": '))
        (found,) = await editor.open("b.yaml", "- reply: 'niet dicht\n", "yaml")
        assert "YAML" in found.message
        broken, found = await editor.open("c.jsonl", '{"reply": \n{"reply": "Bel ons even."}\n', "")
        assert "JSON" in broken.message
        assert found.code == "WC201"
        (found,) = await editor.open("d.txt", "Hoi\x00", "plaintext")
        assert found.range.start == types.Position(0, 0)

    edit(session)


def test_hover_explains(edit: Edit) -> None:
    async def session(editor: Editor) -> None:
        await editor.open("a.txt", "Bel *ons* even op 0900-1234. Lukt het niet, bel ons dan vanmiddag.", "plaintext")
        told = await editor.hover(editor.place("bel ons", 5))
        assert "**WC201 bel-ons**" in told
        assert "Gebod 2" in told
        assert "Probeer" in told
        assert await editor.hover(types.Position(9, 9)) == ""

    edit(session)


def test_the_nearest_configuration_counts(edit: Edit, tmp_path: Path) -> None:
    (tmp_path / ".webcare-lint.yaml").write_text("ignore: [2]\n")
    (tmp_path / "mis").mkdir()
    (tmp_path / "mis" / ".webcare-lint.yaml").write_text("ignor: [WC201]\n")

    async def session(editor: Editor) -> None:
        assert await editor.open("a.txt", "Bel ons even.", "plaintext") == []
        (found,) = await editor.open("mis/a.txt", "Bel ons even.", "plaintext")
        assert "ignor" in found.message
        assert ".webcare-lint.yaml:1" in found.message
        assert await editor.open(".verborgen.yaml", "Bel: ons even\n", "yaml") == []

    edit(session)


OWN_RULE = """\
commandment: 3
title: {nl: Titel, en: Title}
rules:
  - code: WC398
    name: zij-in-plaats-van-wij
    level: warning
    kind: match
    message: {nl: "Zeg wij.", en: "Say we."}
    why: {nl: Daarom., en: Because.}
    suggestions: {nl: [], en: []}
    find: ["zij regelen"]
    fix: {kind: swap, safety: safe, words: {zij: wij}}
    examples: {bad: ["**Zij regelen** het."], good: ["Wij regelen het."]}
"""


def test_a_safe_fix_is_the_one_to_take(edit: Edit, tmp_path: Path) -> None:
    (tmp_path / "regels.yaml").write_text(OWN_RULE)
    (tmp_path / ".webcare-lint.yaml").write_text("extend_rules: [regels.yaml]\nselect: [WC398]\n")

    async def session(editor: Editor) -> None:
        (found,) = await editor.open("a.csv", 'id;antwoord\n1;"😀 ""Ja"", zij regelen het."\n')
        assert found.severity == types.DiagnosticSeverity.Warning
        first = (await editor.actions(found))[0]
        assert first.is_preferred
        editor.apply(first)
        assert editor.text == 'id;antwoord\n1;"😀 ""Ja"", wij regelen het."\n'
        assert await editor.underlined() == []

    edit(session)


def test_a_fix_is_offered_only_where_it_can_stand(edit: Edit, tmp_path: Path) -> None:
    (tmp_path / "regels.yaml").write_text(OWN_RULE.replace("{zij: wij}", "{zij: 'ja, wij'}"))
    (tmp_path / ".webcare-lint.yaml").write_text("extend_rules: [regels.yaml]\nselect: [WC398]\n")

    async def session(editor: Editor) -> None:
        bare, quoted = await editor.open("a.csv", 'id,antwoord\n1,Zij regelen het.\n2,"Zij regelen het."\n')
        offered = [[way.title for way in await editor.actions(found)] for found in (bare, quoted)]
        assert [[title for title in titles if title.startswith("Verbeter")] for titles in offered] == [[], ["Verbeter: Ja, wij"]]

    edit(session)


def test_rules_that_change_outside_the_editor_hold_at_once(edit: Edit, tmp_path: Path) -> None:
    rule = OWN_RULE.replace("WC398", "WC396")
    (tmp_path / "regels").mkdir()
    (tmp_path / "regels/een.yaml").write_text(rule)
    (tmp_path / ".webcare-lint.yaml").write_text("extend_rules: [regels]\nselect: [WC396]\n")

    async def session(editor: Editor) -> None:
        assert [editor.words(found) for found in await editor.open("a.txt", "Zij regelen het. Men regelt het.")] == [
            "Zij regelen"
        ]
        (tmp_path / "regels/een.yaml").write_text(rule.replace("zij regelen", "men regelt").replace("Zij regelen", "Men regelt"))
        editor.changed_elsewhere("regels/een.yaml")
        assert [editor.words(found) for found in await editor.underlined()] == ["Men regelt"]
        (tmp_path / ".webcare-lint.yaml").write_text("extend_rules: [regels]\nignore: [WC396]\n")
        editor.changed_elsewhere(".webcare-lint.yaml")
        assert "WC396" not in [found.code for found in await editor.underlined()]
        assert types.WORKSPACE_DID_CHANGE_WATCHED_FILES in editor.registered

    edit(session)


def test_what_the_baseline_knows_is_not_shown(edit: Edit, run: Callable[..., object], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bel ons even.")
    run("check", "a.txt", "--write-baseline")
    assert (tmp_path / ".webcare-lint-baseline.json").exists()
    (tmp_path / ".webcare-lint.yaml").write_text("baseline: .webcare-lint-baseline.json\n")

    async def session(editor: Editor) -> None:
        assert await editor.open("a.txt", "Bel ons even.", "plaintext") == []
        (found,) = await editor.open("b.txt", "Mail ons even.", "plaintext")
        assert found.code

    edit(session)


def test_a_baseline_that_is_written_anew_holds_at_once(edit: Edit, run: Callable[..., object], tmp_path: Path) -> None:
    (tmp_path / ".webcare-lint.yaml").write_text("baseline: bekend.json\n")
    (tmp_path / "bekend.json").write_text('{"version": 1, "findings": {}}')
    (tmp_path / "a.txt").write_text("Bel ons even.")

    async def session(editor: Editor) -> None:
        (found,) = await editor.open("a.txt", "Bel ons even.", "plaintext")
        assert found.code
        run("check", "a.txt", "--write-baseline")
        editor.changed_elsewhere("bekend.json")
        assert await editor.underlined() == []

    edit(session)


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("a.txt", "Hoi!\nBel ons even.", "# webcare-lint: negeer WC201\nHoi!\nBel ons even."),
        ("a.yaml", "\ufeff- reply: Bel ons even.\n", "\ufeff# webcare-lint: negeer WC201\n- reply: Bel ons even.\n"),
        ("a.md", "## een\n\nBel ons even.\n", "## een\n\n<!-- webcare-lint: negeer WC201 -->\nBel ons even.\n"),
        ("a.yaml", "- id: x\n  reply: Goed zo.\n- id: y\n  reply: Bel ons even.\n",
         "- id: x\n  reply: Goed zo.\n# webcare-lint: negeer WC201\n- id: y\n  reply: Bel ons even.\n"),
        ("b.yaml", "een: Goed zo.\ntwee: |\n  Hoi!\n  Bel ons even.\n",
         "een: Goed zo.\n# webcare-lint: negeer WC201\ntwee: |\n  Hoi!\n  Bel ons even.\n"),
        ("c.yaml", "macros:\n  een: Goed zo.\n  twee: Bel ons even.\n",
         "macros:\n  een: Goed zo.\n  # webcare-lint: negeer WC201\n  twee: Bel ons even.\n"),
        ("d.yaml", "macros:\n  een: {tekst: Bel ons even.}\n  twee:\n    tekst: Goed zo.\n",
         "macros:\n  # webcare-lint: negeer WC201\n  een: {tekst: Bel ons even.}\n  twee:\n    tekst: Goed zo.\n"),
    ],
)  # fmt: skip
def test_a_rule_can_be_ignored_here(edit: Edit, name: str, text: str, wanted: str) -> None:
    async def session(editor: Editor) -> None:
        (found,) = await editor.open(name, text)
        (way,) = [way for way in await editor.actions(found) if way.title.startswith("Negeer")]
        editor.apply(way)
        assert editor.text == wanted
        assert await editor.underlined() == []

    edit(session)


def test_a_suggestion_is_offered_only_where_it_can_stand(edit: Edit) -> None:
    async def session(editor: Editor) -> None:
        escaped = {"reply": "Hoi. Bel even met onze klant\u00ebnservice. Dag."}
        text = json.dumps([escaped, {"reply": "Hoi. Bel ons even. Dag."}])
        in_escaped, in_plain = await editor.open("a.json", text, "json")
        assert await editor.actions(in_plain)
        for found in (in_escaped, in_plain):
            for way in await editor.actions(found):
                assert way.edit
                assert way.edit.changes
                before = editor.text
                editor.apply(way)
                json.loads(editor.text)
                await editor.underlined()
                end = types.Position(0, 10_000)
                editor.type(types.TextEdit(types.Range(types.Position(0, 0), end), before))
                await editor.underlined()

    edit(session)


def test_no_text_reaches_the_log(tmp_path: Path) -> None:
    import subprocess
    import sys

    def message(body: dict[str, object]) -> bytes:
        data = json.dumps({"jsonrpc": "2.0", **body}).encode()
        return b"Content-Length: %d\r\n\r\n%b" % (len(data), data)

    secret = "geheimpje van de klant"
    sent = message({"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}})
    document = {"uri": "file:///x/a.txt", "languageId": "plaintext", "version": 1, "text": secret}
    sent += message({"method": "textDocument/didOpen", "params": {"textDocument": document}})
    # Places that make no sense, a kind of message that does not exist, and parameters of the wrong shape.
    wrong = {"range": {"start": {"line": -5, "character": 3}, "end": {"line": 99, "character": -1}}, "text": secret}
    change = {"textDocument": {"uri": "file:///x/a.txt", "version": 2}, "contentChanges": [wrong]}
    sent += message({"method": "textDocument/didChange", "params": change})
    sent += message({"id": 2, "method": "textDocument/hover", "params": {"text": secret}})
    sent += message({"id": 3, "method": "onbekend", "params": {"text": secret}})
    sent += message({"id": 4, "method": "shutdown"}) + message({"method": "exit"})
    done = subprocess.run(
        [sys.executable, "-m", "webcare_lint", "lsp"], input=sent, capture_output=True, timeout=120, cwd=tmp_path, check=False
    )
    assert b'"id": 4' in done.stdout or b'"id":4' in done.stdout, done.stderr.decode()
    assert secret not in done.stderr.decode()
    assert len(done.stderr.splitlines()) <= 4


def test_without_the_extra_one_line_says_so(tmp_path: Path) -> None:
    import subprocess
    import sys

    hidden = (
        "import sys; sys.modules['pygls'] = None; sys.argv = ['webcare-lint', 'lsp']; from webcare_lint.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "webcare-lint[lsp]" in done.stderr
