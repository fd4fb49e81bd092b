"""A vault is guarded by roles, not by access policies."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """On, in so many words."""
    yield from must_be(subject.resource, "properties.enableRbacAuthorization", [True], "true")


RULE = Rule(
    slug="vault-rbac",
    ref="HK421",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=("azure-native:keyvault:Vault",),
    what="Key vaults use role-based access control.",
    why="Access policies give a whole vault to whoever holds a management role on it. Not set means access policies.",
    fix="Set `enableRbacAuthorization: true`, as the component does.",
    source="Azure RBAC for Key Vault, read 2026-11-22; PSRule AZR-000388",
    check=check,
)
