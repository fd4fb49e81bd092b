"""The rules as a Pulumi policy pack: each rule a policy of its own, so that Pulumi's own configuration sets its level.

Critical and error are mandatory, warning and note advisory; a rule that has both sorts is two policies, the second one
called `<slug>-advice`. A rule's parameters are that policy's configuration. No rule, broken or not, ends a preview by
an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
)

from environments.host_json import named_files
from plan import Plan
from policies.baseline import marked
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
    UndecidedHub,
    described_hubs,
    described_subjects,
)

KEEP: Final = "keep-registered-inputs"
UNREADABLE: Final = "description-readable"
WAIVED: Final = "waived"
KNOWN: Final = "known"
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
        for problem in self._description.waivers.problems:
            report(f"HK902 {UNREADABLE}: {problem}; until then no waiver counts", None)
        if self._description.baseline_problem:
            report(f"HK902 {UNREADABLE}: {self._description.baseline_problem}; until then nothing is known", None)

    def policies(self, rule: Rule) -> Iterator[Policy]:
        """One policy for a rule, or two where some of its findings stop and some do not.

        One more for those that are waived, and one for those that are in the baseline: they are told, and stop nothing.
        """
        stopping = {level for level in rule.levels if level.stops}
        for levels, name in (
            (stopping, rule.slug),
            (rule.levels - stopping, f"{rule.slug}-advice" if stopping else rule.slug),
        ):
            if levels:
                yield self._policy(rule, name, levels)
        if stopping and rule.slug in self._description.waivers.in_force(_today()):
            yield self._policy(rule, f"{rule.slug}-{WAIVED}", stopping, WAIVED)
        if stopping and any(one.rule == rule.slug for one in self._description.baseline):
            yield self._policy(rule, f"{rule.slug}-{KNOWN}", stopping, KNOWN)

    def _policy(self, rule: Rule, name: str, levels: Collection[Level], excuse: str = "") -> Policy:
        worst = max(levels)
        level = EnforcementLevel.MANDATORY if worst.stops and not excuse else EnforcementLevel.ADVISORY
        told: dict[str, Any] = {
            "display_name": f"{rule.ref} {name}",
            "remediation_steps": rule.fix,
            # A policy has one for all of its findings: where they differ, each says its own level in its words.
            "severity": _SEVERITY[worst] if len(levels) == 1 else None,
            "config_schema": _schema(rule),
        }
        if rule.scope is Scope.RESOURCE:

            def on_resource(args: ResourceValidationArgs, report: ReportViolation) -> None:
                _report(rule, worst, excuse, report, lambda: self._in_resource(rule, args))

            return ResourceValidationPolicy(name, rule.what, on_resource, enforcement_level=level, **told)

        def on_stack(args: StackValidationArgs, report: ReportViolation) -> None:
            _report(rule, worst, excuse, report, lambda: self._in_stack(rule, args), self._registrations.stack_urn)

        return StackValidationPolicy(name, rule.what, on_stack, enforcement_level=level, **told)

    def _in_resource(self, rule: Rule, args: ResourceValidationArgs) -> list[Finding]:
        resource = self._registrations.resource(args)
        if rule.types and resource.type not in rule.types:
            return []
        plan = self._registrations.so_far(args.urn)
        described = self._description.of(plan)
        subject = ResourceSubject(resource, whose(plan, resource, described), described)
        return self._marked(run(rule, subject, locator(self._description.estate), _parameters(rule, args.get_config())))

    def _in_stack(self, rule: Rule, args: StackValidationArgs) -> list[Finding]:
        plans = self._registrations.stacks(args)
        locate, given = locator(self._description.estate), _parameters(rule, args.get_config())
        subjects = (subject for plan in plans for subject in self._subjects(rule.scope, plan, plans))
        return self._marked([one for subject in subjects for one in run(rule, subject, locate, given)])

    def _marked(self, findings: list[Finding]) -> list[Finding]:
        waived = [self._description.waivers.mark(one, _today()) for one in findings]
        return marked(waived, self._description.baseline)[0]

    def _subjects(self, scope: Scope, plan: Plan, plans: tuple[Plan, ...]) -> Iterator[Subject]:
        described = self._description.of(plan)
        if scope is Scope.HUBS:
            yield self._hubs(plan, plans)
        elif scope is Scope.PLAN:
            yield PlanSubject(plan, Whose(plan.stack, described.tier if described else tier_of(plan)), described)
        elif described:
            files = named_files(self._description.root, described) if self._description.root else {}
            for subject in described_subjects(described, _today(), files, self._description.estate or ()):
                if isinstance(subject, AppSubject) == (scope is Scope.APP):
                    yield subject

    def _hubs(self, plan: Plan, plans: tuple[Plan, ...]) -> HubsSubject:
        """What the stacks at hand really register, beside what is described for every other environment."""
        estate = self._description.estate
        locate = locator(estate)
        placed: list[PlacedHub] = []
        undecided: tuple[UndecidedHub, ...] = ()
        for one in plans:
            hubs, unread = registered_hubs(one, self._description.of(one))
            undecided += unread
            for hub, site in hubs:
                place = locate(one.stack, hub.path)
                placed.append(PlacedHub(hub, site, ":".join(map(str, place)) if place else hub.whose))
        known = {one.stack for one in plans if self._description.of(one)}
        others = described_hubs(estate, without=known) if estate else ()
        return HubsSubject((*placed, *others), undecided, only=plan.stack)


def _today() -> date:
    return datetime.now(tz=UTC).date()


def _report(
    rule: Rule,
    worst: Level,
    excuse: str,
    report: ReportViolation,
    look: Callable[[], list[Finding]],
    stack_urn: Callable[[str], str | None] = lambda _: None,
) -> None:
    """Reports the findings of this policy's sort. A mistake of the pack itself is a finding as well.

    What is about no single resource is reported of its stack, which the engine cannot know where it looks at several.
    """
    try:
        findings = look()
    except Exception as error:
        findings = [broken(rule, error)]
    for finding in findings:
        if finding.rule == BROKEN_SLUG:
            is_ours = worst is max(rule.levels) and not excuse
        else:
            is_ours = finding.level.stops == worst.stops and _excuse(finding) == excuse
        if is_ours:
            report(in_one_line(finding), finding.resource or stack_urn(finding.environment))


def _excuse(finding: Finding) -> str:
    """Why a finding that would stop a change does not; empty where it does, or never would."""
    if not finding.level.stops:
        return ""
    return WAIVED if finding.waived is not None else KNOWN if finding.known else ""


def _schema(rule: Rule) -> PolicyConfigSchema | None:
    """What the engine holds a configuration against before any rule runs, and where it takes defaults from."""
    properties = {
        one.name: {
            "type": "integer",
            "default": one.default,
            "minimum": one.minimum,
            "maximum": one.maximum,
            "description": one.about,
        }
        for one in rule.parameters
    }
    return PolicyConfigSchema(properties) if properties else None


def _parameters(rule: Rule, config: Mapping[str, Any]) -> dict[str, int]:
    """A rule's parameters as configured. The engine sends numbers as floats, and none where nothing is configured."""
    return {one.name: int(config[one.name]) for one in rule.parameters if one.name in config}


def in_one_line(finding: Finding) -> str:
    """A finding as the engine prints it, under the sentence that says what must hold."""
    place = f" ({finding.file}:{finding.line})" if finding.file else ""
    who = "/".join(part for part in (finding.environment, finding.app, finding.slot) if part)
    known = f"Waived until {finding.waived['expires']}: {finding.waived['reason']}. " if finding.waived else ""
    known += "In the baseline. " if finding.known else ""
    return f"{finding.ref} {finding.rule} ({finding.level.value}): {who}: {finding.message}{place}. {known}Fix: {finding.fix}"
