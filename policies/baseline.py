"""The baseline: findings that were there when the rules came. Only new ones fail, and the list only ever gets shorter.

A finding is known by its rule and its place, not by its line or its words, so that moving things about makes nothing new.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from policies.catalogue import UPKEEP
from policies.finding import Finding
from policies.rules.changes import CHANGES
from policies.rules.upkeep import BASELINE_OUTDATED

#: Where a project keeps the one that `check` and the engine take by themselves.
FILE: Final = "policies/baseline.json"
_VERSION = 1
_EXPECTED = "what `hubkeeper check --write-baseline` writes"
_NEVER = {rule.slug for rule in CHANGES}


class BaselineUnusable(Exception):
    """A baseline cannot be used. The text is one line for the user."""


@dataclass(frozen=True)
class Entry:
    """A place where a rule found something, and how often it did."""

    ref: str
    rule: str
    place: str
    count: int = 1

    @property
    def fingerprint(self) -> str:
        """The same for the same rule at the same place, whatever else changes."""
        return _hashed(self.ref, self.place)

    @property
    def environment(self) -> str:
        """The first part of the place."""
        return self.place.partition(" ")[0].partition("/")[0]


@dataclass(frozen=True)
class Written:
    """What writing a baseline did: findings it holds, that were taken out, and that are new and stay out."""

    held: int
    gone: int
    new: int

    @classmethod
    def of(cls, now: Sequence[Entry], before: Sequence[Entry], findings: Sequence[Finding]) -> "Written":
        """From the entries now and before, and what was found."""
        held, had = (Counter({one.fingerprint: one.count for one in entries}) for entries in (now, before))
        found = Counter(fingerprint(one) for one in findings if one.waived is None and may_hold(one))
        return cls(held.total(), (had - held).total(), (found - held).total())

    def __str__(self) -> str:
        gone = f", {self.gone} gone since the last time" if self.gone else ""
        new = f"; {self.new} new ones stay out (--baseline-may-grow lets them in)" if self.new else ""
        return f"{self.held} known findings{gone}{new}"


def fingerprint(finding: Finding) -> str:
    """What a finding is known by: ref, whose it is, the resource's own name, and the path in the description."""
    return _hashed(finding.ref, place(finding))


def place(finding: Finding) -> str:
    """Where a finding is, in words that stay: `prod/claims/staging azure-native:web:WebAppSlot::x apps.claims`."""
    who = "/".join((finding.environment, *([finding.app, finding.slot or "production"] if finding.app else [])))
    resource = "::".join(finding.resource.split("::")[2:]).rpartition("$")[2] if finding.resource else ""
    return " ".join(part for part in (who, resource, finding.place) if part)


def _hashed(ref: str, where: str) -> str:
    return hashlib.sha256(f"{ref} {where}".encode()).hexdigest()[:16]


def read_baseline(file: Path) -> list[Entry]:
    """The entries of a baseline. Raises BaselineUnusable."""
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        if document["version"] != _VERSION:
            raise BaselineUnusable(f"{file}:1: version {document['version']!r}, expected {_VERSION}")
        return [Entry(str(e["ref"]), str(e["rule"]), str(e["place"]), int(e["count"])) for e in document["findings"]]
    except OSError as error:
        raise BaselineUnusable(f"{file}: the file cannot be read ({error.strerror}), expected {_EXPECTED}") from None
    except json.JSONDecodeError as error:
        raise BaselineUnusable(f"{file}:{error.lineno}: not JSON ({error.msg}), expected {_EXPECTED}") from None
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        raise BaselineUnusable(f"{file}:1: not a baseline, expected {_EXPECTED}") from None


def written(entries: Iterable[Entry]) -> str:
    """The text of a baseline: sorted, so that a pull request shows what left it."""
    found = [
        {**vars(one), "fingerprint": one.fingerprint} for one in sorted(entries, key=lambda one: (one.place, one.ref))
    ]
    return json.dumps({"version": _VERSION, "findings": found}, indent=1, ensure_ascii=False) + "\n"


def recorded(findings: Sequence[Finding], skipped: Collection[str], old: Sequence[Entry] | None) -> list[Entry]:
    """What a baseline is to hold now: today's findings or, where there is one already, what of it still occurs.

    Waived findings are not recorded. Entries of environments that were skipped stay.
    """
    counts = Counter((one.ref, one.rule, place(one)) for one in findings if one.waived is None and may_hold(one))
    if old is None:
        return [Entry(*key, count) for key, count in counts.items()]
    found = {_hashed(ref, where): count for (ref, _, where), count in counts.items()}
    still = [
        one if one.environment in skipped else replace(one, count=min(one.count, found.get(one.fingerprint, 0)))
        for one in old
    ]
    return [one for one in still if one.count]


def may_hold(finding: Finding) -> bool:
    """Not what a change does, and not what is wrong with waivers and baselines: those are never old."""
    return finding.rule not in _NEVER and not finding.ref.startswith(UPKEEP)


def marked(findings: Iterable[Finding], baseline: Sequence[Entry]) -> tuple[list[Finding], Counter[str]]:
    """The findings, those of the baseline marked as known, and how many of each fingerprint the baseline has left over."""
    left = Counter({one.fingerprint: one.count for one in baseline})
    found: list[Finding] = []
    for finding in findings:
        known = finding.waived is None and may_hold(finding) and left[fingerprint(finding)] > 0
        if known:
            left[fingerprint(finding)] -= 1
        found.append(replace(finding, known=known))
    return found, left


def apply(findings: Iterable[Finding], baseline: Sequence[Entry], skipped: Collection[str], file: str) -> list[Finding]:
    """The findings, those of the baseline marked as known; and one more for all of its entries that no longer occur."""
    found, left = marked(findings, baseline)
    gone = [one for one in baseline if left[one.fingerprint] > 0 and one.environment not in skipped]
    return [*found, *([_outdated(gone, file)] if gone else [])]


def _outdated(gone: Sequence[Entry], file: str) -> Finding:
    first = f"{gone[0].ref} {gone[0].rule} at {gone[0].place}"
    more = f" and {len(gone) - 1} more" if len(gone) > 1 else ""
    rule = BASELINE_OUTDATED
    return Finding(
        rule=rule.slug,
        ref=rule.ref,
        level=max(rule.levels),
        environment="",
        app=None,
        slot=None,
        resource=None,
        message=f"{first}{more} no longer {'occur' if more else 'occurs'}, but the baseline still lists it",
        fix=rule.fix,
        file=file,
        line=1,
    )
