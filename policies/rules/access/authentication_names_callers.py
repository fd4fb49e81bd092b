"""Not every application of the tenant may call."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.doors import AUTHENTICATIONS, described_at, is_on
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

_POLICY = "identityProviders.azureActiveDirectory.validation.defaultAuthorizationPolicy"
#: Each of them names callers: applications by client id, people and identities by object id.
_LISTS = ("allowedApplications", "allowedPrincipals.identities", "allowedPrincipals.groups")


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """A violation where no list of callers is there."""
    values = subject.resource.inputs
    if is_on(subject.resource) is False or at(values, "identityProviders.azureActiveDirectory") is MISSING:
        return
    listed = [at(values, f"{_POLICY}.{name}") for name in _LISTS]
    if any(isinstance(one, list) and one for one in listed):
        return
    path = described_at(subject.described, subject.whose)
    if UNKNOWN in listed:
        yield Violation(f"who may call {UNKNOWN_WORDS}", path=path)
    else:
        yield Violation("every application of the tenant may call: no callers are listed", path=path)


RULE = Rule(
    slug="authentication-names-callers",
    ref="HK326",
    level={"production": Level.WARNING, "staging": Level.NOTE},
    scope=Scope.RESOURCE,
    types=AUTHENTICATIONS,
    what="App Service authentication lists the applications that may call.",
    why=(
        "Entra ID gives a token for an app registration to any application of the tenant that asks for one: the token "
        "says who calls, and without a list everybody in the house may."
    ),
    fix="Set `access: {authentication: {allowed_clients: [<client id of each caller>]}}`.",
    source="Configure App Service or Azure Functions to use Microsoft Entra sign-in, 2021-10-26: daemon client applications",
    check=check,
)
