"""Findings for people: grouped by whom they concern, the worst first, each with what to do."""

from collections.abc import Callable, Iterator
from pathlib import Path

from hubkeeper.check import CheckResult
from hubkeeper.report.excerpt import Excerpts
from hubkeeper.report.words import counted, excused, looked_at, on_one_line, where
from policies.finding import Finding
from policies.rule import Level

_COLORS = {Level.CRITICAL: "1;31", Level.ERROR: "31", Level.WARNING: "33", Level.NOTE: "36"}
_BOLD, _FAINT = "1", "2"

_Paint = Callable[[str, str], str]


def render(result: CheckResult, *, color: bool = False, root: Path | None = None) -> str:
    """Plain text, one place a line as `file:line`, so that editors can jump; colours only where asked for.

    With `root`, the project's folder, the line of the description stands under what is found in it. Known ones are counted only.
    """
    paint = _painted if color else _plain
    shown = tuple(finding for finding in result.findings if not finding.known)
    excerpt = Excerpts(root) if root else None
    groups = _grouped(shown).items()
    lines = [line for whose, findings in groups for line in _group(whose, findings, paint, excerpt)]
    return "\n".join((*lines, *_changes(result, paint), _last_line(result, paint))) + "\n"


def _grouped(findings: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    """By environment and application, in the order of the worst finding of each."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault("/".join(part for part in (finding.environment, finding.app) if part), []).append(finding)
    return groups


def _group(whose: str, findings: list[Finding], paint: _Paint, excerpt: Excerpts | None) -> Iterator[str]:
    yield paint(whose or "the estate", _BOLD)
    for finding in findings:
        waived = f", {excused(finding)}" if finding.waived else ""
        level = paint(finding.level.value, _COLORS[finding.level])
        slot = f" in slot {finding.slot}" if finding.slot else ""
        yield f"  {where(finding)}: {level} {finding.ref} {finding.rule}{slot}{waived}"
        yield f"    {on_one_line(finding.message)}"
        for line in excerpt.of(finding) if excerpt else ():
            yield paint(f"    {line}", _FAINT)
        yield paint(f"    fix: {on_one_line(finding.fix)}", _FAINT)
    yield ""


def _changes(result: CheckResult, paint: _Paint) -> Iterator[str]:
    """What becomes of what runs, where there is a before."""
    if result.changes:
        yield paint("what the change does", _BOLD)
        yield from (f"  {line}" for line in result.changes)
        yield ""


def _last_line(result: CheckResult, paint: _Paint) -> str:
    if not result.findings:
        return paint(f"Nothing found: {looked_at(result)}.", "32")
    return f"{counted(result)}: {looked_at(result)}."


def _plain(text: str, code: str) -> str:
    return text


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"
