"""There are not more instances that always run than partitions they could take orchestrations from."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """Instances that always run, against control queues."""
    instances, partitions = subject.app.plan.minimum_instances, subject.app.task_hub.partition_count
    if subject.app.task_hub.backend == "azure-storage" and instances > partitions:
        message = f"{instances} instances always run, and {partitions} partitions give work to {partitions} of them"
        yield Violation(message, path=(*subject.whose.path, "plan", "minimum_instances"))


RULE = Rule(
    slug="partitions-used",
    ref="HK110",
    level=Level.WARNING,
    scope=Scope.APP,
    what="No more instances run at all times than the task hub has partitions.",
    why=(
        "A control queue is leased by one instance at a time, so instances beyond the partition count run activities "
        "but never an orchestration; they are paid for day and night. The count cannot be changed for a hub that "
        "has instances in it."
    ),
    fix=(
        "Lower `plan: {minimum_instances: …}`, or raise `task_hub: {partition_count: …}` (at most 16) before the hub is "
        "first used; later it needs a new hub."
    ),
    source="Performance and scale in Durable Functions: orchestrator scale-out; host.json reference (partitionCount), 2026",
    check=check,
)
