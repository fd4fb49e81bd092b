"""No slot is swapped by itself."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import SITES
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Set, or not to be read."""
    target = at(subject.resource.inputs, "siteConfig.autoSwapSlotName")
    if target is UNKNOWN:
        yield Violation(f"siteConfig.autoSwapSlotName {UNKNOWN_WORDS}, expected it not set")
    elif target not in (MISSING, ""):
        yield Violation(f"is swapped with {target} after every deployment, whatever is running there")


RULE = Rule(
    slug="no-auto-swap",
    ref="HK603",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="Auto swap is off on sites and slots.",
    why=(
        "Before a swap somebody looks whether instances run that the new code cannot take over. Auto swap happens "
        "minutes after a push, and on both hubs at once."
    ),
    fix="Remove `autoSwapSlotName` from siteConfig; swap as the runbook says.",
    source="Set up staging environments in App Service: auto swap, read 2026-11-22; durable extension issue #2696",
    check=check,
)
