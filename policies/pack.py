"""The rules as a Pulumi policy pack: each rule a policy of its own, so that Pulumi's own configuration sets its level.

Critical and error are mandatory, warning and note advisory; a rule that has both sorts is two policies, the second one
called `<slug>-advice`. A rule's parameters are that policy's configuration. No rule, broken or not, ends a preview by
an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
        for problem in self._description.waivers.problems:
            report(f"HK902 {UNREADABLE}: {problem}; until then no waiver counts", None)

    def policies(self, rule: Rule) -> Iterator[Policy]:
        """One policy for a rule, or two where some of its findings stop and some do not; one more for those that are waived."""
        stopping = {level for level in rule.levels if level.stops}
        for levels, name in (
            (stopping, rule.slug),
            (rule.levels - stopping, f"{rule.slug}-advice" if stopping else rule.slug),
        ):
            if levels:
                yield self._policy(rule, name, max(levels))
        if stopping and rule.slug in self._description.waivers.in_force(_today()):
            yield self._policy(rule, f"{rule.slug}-waived", max(stopping), waived=True)

    def _policy(self, rule: Rule, name: str, worst: Level, *, waived: bool = False) -> Policy:
        level = EnforcementLevel.MANDATORY if worst.stops and not waived else EnforcementLevel.ADVISORY
        told: dict[str, Any] = {
            "display_name": f"{rule.ref} {name}",
            "remediation_steps": rule.fix,
            "severity": _SEVERITY[worst],
            "config_schema": _schema(rule),
        }
        if rule.scope is Scope.RESOURCE:

            def on_resource(args: ResourceValidationArgs, report: ReportViolation) -> None:
                _report(rule, worst, waived, report, lambda: self._in_resource(rule, args))

            return ResourceValidationPolicy(name, rule.what, on_resource, enforcement_level=level, **told)

        def on_stack(args: StackValidationArgs, report: ReportViolation) -> None:
            _report(rule, worst, waived, report, lambda: self._in_stack(rule, args))

        return StackValidationPolicy(name, rule.what, on_stack, enforcement_level=level, **told)

    def _in_resource(self, rule: Rule, args: ResourceValidationArgs) -> list[Finding]:
        resource = self._registrations.resource(args)
        if rule.types and resource.type not in rule.types:
            return []
        plan = self._registrations.so_far(args.urn)
        described = self._description.environment(plan.stack)
        subject = ResourceSubject(resource, whose(plan, resource, described))
        return self._marked(run(rule, subject, locator(self._description.estate), _parameters(rule, args.get_config())))

    def _in_stack(self, rule: Rule, args: StackValidationArgs) -> list[Finding]:
        plan = self._registrations.stack(args)
        locate, given = locator(self._description.estate), _parameters(rule, args.get_config())
        found = [one for subject in self._subjects(rule.scope, plan) for one in run(rule, subject, locate, given)]
        return self._marked(found)

    def _marked(self, findings: list[Finding]) -> list[Finding]:
        return [self._description.waivers.mark(one, _today()) for one in findings]

    def _subjects(self, scope: Scope, plan: Plan) -> Iterator[Subject]:
        described = self._description.environment(plan.stack)
        if scope is Scope.HUBS:
            yield self._hubs(plan)
        elif scope is Scope.PLAN:
            yield PlanSubject(plan, Whose(plan.stack, described.tier if described else tier_of(plan)), described)
        elif described:
            files = named_files(self._description.root, described) if self._description.root else {}
            for subject in described_subjects(described, _today(), files, self._description.estate or ()):
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


def _today() -> date:
    return datetime.now(tz=UTC).date()


def _report(rule: Rule, worst: Level, waived: bool, report: ReportViolation, look: Callable[[], list[Finding]]) -> None:
    """Reports the findings of this policy's sort. A mistake of the pack itself is a finding as well."""
    try:
        findings = look()
    except Exception as error:
        findings = [broken(rule, error)]
    for finding in findings:
        if finding.rule == BROKEN_SLUG:
            is_ours = worst is max(rule.levels) and not waived
        else:
            is_waived = finding.waived is not None and finding.level.stops
            is_ours = finding.level.stops == worst.stops and is_waived is waived
        if is_ours:
            report(in_one_line(finding), finding.resource)


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
    return f"{finding.ref} {finding.rule} ({finding.level.value}): {who}: {finding.message}{place}. {known}Fix: {finding.fix}"
