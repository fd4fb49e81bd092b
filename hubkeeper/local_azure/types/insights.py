"""Microsoft.OperationalInsights/workspaces and Microsoft.Insights/components: where telemetry goes; workbooks that show it."""

import json
from collections.abc import Mapping
from typing import Any

from ..database import Stored, Transaction
from ..refusal import Failure, Refusal
from ..wire import unwrap
from .declaration import NameRule, ResourceType, Target
from .made_up import guid
from .monitor_link import refuse_in_a_scope

_TRACKED = "Workspaces.json 2023-09-01: a TrackedResource, location create and read only, read 2026-11-22"
_COMPONENTS = "Azure REST specs, components_API.json 2020-02-02 (x-ms-mutability create, read), read 2026-11-22"
_COMPONENT_RETENTION = (30, 60, 90, 120, 180, 270, 365, 550, 730)
"""Days; Azure Verified Modules, insights/component, 2026-08-07."""


def _check_workspace(inputs: Mapping[str, Any]) -> list[Failure]:
    days = unwrap(inputs.get("retentionInDays"))
    sku = unwrap(inputs.get("sku"))
    free = isinstance(sku, Mapping) and str(sku.get("name", "")).lower() == "free"
    # PerGB2018 takes 30 to 730 days, Free 7. Azure's words for the refusal are not confirmed.
    if not isinstance(days, int) or 30 <= days <= 730 or (free and days == 7):
        return []
    return [
        Failure(
            "InvalidParameter", f"'RetentionInDays' property doesn't match the SKU limits: {days} is not in 30 to 730"
        )
    ]


def _workspace(target: Target) -> dict[str, Any]:
    return {"customerId": guid(target.id, "customer"), "provisioningState": "Succeeded"}


def _check_component(inputs: Mapping[str, Any]) -> list[Failure]:
    days = unwrap(inputs.get("retentionInDays"))
    if not isinstance(days, int) or days in _COMPONENT_RETENTION:
        return []
    return [
        Failure(
            "BadRequest", f"'retentionInDays' is {days}; it can be one of {', '.join(map(str, _COMPONENT_RETENTION))}"
        )
    ]


def _workspace_exists(transaction: Transaction, target: Target) -> None:
    workspace = target.text("workspaceResourceId")
    if workspace and transaction.get(workspace) is None:
        raise Refusal(400, "WorkspaceNotFound", f"The workspace '{workspace}' of the component was not found.")


def _component(target: Target) -> dict[str, Any]:
    key, app = guid(target.id, "instrumentation"), guid(target.id, "application")
    place = target.place
    # Neither is a secret to Azure; since local authentication is off they admit nobody.
    endpoints = f"IngestionEndpoint=https://{place}-0.in.applicationinsights.azure.com/;ApplicationId={app}"
    return {
        "appId": app,
        "applicationId": target.text("resourceName"),
        "instrumentationKey": key,
        "connectionString": f"InstrumentationKey={key};{endpoints}",
        "tenantId": target.account.tenant_id,
        "provisioningState": "Succeeded",
    }


def _check_workbook(inputs: Mapping[str, Any]) -> list[Failure]:
    content = unwrap(inputs.get("serializedData"))
    try:
        parsed = json.loads(content) if isinstance(content, str) else {}
    except ValueError:
        parsed = None
    if isinstance(parsed, dict):
        return []
    return [Failure("BadRequest", "'serializedData' is not a valid JSON object")]


def _title_is_free(transaction: Transaction, target: Target) -> None:
    """A title is unique in the resource group (workbooks-automate, learn.microsoft.com, 2024). Azure's words: not confirmed."""
    for other in transaction.of_type(WORKBOOK.token):
        same_group = other.id.lower().startswith(f"{target.group_id.lower()}/")
        if (
            same_group
            and other.id.lower() != target.id.lower()
            and other.inputs.get("displayName") == target.text("displayName")
        ):
            raise Refusal(409, "Conflict", f"A workbook with the name '{target.text('displayName')}' already exists.")


def _is_in_no_scope(transaction: Transaction, stored: Stored) -> None:
    refuse_in_a_scope(transaction, stored.id)


WORKSPACE = ResourceType(
    token="azure-native:operationalinsights:Workspace",
    arm_type="Microsoft.OperationalInsights/workspaces",
    api_version="2023-09-01",
    id_form=(
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
        "/providers/Microsoft.OperationalInsights/workspaces/{workspaceName}"
    ),
    source="Azure REST specs, Workspaces.json 2023-09-01, read 2026-11-22",
    name_rule=NameRule(
        "workspaceName",
        r"[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]",
        "4 to 63 letters, digits and hyphens, no hyphen at either end",
    ),
    replaces={"location": _TRACKED},
    check=_check_workspace,
    computed=_workspace,
    before_delete=_is_in_no_scope,
)

COMPONENT = ResourceType(
    token="azure-native:applicationinsights:Component",
    arm_type="Microsoft.Insights/components",
    api_version="2020-02-02",
    id_form=(
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Insights/components/{resourceName}"
    ),
    source=_COMPONENTS,
    name_rule=NameRule(
        "resourceName",
        r"[^%&\\?/\x00-\x1f]{0,259}[^%&\\?/\x00-\x1f .]",
        "1 to 260 characters without % & \\ ? /, no space or period at the end",
    ),
    replaces={"location": _COMPONENTS, "applicationType": _COMPONENTS},
    check=_check_component,
    admit=_workspace_exists,
    computed=_component,
    before_delete=_is_in_no_scope,
)

WORKBOOK = ResourceType(
    token="azure-native:applicationinsights:Workbook",
    arm_type="Microsoft.Insights/workbooks",
    api_version="2023-06-01",
    id_form=(
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Insights/workbooks/{resourceName}"
    ),
    source="Azure REST specs, workbooks_API.json 2023-06-01: the name is a UUID, read 2026-11-23",
    name_rule=NameRule(
        "resourceName",
        r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        "the name of a workbook is a UUID",
        "BadRequest",
    ),
    replaces={
        "location": "Azure REST specs, workbooks_API.json 2023-06-01: a TrackedResource, location create and read only"
    },
    check=_check_workbook,
    admit=_title_is_free,
)

TYPES = (WORKSPACE, COMPONENT, WORKBOOK)
