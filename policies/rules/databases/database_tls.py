"""A SQL server of a task hub takes TLS 1.2 or newer."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.registered import SQL_SERVER
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """The lowest version the server takes."""
    yield from must_be(subject.resource, "minimalTlsVersion", ("1.2", "1.3"), "1.2 or 1.3")


RULE = Rule(
    slug="database-tls",
    ref="HK133",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=(SQL_SERVER,),
    what="A SQL server says that it takes TLS 1.2 or newer.",
    why="Inputs and outputs of orchestrations go over this connection. With an older version, or none, they can be read.",
    fix="Set `minimal_tls_version` to 1.2 on the server; the component does so by itself.",
    source="Azure SQL connectivity settings: minimal TLS version, 2022-10-21; PSRule for Azure, Azure.SQL.MinTLS (1.2 or 1.3)",
    check=check,
)
