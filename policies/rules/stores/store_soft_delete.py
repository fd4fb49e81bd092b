"""Deleted blobs and containers of a store can be brought back."""

from collections.abc import Iterator

from plan import UNKNOWN, Resource
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import STORAGE_ACCOUNT, whose
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

BLOB_SERVICE = "azure-native:storage:BlobServiceProperties"
POLICIES = {"deleteRetentionPolicy": "blobs", "containerDeleteRetentionPolicy": "containers"}


def check(subject: PlanSubject) -> Iterator[Violation]:
    """The blob service is a resource beside the account; it is found by the account's name."""
    services = subject.plan.of_type(BLOB_SERVICE)
    for account in subject.plan.of_type(STORAGE_ACCOUNT):
        name = at(account.inputs, "accountName")
        own = [one for one in services if name is not UNKNOWN and at(one.inputs, "accountName") == name]
        who = whose(subject.plan, account, subject.described)
        path = (*who.path, "store", "soft_delete_days") if who.app else None
        for policy, what in POLICIES.items():
            if wrong := _wrong(own, policy):
                yield Violation(f"soft delete of {what} {wrong}, expected it on", who, account.urn, path)


def _wrong(services: list[Resource], policy: str) -> str | None:
    switches = [at(service.inputs, f"{policy}.enabled") for service in services]
    if any(switch is True for switch in switches):
        return None
    return UNKNOWN_WORDS if UNKNOWN in switches else "is not on"


RULE = Rule(
    slug="store-soft-delete",
    ref="HK404",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.WARNING},
    scope=Scope.PLAN,
    what="Soft delete of blobs and containers is on in every store.",
    why=(
        "Payloads above 45 KB and the leases of a hub are blobs. Deleted by a clean-up job or a lifecycle rule, they "
        "take running instances with them; tables and queues have no soft delete at all."
    ),
    fix="Set `store: {soft_delete_days: 14}`; the component turns both on.",
    source="Soft delete for blobs and for containers, read 2026-11-22; durabletask issue #1215",
    check=check,
)
