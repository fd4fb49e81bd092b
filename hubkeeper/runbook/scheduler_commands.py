"""Read-only commands on a Durable Task Scheduler and its hubs. They need the extension durabletask, and no key.

Flags: Azure/azure-cli-extensions, durabletask, as of 2026-05. There is no command for single instances: those are asked of the
application, or looked at in the scheduler's own dashboard.
"""

from environments import TaskHub
from hubkeeper.runbook.commands import Command, Target


def scheduler(target: Target, hub: TaskHub) -> Command:
    """Whether the scheduler is there and whom it lets in."""
    return Command(
        title="The scheduler",
        verb="durabletask scheduler show",
        arguments=(target.group_words, ("--name", hub.store)),
        query="{endpoint:properties.endpoint,sku:properties.sku.name,capacity:properties.sku.capacity,"
        "letsIn:properties.ipAllowlist,state:properties.provisioningState}",
        answers="Is the scheduler there, how large is it, and which addresses may reach it?",
        healthy="state Succeeded; letsIn holds the addresses that the application goes out by",
        tells=(
            "the application's address is not in letsIn: it is refused with 403, as if a role were missing.",
            "ResourceNotFound: the scheduler is gone with all its hubs. They cannot be restored.",
        ),
    )


def task_hub(target: Target, hub: TaskHub) -> Command:
    """Whether a hub is there, and where its dashboard is."""
    return Command(
        title=f"The hub {hub.name}",
        verb="durabletask taskhub show",
        arguments=(target.group_words, ("--scheduler-name", hub.store, "--name", hub.name)),
        query="{state:properties.provisioningState,dashboard:properties.dashboardUrl}",
        answers=f"Is the hub {hub.name} there, and where can its instances be looked at?",
        healthy="state Succeeded, and a link to the dashboard, which wants Durable Task Data Contributor",
        tells=("The dashboard shows inputs and outputs, and changes instances: look there, act by these pages.",),
    )


def retention(target: Target, hub: TaskHub) -> Command:
    """What the scheduler purges by itself."""
    return Command(
        title="What the scheduler purges",
        verb="durabletask retention-policy show",
        arguments=(target.group_words, ("--scheduler-name", hub.store)),
        query="properties.retentionPolicies[].{state:orchestrationState,days:retentionPeriodInDays}",
        output="table",
        answers="After how many days, counted from its end, does the scheduler purge an instance?",
        healthy="the days of the retention table; a row without a state counts for all others",
        tells=("no rows: a policy was taken away, and nothing is purged. Bring the environment up again.",),
    )
