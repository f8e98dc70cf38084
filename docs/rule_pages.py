"""Make the rule pages from the rules: ``python docs/rule_pages.py`` writes docs/regels (Dutch) and docs/rules (English).

A test fails when they are stale.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from webcare_lint.checks import Rule  # noqa: E402
from webcare_lint.checks.base import Example  # noqa: E402
from webcare_lint.errors import Language, Text  # noqa: E402
from webcare_lint.names import LEVEL_NAMES  # noqa: E402
from webcare_lint.rulebook.examples import marked  # noqa: E402
from webcare_lint.rulebook.files import RuleFile  # noqa: E402
from webcare_lint.rulebook.load import load_rulebook  # noqa: E402

FOLDERS: dict[Language, str] = {"nl": "regels", "en": "rules"}
_INDEX = Text("Regels", "Rules")
_MADE = Text("Gemaakt uit de regels met `python docs/rule_pages.py`; wijzig de regels, niet deze bladzijde.",
             "Made from the rules by `python docs/rule_pages.py`; change the rules, not this page.")  # fmt: skip


def pages() -> dict[Path, str]:
    """Every page by its path, relative to docs/."""
    made: dict[Path, str] = {}
    files = [(file, Path(located.path)) for file, located in load_rulebook().files]
    for language, folder in FOLDERS.items():
        index = [f"# {_INDEX.in_(language)}", "", f"<!-- {_MADE.in_(language)} -->", ""]
        for stem, group in _grouped(files):
            made[Path(folder) / f"{stem}.md"] = _page(group, language)
            index += [f"- [{_title(group[0], language)}]({stem}.md)"]
            index += [f"  - `{r.code}` {r.name} – {LEVEL_NAMES[r.level].in_(language)}" for f in group for r in f.rules]
        made[Path(folder) / "README.md"] = "\n".join(index) + "\n"
    return made


def _grouped(files: list[tuple[RuleFile, Path]]) -> list[tuple[str, list[RuleFile]]]:
    """Files of one commandment share a page, named after the first of them; the others have one each."""
    groups: dict[str, list[RuleFile]] = {}
    home: dict[int, str] = {}
    for file, path in sorted(
        files, key=lambda pair: (len(pair[1].parts), min((rule.code for rule in pair[0].rules), default=""))
    ):
        stem = path.stem if file.commandment is None else home.setdefault(file.commandment, path.stem)
        groups.setdefault(stem, []).append(file)
    return sorted(groups.items(), key=lambda item: (item[1][0].commandment or 99, item[0]))


def _title(file: RuleFile, language: Language) -> str:
    title = file.title.text.in_(language)
    return f"{file.commandment} · {title}" if file.commandment else title


def _page(group: list[RuleFile], language: Language) -> str:
    lines = [f"# {_title(group[0], language)}", "", f"<!-- {_MADE.in_(language)} -->", ""]
    for file in group:
        if file.ways:
            lines += [file.ways.text.in_(language).strip(), ""]
    for file in group:
        for rule in file.rules:
            lines += [*_rule(rule, language), ""]
    return "\n".join(lines).rstrip() + "\n"


def _rule(rule: Rule, language: Language) -> list[str]:
    lines = [f"## {rule.code} {rule.name}", "", f"*{LEVEL_NAMES[rule.level].in_(language)}* · `{rule.__struct_config__.tag}`", ""]
    lines += [rule.message.text.in_(language), "", rule.why.text.in_(language), ""]
    tries = rule.suggestions.nl if language == "nl" else rule.suggestions.en
    lines += [f"- {Text('Probeer', 'Try').in_(language)}: “{each}”" for each in tries]
    for title, examples in (
        (Text("Wel een melding", "Gives a finding"), rule.examples.bad),
        (Text("Geen melding", "Gives none"), rule.examples.good),
    ):
        lines += ["", f"**{title.in_(language)}**", ""]
        lines += [_example(example, language) for example in examples]
    return lines


def _example(raw: str | Example, language: Language) -> str:
    example, spans = marked(raw)
    text = example.reply
    for start, end in reversed(spans):
        text = f"{text[:start]}<ins>{text[start:end]}</ins>{text[end:]}"
    shown = " ".join(text.split()) or Text("*(leeg)*", "*(empty)*").in_(language)
    if example.customer:
        said = " ".join(example.customer.split())
        return f"- {Text('Klant', 'Customer').in_(language)}: “{said}” → {shown}"
    return f"- {shown}"


def main() -> None:
    wanted = pages()
    for folder in FOLDERS.values():
        (HERE / folder).mkdir(exist_ok=True)
        for old in (HERE / folder).glob("*.md"):
            if Path(folder) / old.name not in wanted:
                old.unlink()
    for path, text in wanted.items():
        (HERE / path).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
