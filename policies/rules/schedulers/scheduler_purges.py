"""Every scheduler has its one policy on history, for all states, within what its SKU keeps."""

from collections.abc import Iterator

from environments.catalogue import scheduler_skus
from plan import UNKNOWN, Resource
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import whose
from policies.rule import Level, Rule, Scope, Violation
from policies.schedulers import SCHEDULER, policies_of, sku_of
from policies.subjects import PlanSubject


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each scheduler whose policy is missing, does not cover every state, or asks for too much."""
    for scheduler in subject.plan.of_type(SCHEDULER):
        if wrong := _wrong(scheduler, policies_of(subject.plan, scheduler)):
            who = whose(subject.plan, scheduler, subject.described)
            path = (*who.path, "task_hub", "history_days") if who.app else None
            yield Violation(f"scheduler {at(scheduler.inputs, 'schedulerName')}: {wrong}", who, scheduler.urn, path)


def _wrong(scheduler: Resource, policies: list[Resource]) -> str | None:
    if not policies:
        return "no policy on history is registered, so what it had is gone with the last one, and it purges nothing"
    listed = at(policies[0].inputs, "properties.retentionPolicies")
    entries = listed if isinstance(listed, list) else []
    days = [at(one, "retentionPeriodInDays") for one in entries]
    if listed is UNKNOWN or UNKNOWN in entries or UNKNOWN in days:
        return f"the days of its policy {UNKNOWN_WORDS}"
    if not any(at(one, "orchestrationState") is MISSING for one in entries):
        return "its policy has no entry for all states, so some are kept for as long as Azure sees fit"
    sku = sku_of(scheduler)
    most = scheduler_skus()[sku].history_days if sku in scheduler_skus() else 90
    beyond = [one for one in days if not isinstance(one, int) or not 0 <= one <= most]
    return f"its policy asks for {beyond[0]} days, which is not in 0 to {most}" if beyond else None


RULE = Rule(
    slug="scheduler-purges",
    ref="HK125",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Every scheduler has a retention policy that covers all states, within 90 days (30 on Consumption).",
    why=(
        "The policy is one for all hubs of the scheduler. Taking it away does not bring the default of 30 days back: it "
        "turns purging off, and histories with everything in them stay for ever."
    ),
    fix="Set `task_hub: {history_days: …}`; the component registers the policy, and protects it with the scheduler.",
    source="Auto-purge in the Durable Task Scheduler, learn.microsoft.com, 2026-05",
    check=check,
)
