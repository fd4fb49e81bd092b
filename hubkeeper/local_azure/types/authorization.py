"""Microsoft.Authorization/roleAssignments: one per principal, role and scope; the name is unique in the tenant."""

from collections.abc import Mapping
from typing import Any

from ..database import Stored, Transaction
from ..refusal import Refusal
from .declaration import NameRule, ResourceType, Target

_FORCE_NEW = "pulumi-azure-native provider/pkg/gen/replacement.go, forceNewMap, read 2026-11-22"
_SAME = ("principalId", "roleDefinitionId", "scope")


def _not_permitted() -> Refusal:
    return Refusal(
        400,
        "RoleAssignmentUpdateNotPermitted",
        "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    )


def _taken(_: Target, __: Stored) -> Refusal:
    return _not_permitted()


def _identity(values: Mapping[str, Any]) -> tuple[str, ...]:
    # The role id may come with or without the subscription in front; Azure compares the role itself.
    role = str(values.get("roleDefinitionId", "")).lower().rsplit("/", 1)[-1]
    return str(values.get("principalId", "")).lower(), role, str(values.get("scope", "")).lower().rstrip("/")


def _admit(transaction: Transaction, target: Target) -> None:
    wanted = _identity({key: target.text(key) for key in _SAME})
    if target.existing is not None and _identity(target.existing.inputs) != wanted:
        raise _not_permitted()
    scope = target.text("scope").rstrip("/")
    if scope.count("/") > 2 and transaction.get(scope) is None:
        raise Refusal(404, "ResourceNotFound", f"The Resource '{scope}' that the role is assigned on was not found.")
    for other in transaction.of_type(ROLE_ASSIGNMENT.token):
        if other.id.lower() != target.id.lower() and _identity(other.inputs) == wanted:
            name = other.id.rsplit("/", 1)[-1].replace("-", "")
            raise Refusal(
                409,
                "RoleAssignmentExists",
                f"The role assignment already exists. The ID of the existing role assignment is {name}.",
            )


ROLE_ASSIGNMENT = ResourceType(
    token="azure-native:authorization:RoleAssignment",
    arm_type="Microsoft.Authorization/roleAssignments",
    api_version="2022-04-01",
    id_form="{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
    located=False,
    source="sentences: Azure-Landing-Zones issue 833, azure-search-openai-demo issue 1091, read 2026-11-22",
    name_rule=NameRule(
        "roleAssignmentName",
        r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        "it must be a GUID",
        "InvalidRoleAssignmentId",
    ),
    # A changed roleDefinitionId is an update to azure-native, which Azure then refuses.
    replaces={"principalId": _FORCE_NEW},
    admit=_admit,
    global_names=lambda target: [
        (f"roleAssignments of {target.account.tenant_id.lower()}", target.text("roleAssignmentName"))
    ],
    name_taken=_taken,
)

TYPES = (ROLE_ASSIGNMENT,)
