"""The identity of a site may work on its hub, and the role is given on the hub and not on the scheduler."""

from collections.abc import Iterator

from environments import HUB_SETTING
from environments.catalogue import roles
from plan import UNKNOWN, Resource
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import is_on_scheduler, sites
from policies.role_assignments import assignments_to, identities_of, is_at
from policies.rule import Level, Rule, Scope, Violation
from policies.schedulers import TASK_HUB
from policies.subjects import PlanSubject

ROLE = "durable-task-data-contributor"


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each site on a scheduler whose identities lack the role on its hub."""
    for site in sites(subject.plan, subject.described):
        hub = site.settings.get(HUB_SETTING)
        if not is_on_scheduler(site) or hub is UNKNOWN:
            continue
        owners = identities_of(subject.plan, site)
        if not any(_may(subject, owner, hub) for owner in owners):
            unread = any(_unread(subject, owner, hub) for owner in owners)
            wrong = (
                f"roleDefinitionId {UNKNOWN_WORDS}" if unread else f"the site's identity lacks {roles()[ROLE].title}"
            )
            yield Violation(f"{wrong} on task hub {hub}", site.whose, site.resource.urn)


def _on_hub(subject: PlanSubject, owner: Resource, hub: object) -> list[object]:
    given = [
        one for one in assignments_to(subject.plan, owner) if is_at(subject.plan, one, TASK_HUB, "taskHubName", hub)
    ]
    return [at(one.inputs, "roleDefinitionId") for one in given]


def _may(subject: PlanSubject, owner: Resource, hub: object) -> bool:
    return any(
        str(one).lower().endswith(roles()[ROLE].id) for one in _on_hub(subject, owner, hub) if one is not UNKNOWN
    )


def _unread(subject: PlanSubject, owner: Resource, hub: object) -> bool:
    return UNKNOWN in _on_hub(subject, owner, hub)


RULE = Rule(
    slug="scheduler-role",
    ref="HK122",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="The identity of each site on a scheduler has Durable Task Data Contributor on its task hub.",
    why=(
        "A scheduler is opened by roles only. Without one every call ends in a 403 and instances stay Pending; with one "
        "on the whole scheduler, staging's code may work on production's hub."
    ),
    fix="Give the application's identity the role at the scope of each of its hubs; the component does so by itself.",
    source="Run apps with identity on the Durable Task Scheduler, learn.microsoft.com, 2026-04-30",
    check=check,
)
