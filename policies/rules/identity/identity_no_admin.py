"""An application's identity administers nothing."""

from collections.abc import Iterator

from environments.catalogue import Role
from plan import UNKNOWN
from policies.reading import UNKNOWN_WORDS, at
from policies.role_assignments import assignments_to_sites, is_role
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

#: Built-in roles that give control of resources or of rights; "Azure built-in roles", read 2026-11-22.
ADMIN = (
    Role("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner"),
    Role("b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor"),
    Role("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator"),
    Role("f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator"),
    Role("17d1049b-9a84-46fb-8f53-869881c3d3ab", "Storage Account Contributor"),
    Role("de139f84-1756-47ae-9be6-808fbbe84772", "Website Contributor"),
)


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each such assignment, at whatever scope, and for each that cannot be read."""
    for site, assignment in assignments_to_sites(subject):
        if at(assignment.inputs, "roleDefinitionId") is UNKNOWN:
            yield Violation(f"a role of the site's identity {UNKNOWN_WORDS}", site.whose, assignment.urn)
        for role in ADMIN:
            if is_role(assignment, role.id):
                yield Violation(f"the identity that the site runs as is {role.title}", site.whose, assignment.urn)


RULE = Rule(
    slug="identity-no-admin",
    ref="HK306",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="No identity that a site runs as is Owner, Contributor, or may give roles or read account keys.",
    why=(
        "Who can write into a hub's queues can make the application run what it likes, as its identity. With a "
        "management role that is control of the resource group, with the right to give roles it is control of all."
    ),
    fix="Take the assignment away and grant the data role that the code needs, at the one resource it needs it on.",
    source="Prowler app_function_identity_without_admin_privileges, 2026-08; Durable Functions security, 2026-05",
    check=check,
)
