"""Store lock: the one guard of a hub's store that holds outside of Pulumi too."""

from typing import TypedDict

import pulumi
from pulumi_azure_native import authorization


class StoreLockArgs(TypedDict):
    """What a lock needs to know."""

    store_id: pulumi.Input[str]
    """Id of what holds the task hubs."""
    notes: str
    """Why it is locked; whoever runs into the lock reads it."""


class StoreLock(pulumi.ComponentResource):
    """A CanNotDelete lock. It stops the portal, the command line and every other program from deleting the account.

    It also stops what an `up` may want: a role assignment or a container of the account can be made but not deleted or
    replaced while it is there (409 ScopeLocked). Then take the lock out of the description, run `up`, and put it back. On
    `destroy` the engine deletes it first, since it is made after everything else (give `depends_on`). It stops nobody from
    deleting tables, queues and blobs through storage's own interface: that takes a data role, and only the application has one.
    Locks need Microsoft.Authorization/locks/write: Owner or User Access Administrator; Contributor is not enough.
    "Lock your Azure resources to protect your infrastructure", learn.microsoft.com, read 2026-11-22.
    """

    lock_id: pulumi.Output[str]
    """Azure's id of the lock."""

    def __init__(self, name: str, args: StoreLockArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("hubkeeper:index:StoreLock", name, {}, opts)

        self.lock = authorization.ManagementLockByScope(
            f"{name}-lock",
            lock_name="holds-task-hubs",
            scope=args["store_id"],
            level=authorization.LockLevel.CAN_NOT_DELETE,
            notes=args["notes"],
            opts=pulumi.ResourceOptions(parent=self, depends_on=opts.depends_on if opts else None),
        )
        self.lock_id = self.lock.id
        self.register_outputs({"lock_id": self.lock_id})
