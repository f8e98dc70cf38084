"""What a placeholder holds (name, fallback), and where one is broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from webcare_lint.nl.lazy import Lazy
from webcare_lint.nl.mask import Mask, placeholder_kind
from webcare_lint.text import Span

# |fallback:"there"  | default: 'there'  |default("there")  ,fallback=there%}  || 'there'  default="there"/>
_FALLBACK = Lazy(
    r"""(?:\|\s*(?:fallback|default)\s*[:(=]\s*|\|\|\s*|\bdefault=)(?P<quote>["'])(?P<quoted>.*?)(?P=quote)
      | [,|]\s*fallback\s*=\s*(?P<bare>[^%{}|]*?)\s*%?\}""",
    verbose=True,
)
_ATTRIBUTE = Lazy(r"""\bkey=["']([^"']*)""")
_NAME = Lazy(r"[\p{L}_][\p{L}\d_.\-/]*(?: [\p{L}\d_][\p{L}\d_.\-/]*)*")
_TAG_WORDS = frozenset(
    """if elsif elseif else endif unless endunless for endfor case when endcase assign capture endcapture set endset include
    raw endraw comment endcomment increment decrement cycle break continue render apply endapply macro endmacro block endblock
    with endwith autoescape endautoescape verbatim endverbatim""".split()
)
_NEAR = 200
"""Characters within which a bracket is closed."""
_PAIRS = ("if", "unless", "for", "case", "capture", "comment", "raw")
_TAG = Lazy(r"\{%-?\s*(\p{L}+)")

# Words in square brackets are mostly just that; only these make a half bracket a broken placeholder.
_FIELD = (
    r"(?:voor|achter|klant|bedrijfs|product|winkel|straat|plaats)?na(?:am|me)|(?:first|last|customer|agent)[ _]?name|klant|"
    r"(?:order|klant|bestel|factuur|telefoon|huis|ticket|track)[ _\-]?(?:nummer|nr|code|id)|"
    r"aanhef|postcode|(?:bezorg|lever)?datum|bedrag|link|url"
)
_NAMELIKE = r"[ ]?[\p{L}_$][\p{L}\d_.]*"
# A name before }} is tried from the start of its word alone (behind digits, or where a mask ended): from each letter of a long
# word it would take for ever.
_REMAINS = Lazy(
    rf"""
    \{{{{{_NAMELIKE}\}}? | \{{\{{[ ]?\}}?\}}? | (?:(?:\G|(?<![\p{{L}}\d_.]))[\d.]*+\K|(?=\$)){_NAMELIKE}[ ]?\}}\}} | \}}\}}
  | \{{%{_NAMELIKE}(?:(?:,[\p{{L}}\d_]+)?=[\p{{L}}\d_]*)?[%}}]? | \{{% | %\}}
  | [\#%]\{{{_NAMELIKE} | %\(\(?{_NAMELIKE}\)?(?=\W|$) | \{{\$[\p{{L}}\d_.]+
  | (?<![\p{{L}}\d\{{:;=8\-])\{{[\p{{L}}_][\p{{L}}\d_.]+(?=[^\p{{L}}\d_.\}}|]|$)
  | (?<![:;=8\-\[])\[{{1,2}}(?i:{_FIELD})(?![\p{{L}}\d_(])
  | (?<![\p{{L}}\d_\[])(?i:{_FIELD})\]{{1,2}}
  | (?<![\p{{L}}\d%])(?<!\d[ ])%(?i:{_FIELD})(?![\p{{L}}\d_%])
  | <attribute\b(?:[ ][\w\-]+=(?:"[^"<>\n]*"?|'[^'<>\n]*'?))*
    """,
    verbose=True,
)


def fallback(placeholder: str) -> str | None:
    """What stands there when the value is missing: ``there`` for ``{{user.name|fallback:"there"}}``; None without one."""
    match = _FALLBACK.search(placeholder)
    if match is None:
        return None
    from html import unescape

    found: str | None = match["quoted"] if match["quoted"] is not None else match["bare"]
    return unescape(found) if found is not None else None


def name(placeholder: str) -> str | None:
    """The name inside a placeholder, in lower case.

    None for a tag such as ``{% if … %}`` and for words in square brackets that are no field.
    """
    if placeholder.startswith("<"):
        attribute = _ATTRIBUTE.search(placeholder)
        return attribute[1].strip().lower() if attribute else None
    match = _NAME.search(placeholder)
    if match is None:
        return None
    if placeholder.startswith("{%") and match[0].split()[0].lower() in _TAG_WORDS:
        return None
    if placeholder.startswith("[") and not placeholder.startswith("[[") and placeholder_kind(placeholder) == "placeholder":
        return None
    return str(match[0].lower())


def by_name(entries: Mapping[str, int | None]) -> dict[str, int | None]:
    """A list of placeholders, written with their brackets or without, by the name that ``name`` gives; with their lengths."""
    return {name(entry) or entry.strip().lower(): length for entry, length in entries.items()}


def broken(text: str, masks: Sequence[Mask]) -> Iterator[Span]:
    """The placeholders in ``text`` that lack a bracket, have one too many, are empty or open a tag that nothing closes."""
    spans = [span for mask in masks if mask.kind.startswith("placeholder") and (span := _half(text, mask))]
    taken = sorted([*((mask.start, mask.end) for mask in masks), *spans])
    at = 0
    for start, end in [*taken, (len(text), len(text))]:
        if start > at:
            spans += [Span(*match.span()) for match in _REMAINS.finditer(text, at, start) if not _closed(text, match)]
        at = max(at, end)
    spans += _unclosed_tags(text, masks)
    last = -1
    for span in sorted(set(spans)):
        if span.start >= last:
            yield _trimmed(text, span)
            last = span.end


def _half(text: str, mask: Mask) -> Span | None:
    """The whole of a masked placeholder whose brackets do not match: ``{{naam}``, ``[[naam]``, ``{{ }}``."""
    start, end = mask.start, mask.end
    if text.startswith("{%", start):
        return None if text.endswith("%}", start, end) else Span(start, end)
    for left, right in ("{}", "[]"):
        opened = len(text[start:end]) - len(text[start:end].lstrip(left))
        if not opened:
            continue
        while start > 0 and text[start - 1] == left:
            start, opened = start - 1, opened + 1
        closed = len(text[start:end]) - len(text[start:end].rstrip(right))
        while end < len(text) and text[end] == right:
            end, closed = end + 1, closed + 1
        if opened != closed or not _NAME.search(text, start, end):
            return Span(start, end)
    return None


def _closed(text: str, match: Any) -> bool:
    """Whether a single bracket is closed, or opened, not far off: then it is no half placeholder but a bracket."""
    found = match[0]
    rest = text[match.end() : match.end() + _NEAR]
    if found.startswith("[") and not found.startswith("[["):
        return "]" in rest.partition("[")[0]
    if found.startswith("{") and not found.startswith(("{{", "{%", "{$")):
        return "}" in rest.partition("{")[0]
    if found.endswith("]") and "[" not in found:
        return "[" in text[max(0, match.start() - _NEAR) : match.start()].rpartition("]")[2]
    if found.startswith("%("):
        return ")" in rest and ")%" not in rest
    return False


def _unclosed_tags(text: str, masks: Sequence[Mask]) -> list[Span]:
    open_: list[tuple[str, Span]] = []
    loose = []
    for mask in masks:
        tag = _TAG.match(text, mask.start, mask.end)
        word = tag[1].lower() if tag else ""
        if word in _PAIRS:
            open_.append((word, Span(mask.start, mask.end)))
        elif word.startswith("end") and word[3:] in _PAIRS:
            if open_ and open_[-1][0] == word[3:]:
                open_.pop()
            else:
                loose.append(Span(mask.start, mask.end))
    return loose + [span for _, span in open_]


def _trimmed(text: str, span: Span) -> Span:
    raw = text[span.start : span.end]
    return Span(span.end - len(raw.lstrip()), span.start + len(raw.rstrip()))
