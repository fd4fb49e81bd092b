"""Every site and slot runs version 4 of the Functions host."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import MAKE_LITERAL, UNKNOWN_WORDS
from policies.registered import SITES, is_flex, is_function_app, settings_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

VERSION = "FUNCTIONS_EXTENSION_VERSION"


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Flex Consumption sets it by itself."""
    if not is_function_app(subject.resource) or is_flex(subject.resource):
        return
    value = settings_of(subject.resource).get(VERSION)
    if value is UNKNOWN:
        yield Violation(f"{VERSION} {UNKNOWN_WORDS}, expected ~4", fix=MAKE_LITERAL)
    elif value != "~4":
        yield Violation(f"{VERSION} is missing or not ~4")


RULE = Rule(
    slug="host-version",
    ref="HK604",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="Every function app and slot registers FUNCTIONS_EXTENSION_VERSION=~4.",
    why=(
        "Earlier hosts are out of support; a pinned one misses security fixes; left out, the platform chooses, and two "
        "slots on different hosts fail their swap."
    ),
    fix="Leave the setting to the component.",
    source="Azure Functions runtime versions; Prowler app_function_latest_runtime_version, read 2026-11-22",
    check=check,
)
