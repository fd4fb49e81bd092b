"""Where an application may grow far, somebody is told of the cost before the bill."""

from collections.abc import Iterator

from policies.rule import Level, Parameter, Rule, Scope, Violation
from policies.subjects import EnvironmentSubject


def check(subject: EnvironmentSubject, instances: int) -> Iterator[Violation]:
    """One violation for an environment without a budget, at the application that may grow furthest."""
    if subject.environment.budget is not None:
        return
    grow = {
        name: app.plan.maximum_instances
        for name, app in subject.environment.apps.items()
        if app.plan.facts.is_elastic and app.plan.maximum_instances
    }
    furthest = max(grow, key=lambda name: grow[name] or 0, default=None)
    if furthest is not None and (grow[furthest] or 0) > instances:
        message = f"{furthest} may grow to {grow[furthest]} instances and no budget is declared"
        yield Violation(message, path=("apps", furthest, "plan"))


RULE = Rule(
    slug="budget-for-growth",
    ref="HK226",
    level={"production": Level.WARNING, "staging": Level.NOTE},
    scope=Scope.ENVIRONMENT,
    parameters=(Parameter("instances", 40, "Instances up to which an application may grow without a budget"),),
    what="An environment in which an application may grow to more than 40 instances (parameter `instances`) has a budget.",
    why=(
        "A fan-out with a wrong count, or a retry that never ends, runs at full width day and night. Nothing fails, so "
        "no alert tells; the first sign is the bill."
    ),
    fix='Add `budget: {monthly: 3000, starts: "2026-12-01"}`, or a lower `plan: {maximum_instances: …}`.',
    source="Microsoft Cost Management: create and manage budgets; durable extension issues #508, #1651, read 2026-11-22",
    check=check,
)
