"""The rules as a Pulumi policy pack: each rule a policy of its own, so that Pulumi's own configuration sets its level.

Critical and error are mandatory, warning and note advisory; a rule that has both sorts is two policies, the second one
called `<slug>-advice`. No rule, broken or not, ends a preview by an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Final

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
)

from plan import Plan
from policies.evaluate import BROKEN_SLUG, broken, locator, run
from policies.finding import Finding
from policies.project import Description
from policies.registered import registered_hubs, tier_of, whose
from policies.registrations import Registrations
from policies.rule import Level, Rule, Scope, Whose
from policies.rules import RULES
from policies.subjects import (
    AppSubject,
    HubsSubject,
    PlacedHub,
    PlanSubject,
    ResourceSubject,
    Subject,
    described_hubs,
    described_subjects,
)

KEEP: Final = "keep-registered-inputs"
UNREADABLE: Final = "description-readable"
_SEVERITY: Final = {
    Level.CRITICAL: Severity.CRITICAL,
    Level.ERROR: Severity.HIGH,
    Level.WARNING: Severity.MEDIUM,
    Level.NOTE: Severity.LOW,
}


def policies_of(description: Description) -> list[Policy]:
    """Every policy of the pack. The order matters: the first of each kind decodes for those after it."""
    adapter = Adapter(description)
    of_resources = [rule for rule in RULES if rule.scope is Scope.RESOURCE]
    of_stacks = [rule for rule in RULES if rule.scope is not Scope.RESOURCE]
    return [
        ResourceValidationPolicy(KEEP, "Keeps what is registered for the rules on whole stacks.", adapter.keep),
        *(policy for rule in of_resources for policy in adapter.policies(rule)),
        StackValidationPolicy(UNREADABLE, "The description of the environments can be read.", adapter.settle),
        *(policy for rule in of_stacks for policy in adapter.policies(rule)),
    ]


class Adapter:
    """Between the engine's calls and the rules."""

    def __init__(self, description: Description) -> None:
        self._description = description
        self._registrations = Registrations()

    def keep(self, args: ResourceValidationArgs, report: ReportViolation) -> None:
        """Keeps a resource's inputs; reports nothing."""
        self._registrations.keep(args)

    def settle(self, args: StackValidationArgs, report: ReportViolation) -> None:
        """Makes the plan of the stack; reports a description that cannot be used, since then nothing is compared."""
        self._registrations.settle(args)
        for problem in self._description.problems:
            report(f"HK902 {UNREADABLE}: {problem}; until then no environment can be compared with another", None)

    def policies(self, rule: Rule) -> Iterator[Policy]:
        """One policy for a rule, or two where some of its findings stop and some do not."""
        stopping = {level for level in rule.levels if level.stops}
        for levels, name in (
            (stopping, rule.slug),
            (rule.levels - stopping, f"{rule.slug}-advice" if stopping else rule.slug),
        ):
            if levels:
                yield self._policy(rule, name, max(levels))

    def _policy(self, rule: Rule, name: str, worst: Level) -> Policy:
        level = EnforcementLevel.MANDATORY if worst.stops else EnforcementLevel.ADVISORY
        told = {"display_name": f"{rule.ref} {name}", "remediation_steps": rule.fix, "severity": _SEVERITY[worst]}
        if rule.scope is Scope.RESOURCE:

            def on_resource(args: ResourceValidationArgs, report: ReportViolation) -> None:
                _report(rule, worst, report, lambda: self._in_resource(rule, args))

            return ResourceValidationPolicy(name, rule.what, on_resource, enforcement_level=level, **told)

        def on_stack(args: StackValidationArgs, report: ReportViolation) -> None:
            _report(rule, worst, report, lambda: self._in_stack(rule, args))

        return StackValidationPolicy(name, rule.what, on_stack, enforcement_level=level, **told)

    def _in_resource(self, rule: Rule, args: ResourceValidationArgs) -> list[Finding]:
        resource = self._registrations.resource(args)
        if rule.types and resource.type not in rule.types:
            return []
        plan = self._registrations.so_far(args.urn)
        described = self._description.environment(plan.stack)
        subject = ResourceSubject(resource, whose(plan, resource, described))
        return run(rule, subject, locator(self._description.estate))

    def _in_stack(self, rule: Rule, args: StackValidationArgs) -> list[Finding]:
        plan = self._registrations.stack(args)
        locate = locator(self._description.estate)
        return [finding for subject in self._subjects(rule.scope, plan) for finding in run(rule, subject, locate)]

    def _subjects(self, scope: Scope, plan: Plan) -> Iterator[Subject]:
        described = self._description.environment(plan.stack)
        if scope is Scope.HUBS:
            yield self._hubs(plan)
        elif scope is Scope.PLAN:
            yield PlanSubject(plan, Whose(plan.stack, described.tier if described else tier_of(plan)), described)
        elif described:
            today = datetime.now(tz=UTC).date()
            for subject in described_subjects(described, today):
                if isinstance(subject, AppSubject) == (scope is Scope.APP):
                    yield subject

    def _hubs(self, plan: Plan) -> HubsSubject:
        """What this stack really registers, beside what is described for every other environment."""
        estate = self._description.estate
        hubs, undecided = registered_hubs(plan, self._description.environment(plan.stack))
        locate = locator(estate)
        places = [(hub, site, locate(plan.stack, hub.path)) for hub, site in hubs]
        ours = (PlacedHub(hub, site, ":".join(map(str, place)) if place else hub.whose) for hub, site, place in places)
        others = described_hubs(estate, without=plan.stack) if estate else ()
        return HubsSubject((*ours, *others), undecided, only=plan.stack)


def _report(rule: Rule, worst: Level, report: ReportViolation, look: Callable[[], list[Finding]]) -> None:
    """Reports the findings of this policy's sort. A mistake of the pack itself is a finding as well."""
    try:
        findings = look()
    except Exception as error:
        findings = [broken(rule, error)]
    for finding in findings:
        is_ours = worst is max(rule.levels) if finding.rule == BROKEN_SLUG else finding.level.stops == worst.stops
        if is_ours:
            report(in_one_line(finding), finding.resource)


def in_one_line(finding: Finding) -> str:
    """A finding as the engine prints it, under the sentence that says what must hold."""
    place = f" ({finding.file}:{finding.line})" if finding.file else ""
    who = "/".join(part for part in (finding.environment, finding.app, finding.slot) if part)
    return f"{finding.ref} {finding.rule} ({finding.level.value}): {who}: {finding.message}{place}. Fix: {finding.fix}"
