"""Names of settings are such that a Linux host gets them."""

import re
from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import SITES, settings_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """One violation for each name, on sites that run on Linux or do not say."""
    kind = at(subject.resource.inputs, "kind")
    if kind is not UNKNOWN and "linux" not in str(kind):
        return
    settings = settings_of(subject.resource)
    for name in settings.values:
        if not PLAIN.fullmatch(name):
            path = (*subject.whose.path[:2], "settings", name)
            message = f"setting {name} has another character than letters, digits and _ in its name"
            yield Violation(message, path=path)
    if not settings.complete:
        yield Violation(f"the name of a setting {UNKNOWN_WORDS}, expected literal names")


RULE = Rule(
    slug="setting-names-plain",
    ref="HK111",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="Names of settings on Linux have letters, digits and underscores only.",
    why=(
        "Settings reach a Linux host as environment variables, and a name with a full stop reaches it not at all or "
        "changed: `AzureWebJobs.Starter.Disabled` leaves the starter running, a log level set that way has no effect."
    ),
    fix="Write a nested name with `__` for the colon, and keep in host.json what has a full stop, such as log levels.",
    source="Configure monitoring for Azure Functions: overriding settings (no periods on Linux), 2026",
    check=check,
)
