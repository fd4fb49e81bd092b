"""What stands around the applications of an environment: who is told, who may look and act, what it may cost."""

from typing import Literal, Self

from pydantic import Field, StrictBool, model_validator

from environments import values as v
from environments.description import Description
from environments.matching import refuse

AlertSlug = Literal[
    "failed-orchestrations",
    "no-progress",
    "over-expectation",
    "waiting-to-start",
    "poison-messages",
    "throttled-store",
    "database-nearly-full",
    "database-busy",
    "database-workers-short",
    "shared-hub",
    "no-telemetry",
    "daily-cap-near",
    "daily-cap-reached",
]


class ActionGroup(Description):
    """Whom alerts tell, beside the owner of what they are about."""

    emails: list[v.ReceiverEmail] = Field(default=[], description="Who else is mailed")
    also: list[v.ResourceId] = Field(
        default=[], description="Ids of action groups that are there already, like the one of the people on call"
    )


class Alerts(Description):
    """Alerts on orchestrations, hubs and telemetry."""

    enabled: StrictBool | None = Field(
        default=None, description="Whether there are any; when not said, in staging and production"
    )
    without: list[AlertSlug] = Field(default=[], description="Alerts that this environment does without")
    action_group: ActionGroup = ActionGroup()


class Operators(Description):
    """Groups of Entra ID that get a role on the environment's resource group, and where they work. Nobody gets one by default."""

    run_from: v.Line | None = Field(
        default=None,
        description=(
            "Where the runbook's commands are run, for applications that answer to listed addresses or in a network only: a "
            "jump host, a bastion, a VPN, by the names under which people find them"
        ),
    )
    readers: list[v.Guid] = Field(
        default=[],
        description="Object ids of groups that may look: configuration, telemetry, alerts; no key, no instance's history",
    )
    operators: list[v.Guid] = Field(
        default=[],
        description=(
            "Object ids of groups that may also read instances and keys, restart, and swap slots; on the Durable Task "
            "Scheduler they are Durable Task Data Contributor on each hub, which its dashboard wants. What is in a "
            "database on MSSQL opens to them by its administrators' group only"
        ),
    )

    @model_validator(mode="after")
    def _once(self) -> Self:
        twice = {
            group for group in (*self.readers, *self.operators) if (*self.readers, *self.operators).count(group) > 1
        }
        if twice:
            raise refuse(f"the group {sorted(twice)[0]} is there twice", "each group once: operators are readers too")
        return self


class Budget(Description):
    """What the environment may cost. A budget tells; it stops nothing."""

    monthly: v.Money = Field(description="In the currency of the subscription's bills")
    starts: v.Day = Field(description="The first day of a month; later it cannot be changed to an earlier one")

    @model_validator(mode="after")
    def _from_a_first(self) -> Self:
        if self.starts.day != 1:
            raise refuse(f"starts {self.starts} is not the first of a month", 'a day like "2026-12-01"')
        return self
