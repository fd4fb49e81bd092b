"""The identity of one application, and what it may do: its own store, its own vault, its own telemetry."""

import uuid
from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import authorization, managedidentity


class Grant(TypedDict):
    """One role at one scope."""

    name: str
    """Last part of the assignment's logical name."""
    formerly: NotRequired[str]
    """What that part was in an earlier version, so that the assignment is still the same one."""
    role_definition_id: str
    """GUID of the role definition."""
    scope: pulumi.Input[str]
    """Id of what the role is for."""
    scope_key: str
    """A name of the scope that is known before it exists; the assignment's own name is made of it."""


class AppIdentityArgs(TypedDict):
    """What an identity needs to know."""

    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: pulumi.Input[str]
    """Region, by its programmatic name."""
    identity_name: str
    """Name of the identity; the names of its role assignments are made of it."""
    subscription_id: str
    """GUID of the subscription that holds the role definitions."""
    grants: list[Grant]
    """What the identity may do, and where."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


class AppIdentity(pulumi.ComponentResource):
    """A user-assigned identity that the application and all its slots run as, with its role assignments.

    An assignment's name is a GUID. It is made of names and not of the principal's id, which nobody knows in a preview; since
    an assignment cannot change its principal, a new identity replaces its assignments, the old one deleted first.
    """

    identity_id: pulumi.Output[str]
    """Known once every role is assigned, so that nothing runs as the identity before it may."""
    client_id: pulumi.Output[str]
    """What settings name the identity by."""
    principal_id: pulumi.Output[str]
    """What role assignments name the identity by."""
    assignments: list[authorization.RoleAssignment]
    """One for each grant, in their order."""

    def __init__(self, name: str, args: AppIdentityArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:AppIdentity", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        subscription = args["subscription_id"]

        self.identity = managedidentity.UserAssignedIdentity(
            f"{name}-identity",
            resource_name_=args["identity_name"],
            resource_group_name=args["resource_group_name"],
            location=args["location"],
            tags=args["tags"],
            opts=child,
        )
        self.client_id = self.identity.client_id
        self.principal_id = self.identity.principal_id
        self.assignments = [
            authorization.RoleAssignment(
                f"{name}-{grant['name']}",
                role_assignment_name=str(
                    uuid.uuid5(
                        uuid.UUID(subscription),
                        f"{grant['scope_key']}|{args['identity_name']}|{grant['role_definition_id']}",
                    )
                ),
                scope=grant["scope"],
                role_definition_id=(
                    f"/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/{grant['role_definition_id']}"
                ),
                principal_id=self.principal_id,
                principal_type=authorization.PrincipalType.SERVICE_PRINCIPAL,
                opts=pulumi.ResourceOptions(
                    parent=self,
                    aliases=[pulumi.Alias(name=f"{name}-{grant['formerly']}")] if "formerly" in grant else None,
                ),
            )
            for grant in args["grants"]
        ]
        granted = pulumi.Output.all(self.identity.id, *(assignment.id for assignment in self.assignments))
        self.identity_id = granted.apply(lambda ids: str(ids[0]))
        self.register_outputs({"identity_id": self.identity_id})
