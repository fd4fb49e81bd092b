"""Microsoft.Insights/privateLinkScopes: which workspaces and components a network reaches by a private endpoint."""

from collections.abc import Mapping
from typing import Any

from ..database import Transaction
from ..refusal import Failure, Refusal
from ..wire import reveal
from .declaration import NameRule, ResourceType, Target

_API_VERSION = "2023-06-01-preview"
_SCOPE_ID = (
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Insights"
    "/privateLinkScopes/{scopeName}"
)
_SOURCE = "Azure REST specs as in bicep-types-az, privateLinkScopes 2023-06-01-preview, read 2026-11-23"
_TAKEN = ("/workspaces/", "/components/", "/datacollectionendpoints/")
#: "AMPLS limits" of private-link-design, learn.microsoft.com, 2024-10-23.
_MOST_SCOPES = 5


def _is_global(inputs: Mapping[str, Any]) -> list[Failure]:
    place = reveal(inputs).get("location")
    if isinstance(place, str) and place.lower() != "global":
        sentence = f"The provided location '{place}' is not available; it is 'global'."
        return [Failure("LocationNotAvailableForResourceType", sentence)]
    return []


def scopes_of(transaction: Transaction, resource_id: str) -> list[str]:
    """The ids by which a workspace or a component is in scopes."""
    key = resource_id.lower()
    listed = transaction.of_type(SCOPED.token)
    return [one.id for one in listed if str(one.inputs.get("linkedResourceId", "")).lower() == key]


def _admit_scoped(transaction: Transaction, target: Target) -> None:
    linked = target.text("linkedResourceId")
    if not any(kind in linked.lower() for kind in _TAKEN):
        raise Refusal(
            400, "BadRequest", f"'{linked}' is nothing that a private link scope takes."
        )  # words not confirmed
    if transaction.get(linked) is None:
        raise Refusal(404, "ResourceNotFound", f"The Resource '{linked}' of a private link scope was not found.")
    others = [one for one in scopes_of(transaction, linked) if one.lower() != target.id.lower()]
    if len(others) >= _MOST_SCOPES:
        # The words are not confirmed; the number is.
        raise Refusal(
            400, "BadRequest", f"'{linked}' is in {len(others)} private link scopes, and may be in {_MOST_SCOPES}."
        )


def refuse_in_a_scope(transaction: Transaction, resource_id: str) -> None:
    """Raises Refusal for what is in a scope and not taken out first: private-link-configure, 2023-07-25; words not confirmed."""
    if found := scopes_of(transaction, resource_id):
        raise Refusal(
            409,
            "Conflict",
            f"Cannot delete '{resource_id}': it is in a private link scope as '{found[0]}'. Disconnect it first.",
        )


SCOPE = ResourceType(
    token="azure-native:monitor:PrivateLinkScope",
    arm_type="Microsoft.Insights/privateLinkScopes",
    api_version=_API_VERSION,
    id_form=_SCOPE_ID,
    source=_SOURCE,
    name_rule=NameRule(
        "scopeName", r"[A-Za-z0-9_().-]{0,254}[A-Za-z0-9_()-]", "1 to 255 letters, digits, . _ ( ) -, no full stop last"
    ),
    replaces={"location": "privateLinkScopes 2023-06-01-preview: a tracked resource, and global"},
    check=_is_global,
    computed=lambda _: {"provisioningState": "Succeeded"},
)

SCOPED = ResourceType(
    token="azure-native:monitor:PrivateLinkScopedResource",
    arm_type="Microsoft.Insights/privateLinkScopes/scopedResources",
    api_version=_API_VERSION,
    id_form=_SCOPE_ID + "/scopedResources/{name}",
    source=_SOURCE,
    name_rule=NameRule("name", r"[^/\s]{1,255}", "1 to 255 characters"),
    located=False,
    admit=_admit_scoped,
    computed=lambda _: {"provisioningState": "Succeeded"},
)

TYPES = (SCOPE, SCOPED)
