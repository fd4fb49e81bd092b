"""Findings as JUnit XML, which Azure Pipelines, GitLab and Jenkins show: a case for each finding, a suite for each environment.

Format: the Jenkins xUnit plug-in's junit-10.xsd, read 2026-11-22.
"""

import re
from xml.etree import ElementTree

from hubkeeper.check import CheckResult
from hubkeeper.report.words import excused, where, whose
from policies.finding import Finding

# Characters that XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(result: CheckResult) -> str:
    """What stops is a failure, what is waived or known is skipped, and the rest passed with its words as output."""
    top = ElementTree.Element("testsuites", name="hubkeeper check")
    for environment in dict.fromkeys([*result.summary.environments, *(one.environment for one in result.findings)]):
        _suite(top, environment, [one for one in result.findings if one.environment == environment])
    for key in ("tests", "failures", "errors", "skipped"):
        if key != "skipped":
            top.set(key, str(sum(int(suite.get(key, "0")) for suite in top)))
    ElementTree.indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(top, encoding="unicode") + "\n"


def _suite(top: ElementTree.Element, environment: str, findings: list[Finding]) -> None:
    stopping = sum(1 for one in findings if one.stops)
    excuses = sum(1 for one in findings if excused(one))
    name = environment or "the estate"
    suite = ElementTree.SubElement(
        top,
        "testsuite",
        name=name,
        tests=str(max(len(findings), 1)),
        failures=str(stopping),
        errors="0",
        skipped=str(excuses),
    )
    if not findings:
        ElementTree.SubElement(suite, "testcase", classname=name, name="nothing found")
    for finding in findings:
        _case(suite, finding)


def _case(suite: ElementTree.Element, finding: Finding) -> None:
    name = f"{finding.ref} {finding.rule} at {where(finding) or 'the estate'}"
    case = ElementTree.SubElement(suite, "testcase", classname=_text(whose(finding)), name=_text(name))
    words = _text(f"{where(finding)}: {finding.message}\nfix: {finding.fix}")
    excuse = excused(finding)
    if excuse:
        ElementTree.SubElement(case, "skipped", message=_text(excuse))
    elif finding.stops:
        failure = ElementTree.SubElement(case, "failure", type=finding.level.value, message=_text(finding.message))
        failure.text = words
    else:
        ElementTree.SubElement(case, "system-out").text = words


def _text(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
