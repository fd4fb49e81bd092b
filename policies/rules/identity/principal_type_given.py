"""A role assignment says what kind of principal it is for."""

from collections.abc import Iterator

from policies.reading import must_be
from policies.role_assignments import ASSIGNMENT
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

KINDS = ("ServicePrincipal", "Group", "User", "ForeignGroup", "Device")


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Missing or none of them."""
    yield from must_be(subject.resource, "principalType", KINDS, "ServicePrincipal for an identity")


RULE = Rule(
    slug="principal-type-given",
    ref="HK312",
    level=Level.WARNING,
    scope=Scope.RESOURCE,
    types=(ASSIGNMENT,),
    what="Every role assignment names the type of its principal.",
    why=(
        "Without it Azure looks the principal up in the directory, where an identity made a moment ago is not yet "
        "everywhere: the first `up` of an environment fails with PrincipalNotFound now and then."
    ),
    fix='Set `principalType: "ServicePrincipal"` on assignments to managed identities, as the component does.',
    source="Add role assignments with templates: new service principal, read 2026-11-22",
    check=check,
)
