"""The known disasters: what somebody does to the shipped prod.yaml, and the rules that must say so.

An edit sets values by dotted path; None takes one away. Where one disaster is found under two names, `twice` says why
both are right.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Disaster:
    """What somebody does, and who finds it."""

    what: str
    edits: dict[str, Any]
    found_by: frozenset[str]
    twice: str = ""

    def __str__(self) -> str:
        return self.what


def disaster(what: str, edits: dict[str, Any], *found_by: str, twice: str = "") -> Disaster:
    """Paths begin at the application, or with a slash at the top of the file."""
    full = {path[1:] if path.startswith("/") else f"apps.{path}": value for path, value in edits.items()}
    return Disaster(what, full, frozenset(found_by), twice)


OVERRIDE = "AzureFunctionsJobHost__extensions__durableTask__"
PROCESS, BOOK, ENRICH = (
    "claims.orchestrations.ProcessClaim",
    "freight.orchestrations.BookShipment",
    "genomics.orchestrations.EnrichBatch",
)
DISASTERS = [
    disaster("production and its slot on one hub", {"claims.slots.staging.task_hub": "PRODclaims"}, "unique-task-hub"),
    disaster("the hub of another environment", {"freight.task_hub.name": "testfreight"}, "unique-task-hub"),
    disaster(
        "the slot has what its site takes by default",
        {
            "freight.names": {"function_app": "func-freight-prod"},
            "freight.slots.staging.task_hub": "funcfreightprod",
        },
        "hub-no-default-name",
    ),
    disaster(
        "two applications in one store",
        {
            "genomics.names": {"storage_account": "stmeridianshared"},
            "freight.names": {"storage_account": "stmeridianshared"},
        },
        "store-not-shared",
    ),
    disaster(
        "payloads in the logs by a setting",
        {f"claims.settings.{OVERRIDE}tracing__traceInputsAndOutputs": "true"},
        "host-json-not-undone",
    ),
    disaster(
        "a level that loses every tracking event",
        {"freight.settings.AzureFunctionsJobHost__logging__logLevel__default": "None"},
        "host-json-not-undone",
    ),
    disaster("more hosts than partitions", {"freight.plan.minimum_instances": 12}, "partitions-used"),
    disaster("a password in a setting", {"claims.settings.PARTNER_PASSWORD": "hunter2"}, "no-literal-secret"),
    disaster(
        "a key in an address",
        {"genomics.settings.FEED": "https://x.blob.core.windows.net/f?sig=abc"},
        "no-literal-secret",
    ),
    disaster(
        "another environment's vault",
        {"freight.settings.GATE": "@Microsoft.KeyVault(VaultName=kv-gate-test;SecretName=gate)"},
        "vault-own",
    ),
    disaster(
        "half a reference", {"claims.settings.GATE": "@Microsoft.KeyVault(SecretName=gate)"}, "vault-reference-complete"
    ),
    disaster(
        "keys on the instance's disk", {"claims.settings.AzureWebJobsSecretStorageType": "files"}, "function-keys-kept"
    ),
    disaster(
        "sampling under a name of no host",
        {"freight.settings.AzureFunctionsJobHost__logging__samplingSettings__isEnabled": "false"},
        "sampling-well-placed",
    ),
    disaster("nobody says how long", {"claims.task_hub.history_days": None}, "history-declared"),
    disaster("nobody purges", {"freight.task_hub.purged_by": None}, "history-declared"),
    disaster("history shorter than a claim", {"claims.task_hub.history_days": 30}, "history-outlasts-orchestration"),
    disaster("history longer than telemetry", {"freight.task_hub.history_days": 365}, "history-within-telemetry"),
    disaster(
        "personal data for two years",
        {"claims.task_hub.history_days": 700, "/telemetry.retention_days": 730},
        "personal-history-bounded",
    ),
    disaster("purged when somebody thinks of it", {"genomics.task_hub.purged_by": "operator"}, "purge-scheduled"),
    disaster("a review that was missed", {"claims.task_hub.review_due": "2026-05-01"}, "history-review-due"),
    disaster("a review in ten years", {"genomics.task_hub.review_due": "2036-05-01"}, "review-within-reach"),
    disaster("nobody knows what it holds", {"genomics.task_hub.holds": []}, "holds-told"),
    disaster("payloads that outlive their erasure", {"claims.store": {"soft_delete_days": 90}}, "erasure-in-time"),
    disaster(
        "telemetry for two months",
        {"/telemetry.retention_days": 60},
        "telemetry-kept",
        "history-within-telemetry",
        twice="the platform's floor, and what each application promised: another number mends each",
    ),
    disaster(
        "tracking events are sampled away",
        {"/telemetry.sampling.excluded_types": ["Request"]},
        "sampling-keeps-tracking",
    ),
    disaster("slots without versions", {"claims.versioning": None}, "slots-versioned"),
    disaster("three days without versions", {"genomics.versioning": None}, "long-instances-versioned"),
    disaster("a runtime of the past", {"freight.runtime": {"language": "node", "version": "20"}}, "runtime-supported"),
    disaster("one blob for both slots", {"claims.slots.staging.package": "claims.zip"}, "package-per-slot"),
    disaster("retries nobody can recognise", {f"{BOOK}.idempotency_key": None}, "retries-idempotent"),
    disaster("a wait without an end", {f"{PROCESS}.timers": None, f"{PROCESS}.deadlines": None}, "wait-has-end"),
    disaster("a timer after the end", {f"{PROCESS}.timers.ApprovalDeadline": "60d"}, "timers-end-in-time"),
    disaster(
        "retries for a month",
        {f"{ENRICH}.retry": {"attempts": 16, "first_interval": "1m", "backoff": 2.0}},
        "retries-end-in-time",
    ),
    disaster("stuck after a month instead of nine hours", {f"{ENRICH}.expected": "1h"}, "stuck-is-near"),
    disaster("nothing said of what runs", {"genomics.orchestrations": None}, "orchestrations-told"),
    disaster("ids that say nothing", {f"{BOOK}.instance_id": "random"}, "instance-id-tells"),
    disaster("growth without an end", {"freight.plan.maximum_instances": None}, "elastic-bounded"),
    disaster(
        "one zone",
        {"claims.plan.zone_redundant": None},
        "plan-zone-redundant",
        "store-zone-redundant",
        twice="the store follows the plan unless it says otherwise; each of them alone stops the work",
    ),
    disaster(
        "one worker",
        {
            "genomics.plan": {"sku": "P1v3", "zone_redundant": False, "minimum_instances": 1},
            "genomics.store": {"redundancy": "ZRS"},
        },
        "plan-two-instances",
        "plan-zone-redundant",
        twice="one instance cannot be in two zones, and two instances may be in one",
    ),
    disaster("a vault forgotten in a week", {"claims.vault": {"soft_delete_days": 7}}, "vault-soft-delete"),
    disaster(
        "an application that answers everybody",
        {"freight.access.allowed_addresses": None, "freight.access.front_door_id": None},
        "site-not-open",
    ),
    disaster("a key that nobody is said to hold", {"genomics.access.system_key": None}, "system-key-held"),
    disaster(
        "every application of the tenant may call",
        {"claims.access.authentication.allowed_clients": None},
        "authentication-names-callers",
    ),
    disaster("somebody to be named", {"claims.owner.on_call": "TODO"}, "owner-reachable"),
    disaster("a purpose to be written", {"freight.purpose": "tbd"}, "purpose-told"),
]
