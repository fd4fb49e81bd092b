"""Operator roles: what people may do with an environment, as roles of its own and assignments to their groups."""

import uuid
from typing import TypedDict

import pulumi
from pulumi_azure_native import authorization

from components.known_after import known_after


class OperatorRoleArgs(TypedDict):
    """One role and the groups that have it."""

    name: str
    """Ends the logical names."""
    title: str
    """Name of the role, unique in the tenant."""
    about: str
    """What it is for; people read it where they pick a role."""
    actions: list[str]
    """What it allows on resources."""
    data_actions: list[str]
    """What it allows on what is in them."""
    groups: list[str]
    """Object ids of the groups that get it."""


class OperatorRolesArgs(TypedDict):
    """What the roles need to know."""

    subscription_id: str
    """GUID of the subscription; the GUIDs of roles and assignments are made with it."""
    scope: pulumi.Input[str]
    """Id of the resource group that the roles are for."""
    scope_key: str
    """A name of the scope that is known before it exists; the GUIDs are made of it."""
    roles: list[OperatorRoleArgs]
    """The roles; those that no group has are left out."""


class OperatorRoles(pulumi.ComponentResource):
    """Custom roles that can be assigned in this one resource group only.

    Making a role needs Microsoft.Authorization/roleDefinitions/write: Owner or User Access Administrator.
    """

    definition_ids: dict[str, pulumi.Output[str]]
    """Id of each role that was made, by its name."""

    def __init__(self, name: str, args: OperatorRolesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:OperatorRoles", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        guid = uuid.UUID(args["subscription_id"])

        self.definition_ids = {}
        for role in args["roles"]:
            if not role["groups"]:
                continue
            role_id = str(uuid.uuid5(guid, f"{args['scope_key']}|{role['name']}"))
            definition = authorization.RoleDefinition(
                f"{name}-{role['name']}",
                role_definition_id=role_id,
                scope=args["scope"],
                role_name=role["title"],
                role_type="CustomRole",
                description=role["about"],
                permissions=[
                    {
                        "actions": role["actions"],
                        "not_actions": [],
                        "data_actions": role["data_actions"],
                        "not_data_actions": [],
                    }
                ],
                assignable_scopes=[args["scope"]],
                opts=child,
            )
            self.definition_ids[role["name"]] = definition.id
            path = (
                f"/subscriptions/{args['subscription_id']}/providers/Microsoft.Authorization/roleDefinitions/{role_id}"
            )
            for group in role["groups"]:
                authorization.RoleAssignment(
                    f"{name}-{role['name']}-{group}",
                    role_assignment_name=str(uuid.uuid5(guid, f"{args['scope_key']}|{role['name']}|{group}")),
                    scope=args["scope"],
                    role_definition_id=known_after(definition, path),
                    principal_id=group,
                    principal_type=authorization.PrincipalType.GROUP,
                    opts=child,
                )
        self.register_outputs({})
