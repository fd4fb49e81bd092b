"""Where the running orchestrations of an application live: the backend of its task hubs, and how long history is kept."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictBool

from environments import catalogue
from environments import values as v
from environments.description import Description
from environments.matching import OneOf, refuse


def _backend(value: object) -> object:
    because = catalogue.refused_backends().get(value) if isinstance(value, str) else None
    if because:
        raise refuse(f"{value} is not taken: {because}", f"one of {', '.join(catalogue.backends())}")
    return value


BackendName = Annotated[Literal["azure-storage", "durable-task-scheduler", "mssql"], BeforeValidator(_backend)]
DatabaseSkuName = Annotated[str, OneOf(catalogue.database_skus, "SKU of a database")]


#: How an instance can have finished. "Auto-purge in the Durable Task Scheduler", 2026-05.
EndState = Annotated[
    str, OneOf(lambda: ("completed", "failed", "terminated", "canceled"), "state that an instance ends in")
]


class Scheduler(Description):
    """The Durable Task Scheduler of an application, which holds the task hubs of all its slots."""

    sku: Literal["Dedicated", "Consumption"] = Field(
        description="Dedicated is paid by the capacity unit, Consumption by the action; another one is another scheduler"
    )
    capacity: v.SchedulerCapacity | None = Field(
        default=None, description="Dedicated: capacity units, 1 where not given; 3 are spread over zones"
    )
    ip_allow_list: list[v.AddressRange] = Field(
        default=[], description="Addresses and ranges that may reach it. An empty list lets nobody in"
    )
    public_network_access: StrictBool = Field(
        default=True,
        description=(
            "Whether it is reached from outside its private endpoint; when not said, only where the application is in no network"
        ),
    )

    @property
    def facts(self) -> catalogue.SchedulerSku:
        """What the catalogue knows of the SKU."""
        return catalogue.scheduler_skus()[self.sku]

    @property
    def units(self) -> int | None:
        """The capacity that is registered; None where the SKU takes none."""
        return (self.capacity or 1) if self.facts.most_capacity else None


class DatabaseAdministrators(Description):
    """The group of Entra ID whose members administer the server. There is no password beside it."""

    group: v.Line = Field(description="Its name, as Entra ID shows it")
    object_id: v.Guid = Field(description="Its object id")


class Database(Description):
    """The Azure SQL databases of an application: one server, and in it a database for the task hub of each slot."""

    sku: DatabaseSkuName = Field(description="Size of each database; another one is taken in place")
    administrators: DatabaseAdministrators = Field(
        description="Who makes the database users; taken when the server is made, changed later by hand"
    )
    ip_allow_list: list[v.AddressRange] = Field(
        default=[], description="IPv4 addresses and ranges that may reach the server. An empty list lets nobody in"
    )
    public_network_access: StrictBool = Field(
        default=True,
        description=(
            "Whether it is reached from outside its private endpoint; when not said, only where the application is in no network"
        ),
    )
    zone_redundant: StrictBool = Field(
        default=False, description="Each database spread over zones; not Basic and Standard"
    )
    backup_days: v.BackupDays = Field(
        default=7,
        description="Days that a database can be taken back to any moment of; what was purged stays in backups as long",
    )

    @property
    def facts(self) -> catalogue.DatabaseSku:
        """What the catalogue knows of the SKU."""
        return catalogue.database_skus()[self.sku]


class TaskHubSpec(Description):
    """Where the running orchestrations of an application live, and how long what they leave behind is kept."""

    backend: BackendName
    name: v.TaskHubName | None = Field(
        default=None, description="Only for a hub that already exists; otherwise it is derived"
    )
    partition_count: v.PartitionCount = Field(
        default=4, description="Azure Storage: control queues; another count is another hub"
    )
    scheduler: Scheduler | None = Field(default=None, description="Durable Task Scheduler: what it is like")
    database: Database | None = Field(default=None, description="MSSQL: what server and databases are like")
    history_days: v.HistoryDays | None = Field(
        default=None, description="Days after which a finished instance may be purged"
    )
    history_days_by_state: dict[EndState, v.HistoryDaysOfState] = Field(
        default={}, description="Durable Task Scheduler: days of single states, where they differ"
    )
    purged_by: Literal["scheduled-job", "operator"] | None = Field(
        default=None, description="Who purges: Azure Storage and MSSQL never do by themselves, a scheduler always"
    )
    holds: list[v.Words] = Field(default=[], description="What business data the history holds, by name")
    personal_data: StrictBool = Field(default=False, description="Whether any of it is about a person")
    review_due: v.Day | None = Field(default=None, description="When somebody looks next at what the history holds")
