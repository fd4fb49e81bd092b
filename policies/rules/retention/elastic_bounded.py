"""An elastic plan has an end to its growth that somebody chose."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """No maximum on a plan that the platform scales."""
    plan = subject.app.plan
    if plan.facts.is_elastic and plan.maximum_instances is None:
        message = f"maximum_instances is not declared, so {plan.sku} grows to {plan.most_instances} instances"
        yield Violation(message, path=(*subject.whose.path, "plan"))


RULE = Rule(
    slug="elastic-bounded",
    ref="HK221",
    level=Level.WARNING,
    scope=Scope.APP,
    what="A plan that the platform scales has a maximum number of instances.",
    why=(
        "A retry storm or a fan-out with a wrong count scales to the end of the plan. The partner behind the activities "
        "goes down first, and the bill comes after."
    ),
    fix="Add `plan: {maximum_instances: 20}`: what the partners behind the activities take, and the budget.",
    source="Azure Functions Premium plan: maximum burst, read 2026-11-22; durable extension issues #508, #1651",
    check=check,
)
