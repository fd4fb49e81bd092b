"""Every hub that a site looks for in a scheduler is made there."""

from collections.abc import Iterator

from environments import HUB_SETTING
from plan import UNKNOWN
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import is_on_scheduler, scheduler_of, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.schedulers import hubs_in
from policies.subjects import PlanSubject


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each site on a scheduler whose hub is not among those that the plan makes."""
    for site in sites(subject.plan, subject.described):
        scheduler, wanted = scheduler_of(subject.plan, site), site.settings.get(HUB_SETTING)
        if not is_on_scheduler(site) or wanted is UNKNOWN:
            continue
        if scheduler is None:
            yield Violation(f"which scheduler the site is led to {UNKNOWN_WORDS}", site.whose, site.resource.urn)
            continue
        made = [at(hub.inputs, "taskHubName") for hub in hubs_in(subject.plan, scheduler)]
        if str(wanted).lower() in {str(one).lower() for one in made}:
            continue
        if UNKNOWN in made:
            yield Violation(f"the name of a task hub {UNKNOWN_WORDS}", site.whose, site.resource.urn)
        else:
            message = f"task hub {wanted!r} is not made in scheduler {at(scheduler.inputs, 'schedulerName')}"
            yield Violation(message, site.whose, site.resource.urn)


RULE = Rule(
    slug="scheduler-hub-made",
    ref="HK121",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Every task hub that a site names in a scheduler is a resource of the same environment.",
    why=(
        "Running code makes a hub in Azure Storage, but not in a scheduler: there the host does not start, or, in a "
        "slot that was added by hand, works on a hub that nothing protects."
    ),
    fix="Let the component make it (`backend: durable-task-scheduler`), or add a TaskHub of that name to the scheduler.",
    source="Task hubs in Durable Functions, learn.microsoft.com, 2026-04-22",
    check=check,
)
