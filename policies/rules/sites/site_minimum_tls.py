"""A site takes TLS 1.2 or later, for the application and for its management endpoint."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import SITES
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Both in so many words."""
    for name in ("minTlsVersion", "scmMinTlsVersion"):
        yield from must_be(subject.resource, f"siteConfig.{name}", ["1.2", "1.3"], "1.2 or 1.3")


RULE = Rule(
    slug="site-minimum-tls",
    ref="HK412",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="Sites and slots take TLS 1.2 or later, also on the SCM endpoint.",
    why="Older versions are broken, and a default that nobody wrote down changes with the platform.",
    fix="Set `minTlsVersion` and `scmMinTlsVersion` to 1.2 or 1.3 in siteConfig, as the component does.",
    source="Minimum TLS version of App Service, read 2026-11-22; Checkov CKV_AZURE_15 and 145, PSRule AZR-000073",
    check=check,
)
