"""No setting overrides host.json where the scale controller would not see it."""

from collections.abc import Iterator

from policies.reading import UNKNOWN_WORDS
from policies.registered import SITES, is_function_app, settings_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

PREFIX = "azurefunctionsjobhost__extensions__durabletask__"
LOST = ("hubname", "storageprovider", "maxconcurrentorchestratorfunctions", "maxconcurrentactivityfunctions")


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """One violation for each such setting."""
    if not is_function_app(subject.resource):
        return
    settings = settings_of(subject.resource)
    for name in settings.values:
        tail = name.lower().removeprefix(PREFIX)
        if tail != name.lower() and tail.startswith(LOST):
            path = (*subject.whose.path[:2], "settings", name)
            yield Violation(f"setting {name} overrides host.json, which the scale controller does not see", path=path)
    if not settings.complete:
        yield Violation(f"the name of a setting {UNKNOWN_WORDS}, expected literal names")


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
        "controller then watches another hub, and the application never grows beyond one worker."
    ),
    fix=(
        'Put the value into host.json as `%SETTING%` (for the hub `"hubName": "%TASKHUB_NAME%"`) and name that '
        "setting instead."
    ),
    source=(
        "Functions host, FunctionsSyncManager.ReadDurableTaskConfig, read 2026-06; durable extension issues #2803, "
        "#2622"
    ),
    check=check,
)
