"""What host.json says can be the same in every environment of an application."""

from collections.abc import Iterator

from environments.host_json import differences
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """One violation for each value that differs from another environment's."""
    for other in subject.elsewhere:
        for one in differences(subject.environment, other, subject.name):
            name = ".".join(str(step) for step in one.path[2:])
            yield Violation(f"{name} is {one.wrong}: one host.json cannot say both", path=one.path)


RULE = Rule(
    slug="one-host-json",
    ref="HK652",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.WARNING},
    scope=Scope.APP,
    what="Language, backend, partition count and concurrency of an application are the same in all its environments.",
    why=(
        "They stand in host.json, which is in the package that goes through all environments, and no setting can stand "
        "for them there. With the next promotion the hub of one environment is not the one described: another "
        "partition count or backend is another hub."
    ),
    fix="Give the application the same values in every environment; what must differ is another application.",
    source=(
        "Durable extension, DurableTaskOptions.ResolveAppSettingOptions (the hub's name alone is resolved), 2024-10 and "
        "later; functions host, FunctionsSyncManager.GetDurableV2Config, 2024-10"
    ),
    check=check,
)
