"""No setting overrides host.json where the scale controller would not see it."""

from collections.abc import Iterator

from environments.overriding import is_hub, is_pace, moves_hub
from policies.reading import UNKNOWN_WORDS
from policies.registered import SITES, is_function_app, settings_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """One violation for each such setting; where people add instances, all that leaves the hub where it is is free."""
    if not is_function_app(subject.resource):
        return
    settings = settings_of(subject.resource)
    by_people = _is_scaled_by_people(subject)
    for name in settings.values:
        path = (*subject.whose.path[:2], "settings", name)
        if by_people and moves_hub(name):
            message = f"setting {name} overrides host.json, so the hub is another than the one described"
            yield Violation(message, path=path)
        elif not by_people and (is_hub(name) or is_pace(name)):
            yield Violation(f"setting {name} overrides host.json, which the scale controller does not see", path=path)
    if not settings.complete:
        yield Violation(f"the name of a setting {UNKNOWN_WORDS}, expected literal names")


def _is_scaled_by_people(subject: ResourceSubject) -> bool:
    """Whether a plan without a scale controller is described; where nothing is, there may be one."""
    app = subject.described.apps.get(subject.whose.app or "") if subject.described else None
    return app is not None and app.plan.facts.scales == "operator"


RULE = Rule(
    slug="hub-not-overridden",
    ref="HK105",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what=(
        "Hub name, storage provider and concurrency are not overridden by "
        "AzureFunctionsJobHost__extensions__durableTask__ settings."
    ),
    why=(
        "The host sends the scale controller what stands in the host.json file, not what settings made of it. The "
        "controller then watches another hub, and the application never grows beyond one worker. A Dedicated plan has none; "
        "there the concurrency and how the storage provider works may be set so, but not what makes the hub another than the "
        "one described: its name, type, connection, partitions, schema. In a description such a "
        "setting is refused when the file is read; this rule finds it where a program registers it."
    ),
    fix=(
        'Put it into host.json: for the hub `"hubName": "%TASKHUB_NAME%"`, and set TASKHUB_NAME; for all else the value '
        "itself, since `%SETTING%` is resolved in the hub's name only."
    ),
    source=(
        "Functions host, FunctionsSyncManager.ReadDurableTaskConfig, read 2026-06; durable extension issues #2803, "
        "#2622"
    ),
    check=check,
)
