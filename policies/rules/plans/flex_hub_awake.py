"""On Flex Consumption, an instance is always ready for a hub on Azure Storage."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """None for the group `durable`."""
    plan = subject.app.plan
    waits = plan.facts.hosting == "flex" and subject.app.task_hub.backend == "azure-storage"
    if waits and not plan.always_ready.get("durable"):
        path = ("apps", subject.name, "plan")
        yield Violation("always_ready has no instance for durable: a hub that slept is looked at late", path=path)


RULE = Rule(
    slug="flex-hub-awake",
    ref="HK435",
    level={"production": Level.WARNING, "staging": Level.NOTE},
    scope=Scope.APP,
    what="On Flex Consumption, an application on Azure Storage keeps an instance ready for its durable functions.",
    why=(
        "With none running, timers and messages wait until the platform next looks at the queues. Users saw instances "
        "stay Pending for minutes, and Microsoft recommends one instance."
    ),
    fix="Set `plan: {always_ready: {durable: 1}}`, and `maxQueuePollingInterval` of at most ten seconds in host.json.",
    source="Azure Storage provider for Durable Functions, 2026-05-20; durable extension issues #2813, #3230",
    check=check,
)
