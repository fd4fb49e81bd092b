"""A site answers over HTTPS only."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import SITES
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """On, in so many words."""
    yield from must_be(subject.resource, "httpsOnly", [True], "true")


RULE = Rule(
    slug="site-https-only",
    ref="HK411",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="Sites and slots are HTTPS only.",
    why=(
        "Starters and status endpoints carry keys in their address; over HTTP anybody on the way reads them. Not set "
        "means HTTP is open."
    ),
    fix="Set `httpsOnly: true` on the site and on each slot, as the components do.",
    source="Secure a function app, read 2026-11-22; Checkov CKV_AZURE_14 and 153, PSRule AZR-000084",
    check=check,
)
