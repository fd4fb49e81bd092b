"""Microsoft.Authorization: role assignments, one per principal, role and scope, and the roles that people define themselves."""

from collections.abc import Mapping
from typing import Any

from ..database import Stored, Transaction
from ..refusal import Failure, Refusal
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


def _definition_name_taken(_: Target, __: Stored) -> Refusal:
    return Refusal(
        409,
        "RoleDefinitionWithSameNameExists",
        "A custom role with the same name already exists in this directory. Use a different name",
    )


def _no_assignments(transaction: Transaction, definition: Stored) -> None:
    role = definition.id.lower().rsplit("/", 1)[-1]
    if any(_identity(one.inputs)[1] == role for one in transaction.of_type(ROLE_ASSIGNMENT.token)):
        raise Refusal(
            400,
            "RoleDefinitionHasAssignments",
            "There are existing role assignments referencing role (code: RoleDefinitionHasAssignments).",
        )


def _check_definition(inputs: Mapping[str, Any]) -> list[Failure]:
    """A custom role has a name, permissions, and somewhere to be assigned in."""
    missing = [name for name in ("roleName", "assignableScopes", "permissions") if not inputs.get(name)]
    return [Failure("RoleDefinitionInvalid", f"'{name}' is missing; a custom role has it") for name in missing]


ROLE_DEFINITION = ResourceType(
    token="azure-native:authorization:RoleDefinition",
    arm_type="Microsoft.Authorization/roleDefinitions",
    api_version="2022-05-01-preview",
    id_form="{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
    located=False,
    source="Azure custom roles, learn.microsoft.com; a name taken in the directory: azure-docs issue 60446, read 2026-11-22",
    name_rule=NameRule(
        "roleDefinitionId",
        r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        "it must be a GUID",
        "InvalidRoleDefinitionId",
    ),
    check=_check_definition,
    global_names=lambda target: [(f"roleDefinitions of {target.account.tenant_id.lower()}", target.text("roleName"))],
    name_taken=_definition_name_taken,
    before_delete=_no_assignments,
)

TYPES = (ROLE_ASSIGNMENT, ROLE_DEFINITION)
