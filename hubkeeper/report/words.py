"""Words that several reports share: whom a finding concerns, where it is, and what was found in all."""

from hubkeeper.check import CheckResult
from policies.finding import Finding
from policies.rule import Level

#: Where a report that must name a file puts what stands in none of them.
NO_FILE = "Pulumi.yaml"


def whose(finding: Finding) -> str:
    """Environment, application and slot; `the estate` for what concerns all."""
    return "/".join(part for part in (finding.environment, finding.app, finding.slot) if part) or "the estate"


def where(finding: Finding) -> str:
    """File and line, else the resource's name, else the environment."""
    if finding.file:
        return f"{finding.file}:{finding.line}"
    return finding.resource.rpartition("::")[2] if finding.resource else finding.environment or "the estate"


def excused(finding: Finding) -> str:
    """Why a finding stops nothing; empty where it does not say."""
    if finding.waived:
        return f"waived until {finding.waived.get('expires')}: {finding.waived.get('reason')}"
    return "known, in the baseline" if finding.known else ""


def counted(result: CheckResult) -> str:
    """`1 critical, 2 warnings, 1 waived`, or that there is nothing."""
    counts = [_many(count, level) for level, count in result.summary.levels.items() if count]
    waived = sum(1 for finding in result.findings if finding.waived)
    known = sum(1 for finding in result.findings if finding.known)
    others = [*([f"{waived} waived"] if waived else []), *([f"{known} known"] if known else [])]
    return ", ".join([*counts, *others]) or "nothing found"


def looked_at(result: CheckResult) -> str:
    """`59 rules on dev, prod, test`."""
    return f"{_many(result.summary.rules, 'rule')} on {', '.join(result.summary.environments)}"


def on_one_line(text: str) -> str:
    """A text whose characters are all shown: a terminal, or the log of a pipeline, obeys none of them."""
    return "".join(character if character.isprintable() else " " for character in text)


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 or word == Level.CRITICAL.value else f"{count} {word}s"
