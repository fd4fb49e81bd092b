"""A site runs as a 64-bit process."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import SITES, is_flex
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """In so many words, but on Flex Consumption, which refuses the property, and Consumption, which is said to have none."""
    if not is_flex(subject.resource) and not _is_on_consumption(subject):
        yield from must_be(subject.resource, "siteConfig.use32BitWorkerProcess", [False], "false")


def _is_on_consumption(subject: ResourceSubject) -> bool:
    app = subject.described.apps.get(subject.whose.app or "") if subject.described else None
    return app is not None and app.plan.facts.hosting == "consumption"


RULE = Rule(
    slug="site-64-bit",
    ref="HK418",
    level=Level.WARNING,
    scope=Scope.RESOURCE,
    types=SITES,
    what="Sites and slots do not run as 32-bit processes.",
    why=(
        "A replay holds a whole history in memory. In 32 bits a wide fan-out ends in OutOfMemory, the instance is "
        "retried on the next worker, and takes that one down as well. Of Consumption, Microsoft's guide says that it has no "
        "64-bit processes, while Azure takes the property there too: it is not asked for."
    ),
    fix="Set `use32BitWorkerProcess: false` in siteConfig, as the component does.",
    source="Durable Functions troubleshooting guide (out of memory, 64-bit), 2026-08-28",
    check=check,
)
