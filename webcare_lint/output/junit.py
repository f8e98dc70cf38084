"""``--format junit``: a JUnit report as Jenkins, GitLab and Azure read it: a suite for each file, a case for each finding.

Errors and warnings are failed cases, advice is a passed one that says something, what could not be checked is an error.
"""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree import ElementTree as ET

from webcare_lint.errors import Language
from webcare_lint.model import Diagnostic, Failure, Report, reply_name

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold in any form."""


def render(report: Report, language: Language) -> str:
    root = ET.Element("testsuites", name="webcare-lint")
    for path, group in groupby(report.diagnostics, key=lambda d: d.path):
        suite = ET.SubElement(root, "testsuite", name=_clean(path))
        for diagnostic in group:
            _case(suite, diagnostic)
    if report.failures:
        suite = ET.SubElement(root, "testsuite", name="webcare-lint")
        for failure in report.failures:
            _failed(suite, failure, language)
    if not len(root):
        # A report without cases counts as a report that was never made.
        suite = ET.SubElement(root, "testsuite", name="webcare-lint")
        ET.SubElement(suite, "testcase", classname="webcare-lint", name="webcare-lint")
    for element in (*root, root):
        for attribute, path in (("tests", ".//testcase"), ("failures", ".//failure"), ("errors", ".//error")):
            element.set(attribute, str(len(element.findall(path))))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _case(suite: ET.Element, d: Diagnostic) -> None:
    name = f"{d.code} {d.name} · {reply_name(d.reply_id, d.message_index)} · {d.start.line}:{d.start.column}"
    case = ET.SubElement(
        suite, "testcase", classname=_clean(d.path), name=_clean(name), file=_clean(d.path), line=str(d.start.line)
    )
    lines = [f"{d.path}:{d.start.line}:{d.start.column}: {d.code} {d.name}", f"“{d.quote}”" if d.quote else "", d.message, d.why]
    lines += [f"→ “{suggestion}”" for suggestion in d.suggestions]
    said = _clean("\n".join(filter(None, lines)))
    if d.level == "advice":
        ET.SubElement(case, "system-out").text = said
    else:
        ET.SubElement(case, "failure", type=d.level, message=_clean(d.message)).text = said


def _failed(suite: ET.Element, failure: Failure, language: Language) -> None:
    path = failure.path or "webcare-lint"
    name = ":".join(str(part) for part in (path, failure.line, failure.column) if part is not None)
    case = ET.SubElement(suite, "testcase", classname=_clean(path), name=_clean(name))
    if failure.path and failure.line:
        case.attrib.update(file=_clean(path), line=str(failure.line))
    message = _clean(failure.message.in_(language))
    ET.SubElement(case, "error", type="failure", message=message).text = _clean(failure.describe(language))


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
