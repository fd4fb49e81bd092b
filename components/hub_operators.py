"""Hub operators: what people may do with the instances of a task hub that lives in a scheduler."""

import uuid
from typing import TypedDict

import pulumi
from pulumi_azure_native import authorization


class HubOperatorsArgs(TypedDict):
    """What the assignments need to know."""

    subscription_id: str
    """GUID of the subscription; the GUIDs of the assignments are made with it."""
    role_definition_id: str
    """GUID of the role Durable Task Data Contributor: the scheduler's dashboard takes no smaller one."""
    hubs: dict[str, pulumi.Input[str]]
    """Id of each hub, by a name of it that is known before it exists; the GUIDs are made of that."""
    groups: list[str]
    """Object ids of the groups that get it."""


class HubOperators(pulumi.ComponentResource):
    """A role on each hub for each group. It reads histories, and ends, purges and raises events in instances.

    That is what the system key of the application does as well, which operators may read; here Azure writes down who it was.
    "Debug and manage orchestrations using the Durable Task Scheduler dashboard", learn.microsoft.com, 2026-05.
    """

    assignment_ids: list[pulumi.Output[str]]
    """Ids of the assignments."""

    def __init__(self, name: str, args: HubOperatorsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:HubOperators", name, {}, opts)
        guid = uuid.UUID(args["subscription_id"])
        role = args["role_definition_id"]
        path = f"/subscriptions/{args['subscription_id']}/providers/Microsoft.Authorization/roleDefinitions/{role}"

        self.assignments = [
            authorization.RoleAssignment(
                f"{name}-{key.rsplit('/', 1)[-1]}-{group}",
                role_assignment_name=str(uuid.uuid5(guid, f"{key}|{role}|{group}")),
                scope=hub,
                role_definition_id=path,
                principal_id=group,
                principal_type=authorization.PrincipalType.GROUP,
                opts=pulumi.ResourceOptions(parent=self),
            )
            for key, hub in args["hubs"].items()
            for group in args["groups"]
        ]
        self.assignment_ids = [one.id for one in self.assignments]
        self.register_outputs({})
