"""A site sends no affinity cookie."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import SITES
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Off, in so many words: the platform's default is on."""
    yield from must_be(subject.resource, "clientAffinityEnabled", [False], "false")


RULE = Rule(
    slug="site-no-affinity",
    ref="HK416",
    level=Level.NOTE,
    scope=Scope.RESOURCE,
    types=SITES,
    what="Client affinity is off on sites and slots.",
    why=(
        "Starters and status queries are answered by any instance. With the cookie a caller that polls stays on one, "
        "which is busy while new ones idle; and the cookie survives a swap."
    ),
    fix="Set `clientAffinityEnabled: false`, as the component does.",
    source="PSRule AZR-000083 (ARR affinity); App Service client affinity, read 2026-11-22",
    check=check,
)
