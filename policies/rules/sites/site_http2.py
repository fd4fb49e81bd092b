"""A site speaks HTTP/2."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import SITES
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """On, in so many words."""
    yield from must_be(subject.resource, "siteConfig.http20Enabled", [True], "true")


RULE = Rule(
    slug="site-http2",
    ref="HK419",
    level=Level.NOTE,
    scope=Scope.RESOURCE,
    types=SITES,
    what="HTTP/2 is on for sites and slots.",
    why="Callers that poll the status of many instances open a connection for each of them without it.",
    fix="Set `http20Enabled: true` in siteConfig, as the component does.",
    source="Checkov CKV_AZURE_18, PSRule AZR-000078; App Service HTTP/2, read 2026-11-22",
    check=check,
)
