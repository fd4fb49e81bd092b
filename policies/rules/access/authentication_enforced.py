"""Authentication that is turned on lets nobody through without a token."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.doors import AUTHENTICATIONS, REFUSALS, is_on
from policies.reading import UNKNOWN_WORDS, at, must_be
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

#: Where HTTP starters are, unless host.json says otherwise (`extensions.http.routePrefix`).
_STARTERS = ("/", "/*", "/api", "/api/*")


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """A violation for what lets anonymous requests through: the action, the requirement, and a path above the starters."""
    settings = subject.resource
    on = is_on(settings)
    if on is None:
        yield Violation(f"platform.enabled {UNKNOWN_WORDS}, expected true")
    if not on:
        return
    yield from must_be(settings, "globalValidation.requireAuthentication", [True], "true")
    yield from must_be(settings, "globalValidation.unauthenticatedClientAction", REFUSALS, "Return401 or Return403")
    paths = at(settings.inputs, "globalValidation.excludedPaths")
    if paths is UNKNOWN or (isinstance(paths, list) and UNKNOWN in paths):
        yield Violation(f"globalValidation.excludedPaths {UNKNOWN_WORDS}, expected single paths")
    for path in paths if isinstance(paths, list) else ():
        if path in _STARTERS:
            yield Violation(f"no token is asked for at {path}, where the HTTP starters are")


RULE = Rule(
    slug="authentication-enforced",
    ref="HK321",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=AUTHENTICATIONS,
    what="Where App Service authentication is on, a request without a token is refused, at the starters too.",
    why=(
        "With AllowAnonymous, or with the starters among the excluded paths, it looks protected in every overview and "
        "lets everybody through: the application would have to look at the caller itself, and a starter does not."
    ),
    fix="Set `access: {authentication: {unauthenticated: 401}}`, and exclude single paths only, like /api/health.",
    source="Authentication and authorization in Azure App Service and Azure Functions, 2024; Bicep reference of authsettingsV2",
    check=check,
)
