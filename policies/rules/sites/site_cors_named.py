"""Pages of any site in the world cannot call a function app with a user's browser."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import SITES
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Nothing set means that no other origin is allowed."""
    origins = at(subject.resource.inputs, "siteConfig.cors.allowedOrigins")
    listed = origins if isinstance(origins, list) else []
    if origins is UNKNOWN or UNKNOWN in listed:
        yield Violation(f"siteConfig.cors.allowedOrigins {UNKNOWN_WORDS}, expected literal origins")
    elif "*" in listed:
        yield Violation("siteConfig.cors.allowedOrigins has *, expected the origins by name")


RULE = Rule(
    slug="site-cors-named",
    ref="HK420",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="No site or slot allows every origin (CORS *).",
    why=(
        "The management addresses of an instance carry a key in them. With * any page that a user has open can raise "
        "events or terminate instances with an address it finds in a status reply."
    ),
    fix="Name the origins of your own pages in `cors: {allowedOrigins: […]}`, or remove it.",
    source="Checkov CKV_AZURE_57, Azure Policy on CORS of function apps; HTTP features of Durable Functions, 2026",
    check=check,
)
