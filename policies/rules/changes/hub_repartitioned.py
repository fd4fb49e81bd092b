"""A task hub keeps its backend and the number of its partitions."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Applications that go to another backend or another number of partitions."""
    for app, was, now in subject.apps():
        before, after = was.backends, now.backends
        if before and after and before != after:
            what, key = f"the backend {' and '.join(sorted(before))} becomes {' and '.join(sorted(after))}", "backend"
        elif None not in (was.partition_count, now.partition_count) and was.partition_count != now.partition_count:
            what, key = f"partition_count {was.partition_count} becomes {now.partition_count}", "partition_count"
        else:
            continue
        message = f"{what}: instances that run are not taken along"
        yield Violation(message, subject.at(app, None, ("task_hub", key)))


RULE = Rule(
    slug="hub-repartitioned",
    ref="HK803",
    level={"production": Level.CRITICAL, "staging": Level.ERROR, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change leaves backend and partition count of an existing task hub alone.",
    why=(
        "The partition count is fixed when a hub is made; instances are spread over its control queues by it, and with "
        "another one messages go to queues that nobody reads. Another backend is another, empty hub."
    ),
    fix="Keep `task_hub: {backend: …, partition_count: …}`; to change it, drain the hub and give the new one a new name.",
    source="Performance and scale in Durable Functions (partition count cannot be changed), learn.microsoft.com, 2026",
    check=check,
)
