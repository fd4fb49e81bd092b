"""Microsoft.Resources/resourceGroups."""

from ..database import Stored, Transaction
from ..refusal import Refusal
from .declaration import NameRule, ResourceType, Target

_FORCE_NEW = "pulumi-azure-native provider/pkg/gen/replacement.go, forceNewMap, read 2026-11-22"


def _is_empty(transaction: Transaction, group: Stored) -> None:
    left = transaction.below(group.id)
    if left:
        # Azure would delete all of it with the group. Here that is refused: what a rehearsal removes should be what the
        # engine said it would remove.
        raise Refusal(
            409,
            "ResourceGroupNotEmpty",
            f"The resource group '{group.id.rsplit('/', 1)[-1]}' still holds {len(left)} resources, among them "
            f"'{left[0].id}'. Azure would delete them with it; the local Azure deletes no group that is not empty.",
        )


def _computed(_: Target) -> dict[str, object]:
    return {"properties": {"provisioningState": "Succeeded"}}


RESOURCE_GROUP = ResourceType(
    token="azure-native:resources:ResourceGroup",
    arm_type="Microsoft.Resources/resourceGroups",
    api_version="2024-03-01",
    id_form="/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
    source="names: learn.microsoft.com resource-name-rules; the rest: SDK docstrings (3.29), read 2026-11-22",
    name_rule=NameRule(
        "resourceGroupName",
        r"[-\w.()]{0,89}[-\w()]",
        "1 to 90 letters, digits, underscores, hyphens, periods and parentheses, not ending with a period",
        "InvalidResourceGroup",
    ),
    replaces={"location": _FORCE_NEW},
    updatable=frozenset({"tags", "managedBy"}),  # ResourceGroupPatchable has nothing else that is an input
    computed=_computed,
    before_delete=_is_empty,
)

TYPES = (RESOURCE_GROUP,)
