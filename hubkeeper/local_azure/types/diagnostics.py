"""Microsoft.Insights/diagnosticSettings: what a resource writes into a workspace."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..database import Stored, Transaction
from ..refusal import Failure, Refusal
from ..wire import reveal
from .declaration import NameRule, ResourceType, Target

#: Categories and groups by the type of what is watched: "Supported resource logs for …", learn.microsoft.com, read 2026-11-22.
_STORAGE = frozenset({"StorageRead", "StorageWrite", "StorageDelete", "allLogs", "audit"})
_SITE = frozenset(
    {
        "FunctionAppLogs", "AppServiceAntivirusScanAuditLogs", "AppServiceAppLogs", "AppServiceAuditLogs",
        "AppServiceAuthenticationLogs", "AppServiceConsoleLogs", "AppServiceFileAuditLogs", "AppServiceHTTPLogs",
        "AppServiceIPSecAuditLogs", "AppServicePlatformLogs", "allLogs",
    }
)  # fmt: skip
_CATEGORIES: Mapping[str, frozenset[str]] = {
    "storageaccounts": frozenset(),
    "blobservices": _STORAGE,
    "queueservices": _STORAGE,
    "tableservices": _STORAGE,
    "vaults": frozenset({"AuditEvent", "AzurePolicyEvaluationDetails", "allLogs", "audit"}),
    "sites": _SITE,
    "slots": _SITE,
}
#: Services of a storage account are there with it, whether anybody made them or not.
_ALWAYS_THERE = ("blobservices", "queueservices", "tableservices", "fileservices")
_DESTINATIONS = ("workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId")


def _enabled(inputs: Mapping[str, Any]) -> Iterator[str]:
    for entry in reveal(inputs.get("logs")) or []:
        if isinstance(entry, Mapping) and entry.get("enabled") is True:
            yield str(entry.get("category") or entry.get("categoryGroup") or "")


def _check(inputs: Mapping[str, Any]) -> list[Failure]:
    if not any(inputs.get(name) is not None for name in _DESTINATIONS):
        return [
            Failure("BadRequest", "the diagnostic setting has no destination: a workspace, a store or an event hub")
        ]
    return []


def _admit(transaction: Transaction, target: Target) -> None:
    watched = target.text("resourceUri").rstrip("/")
    kind = watched.lower().split("/")[-2] if "/" in watched else ""
    there = watched.rsplit("/", 2)[0] if kind in _ALWAYS_THERE else watched
    if transaction.get(there) is None:
        raise Refusal(404, "ResourceNotFound", f"The Resource '{watched}' that is to be watched was not found.")
    workspace = target.text("workspaceId")
    if workspace and transaction.get(workspace) is None:
        raise Refusal(400, "BadRequest", f"The workspace '{workspace}' of the diagnostic setting was not found.")
    for category in _enabled(target.inputs):
        if kind in _CATEGORIES and category not in _CATEGORIES[kind]:
            raise Refusal(400, "BadRequest", f"Category '{category}' is not supported.")
    for other in transaction.of_type(DIAGNOSTIC_SETTING.token):
        _refuse_twice(target, other)


def _refuse_twice(target: Target, other: Stored) -> None:
    """One category of one resource goes to one workspace once."""
    same = other.id.lower() != target.id.lower() and all(
        str(other.inputs.get(key, "")).lower() == target.text(key).lower() for key in ("resourceUri", "workspaceId")
    )
    twice = set(_enabled(target.inputs)) & set(_enabled(other.inputs)) if same else set()
    if twice:
        raise Refusal(
            409,
            "Conflict",
            f"Data sink '{target.text('workspaceId')}' is already used in diagnostic setting '{other.id.rsplit('/', 1)[-1]}' "
            f"for category '{sorted(twice)[0]}'. Data sinks can't be reused in different settings on the same category for "
            "the same resource.",
        )


DIAGNOSTIC_SETTING = ResourceType(
    token="azure-native:monitor:DiagnosticSetting",
    arm_type="Microsoft.Insights/diagnosticSettings",
    api_version="2021-05-01-preview",
    id_form="{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
    located=False,
    source="Diagnostic settings in Azure Monitor; sentence: bicep-registry-modules issue 3407, read 2026-11-22",
    name_rule=NameRule("name", r"[^*<>%:&?+/\\\x00-\x1f]{1,260}", "1 to 260 characters without * < > % : & ? + / \\"),
    check=_check,
    admit=_admit,
)

TYPES = (DIAGNOSTIC_SETTING,)
