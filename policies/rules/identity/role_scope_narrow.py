"""An application's identity has its roles on single resources, not on groups or subscriptions."""

import re
from collections.abc import Iterator

from plan import UNKNOWN, Resource
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import RESOURCE_GROUP
from policies.role_assignments import assignments_to_sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

WIDE = re.compile(
    r"/?(subscriptions/[^/]+(/resourcegroups/[^/]+)?|providers/microsoft\.management/.*)?/?", re.IGNORECASE
)


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each assignment that is too wide, or whose scope nothing tells."""
    for site, assignment in assignments_to_sites(subject):
        if wrong := _wrong(subject, assignment):
            yield Violation(f"a role of the site's identity {wrong}", site.whose, assignment.urn)


def _wrong(subject: PlanSubject, assignment: Resource) -> str | None:
    scope = at(assignment.inputs, "scope")
    if scope is not UNKNOWN:
        return "is for a whole group or subscription" if WIDE.fullmatch(str(scope)) else None
    known = [subject.plan.resources.get(urn) for urn in assignment.property_dependencies.get("scope", ())]
    if not known:
        return f"has a scope that {UNKNOWN_WORDS}"
    return "is for the whole resource group" if any(one and one.type == RESOURCE_GROUP for one in known) else None


RULE = Rule(
    slug="role-scope-narrow",
    ref="HK307",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Roles of an application's identity are for single resources.",
    why=(
        "A data role on the resource group covers every store in it, those of other applications too: one of them "
        "broken into is all of them, and their hubs with them."
    ),
    fix="Set the assignment's `scope` to the id of the store, the vault or the component, as the component does.",
    source="Best practices for Azure RBAC: only grant the access users need, read 2026-11-22; PSRule AZR-000205",
    check=check,
)
