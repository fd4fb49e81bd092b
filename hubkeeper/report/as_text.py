"""Findings for people: grouped by whom they concern, the worst first, each with what to do."""

from collections.abc import Callable, Iterator

from hubkeeper.check import CheckResult
from policies.finding import Finding
from policies.rule import Level

_COLORS = {Level.CRITICAL: "1;31", Level.ERROR: "31", Level.WARNING: "33", Level.NOTE: "36"}
_BOLD, _FAINT = "1", "2"

_Paint = Callable[[str, str], str]


def render(result: CheckResult, *, color: bool = False) -> str:
    """Plain text, one place a line as `file:line`, so that editors can jump; colours only where asked for."""
    paint = _painted if color else _plain
    lines = [line for whose, findings in _grouped(result.findings).items() for line in _group(whose, findings, paint)]
    return "\n".join((*lines, _last_line(result, paint))) + "\n"


def _grouped(findings: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    """By environment and application, in the order of the worst finding of each."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault("/".join(part for part in (finding.environment, finding.app) if part), []).append(finding)
    return groups


def _group(whose: str, findings: list[Finding], paint: _Paint) -> Iterator[str]:
    yield paint(whose or "the estate", _BOLD)
    for finding in findings:
        waived = (
            f", waived until {finding.waived.get('expires')}: {finding.waived.get('reason')}" if finding.waived else ""
        )
        level = paint(finding.level.value, _COLORS[finding.level])
        slot = f" in slot {finding.slot}" if finding.slot else ""
        yield f"  {_place(finding)}: {level} {finding.ref} {finding.rule}{slot}{waived}"
        yield f"    {finding.message}"
        yield paint(f"    fix: {finding.fix}", _FAINT)
    yield ""


def _place(finding: Finding) -> str:
    if finding.file:
        return f"{finding.file}:{finding.line}"
    return finding.resource.rpartition("::")[2] if finding.resource else finding.environment


def _last_line(result: CheckResult, paint: _Paint) -> str:
    summary = result.summary
    where = f"{_many(summary.rules, 'rule')} on {', '.join(summary.environments)}"
    if not result.findings:
        return paint(f"Nothing found: {where}.", "32")
    counts = [_many(count, level) for level, count in summary.levels.items() if count]
    waived = sum(1 for finding in result.findings if finding.waived)
    return f"{', '.join([*counts, *([f'{waived} waived'] if waived else [])])}: {where}."


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 or word == Level.CRITICAL.value else f"{count} {word}s"


def _plain(text: str, code: str) -> str:
    return text


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"
