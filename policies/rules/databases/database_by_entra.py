"""A SQL server of a task hub takes no password: a group of Entra ID administers it, and nobody logs in otherwise."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import SQL_SERVER
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

ONLY = "administrators.azureADOnlyAuthentication"


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Entra ID only, and no SQL administrator beside it."""
    only = at(subject.resource.inputs, ONLY)
    if only is UNKNOWN:
        yield Violation(f"{ONLY} {UNKNOWN_WORDS}, expected true")
    elif only is not True:
        yield Violation(f"{ONLY} is not true, so whoever has a password logs in")
    for key in ("administratorLogin", "administratorLoginPassword"):
        if at(subject.resource.inputs, key) is not MISSING:
            yield Violation(f"{key} is set, expected an administrator of Entra ID and no other")


RULE = Rule(
    slug="database-by-entra",
    ref="HK132",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=(SQL_SERVER,),
    what="A SQL server is made with Entra ID as the only way to log in, and without a SQL administrator.",
    why=(
        "A password of the server opens every history in it, is in no log by name, and stays valid after its owner left. "
        "An administrator's login also becomes dbo in every database, and so works on a hub of its own."
    ),
    fix="Keep `database: {administrators: …}`, from which the component makes the server; take any SQL administrator away.",
    source="Entra-only authentication with Azure SQL, 2022-04-01; Configure and manage Entra authentication, 2022-04-09 (dbo)",
    check=check,
)
