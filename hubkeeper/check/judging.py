"""What the rules find in the plan of each environment: looked up where nothing has changed, else recorded and judged.

A plan's findings may be kept because no rule on plans is given a date; those that are, look at descriptions (checking.py).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from environments import Environment, Estate
from hubkeeper.check.kept_findings import KeptFindings
from hubkeeper.check.plans import Plans
from hubkeeper.on_all_cores import on_all_cores
from plan import Plan
from policies.configuration import Configuration
from policies.evaluate import BROKEN_SLUG, Locate, locator, rules_of
from policies.finding import Finding
from policies.registered import whose
from policies.rule import Scope, Whose
from policies.subjects import PlanSubject, ResourceSubject


def findings_in_plans(
    estate: Estate, wanted: Sequence[str], plans: Plans, configuration: Configuration
) -> Mapping[str, Sequence[Finding]]:
    """The findings in the plan of each wanted environment. Raises plan.ProgramError."""
    locate = locator(estate)

    def judged(name: str) -> list[Finding]:
        return list(_in_plan(estate[name], plans.of(name), locate, configuration))

    if not plans.keep:
        return _of_all(judged, wanted)
    kept = KeptFindings(plans.findings_file)
    keys = {name: plans.findings_key_of(name, repr(configuration)) for name in wanted}
    found = {name: known for name in wanted if (known := kept.get(keys[name])) is not None}
    new = _of_all(judged, [name for name in wanted if name not in found])
    for name, findings in new.items():
        if plans.is_settled(name) and all(one.environment == name and one.rule != BROKEN_SLUG for one in findings):
            kept.put(keys[name], findings)
    kept.write(keys.values())
    return {**found, **new}


def _of_all(judged: Callable[[str], list[Finding]], names: Sequence[str]) -> dict[str, Sequence[Finding]]:
    """The first one is judged here: what it imports, every process then has."""
    found = [judged(name) for name in names[:1]] + on_all_cores(judged, names[1:])
    return dict(zip(names, found, strict=True))


def _in_plan(environment: Environment, plan: Plan, locate: Locate, configuration: Configuration) -> Iterator[Finding]:
    rules = rules_of([Scope.RESOURCE])
    rules_by_type = {
        kind: [rule for rule in rules if not rule.types or kind in rule.types]
        for kind in {resource.type for resource in plan.resources.values()}
    }
    for resource in plan.resources.values():
        subject = ResourceSubject(resource, whose(plan, resource, environment), environment)
        for rule in rules_by_type[resource.type]:
            yield from configuration.run(rule, subject, locate)
    whole = PlanSubject(plan, Whose(environment.name, environment.tier), environment)
    for rule in rules_of([Scope.PLAN]):
        yield from configuration.run(rule, whole, locate)
