"""A fan-out is no wider than what the application was told to run at a time."""

from collections.abc import Iterator

from policies.rule import Level, Parameter, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject, rounds: int, undeclared: int) -> Iterator[Violation]:
    """One violation for each orchestration that fans out further."""
    app = subject.app
    instances = app.plan.maximum_instances or app.plan.minimum_instances or 1
    for name, orchestration in app.orchestrations.items():
        wide = orchestration.fan_out
        path = (*subject.whose.path, "orchestrations", name, "fan_out")
        if app.concurrency.activities is None:
            if wide > undeclared:
                message = f"{name} fans out to {wide} activities, and concurrency.activities is not declared"
                yield Violation(message, path=path)
        elif wide > (at_once := app.concurrency.activities * instances) * rounds:
            here = f"{app.concurrency.activities} on each of {instances} instances"
            message = f"{name} fans out to {wide} activities, where {at_once} run at a time ({here})"
            yield Violation(f"{message}: more than {rounds} rounds", path=path)


RULE = Rule(
    slug="fan-out-within-scale",
    ref="HK225",
    level={"production": Level.WARNING, "staging": Level.NOTE, "development": Level.NOTE},
    scope=Scope.APP,
    parameters=(
        Parameter("rounds", 10, "How often over a fan-out may fill all instances"),
        Parameter("undeclared", 500, "The widest fan-out without a declared concurrency", maximum=1_000_000),
    ),
    what="A fan-out fits what the plan and `concurrency` let run at a time, and a wide one has `concurrency` declared.",
    why=(
        "What does not run waits as messages and keeps every other orchestration of the hub waiting behind it; and where "
        "no concurrency is declared, each instance takes ten activities a CPU, so partners get what the plan grows to."
    ),
    fix=(
        "Declare what partners can take, `concurrency: {activities: 8}`, with `plan: {maximum_instances: 20}`; narrow "
        "`fan_out`, or fan out in batches from sub-orchestrations."
    ),
    source=(
        "Performance and scale in Durable Functions: concurrency throttles, fan-out; host.json reference "
        "(maxConcurrentActivityFunctions, ten for each processor), read 2026-11-22"
    ),
    check=check,
)
