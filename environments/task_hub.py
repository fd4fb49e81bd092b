"""Where the running orchestrations of an application live: the backend of its task hubs, and how long history is kept."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, StrictFloat, StrictInt, model_validator

from environments import catalogue
from environments import values as v
from environments.description import Description
from environments.matching import OneOf, refuse


def _backend(value: object) -> object:
    because = catalogue.refused_backends().get(value) if isinstance(value, str) else None
    if because:
        raise refuse(f"{value} is not taken: {because}", f"one of {', '.join(catalogue.backends())}", "providers")
    return value


BackendName = Annotated[Literal["azure-storage", "durable-task-scheduler", "mssql"], BeforeValidator(_backend)]
DatabaseSkuName = Annotated[str, OneOf(catalogue.database_skus, "SKU of a database", "S1, GP_Gen5_2 or HS_Gen5_2")]


def _never(pauses: bool) -> bool:
    """Serverless compute tier for Azure SQL Database, learn.microsoft.com, 2024-09-24."""
    if pauses:
        raise refuse(
            "a database of a task hub that pauses: workers ask it all the time, so it would only while nobody works on it, and "
            "then refuse the first login (40613) for about a minute, while timers and events wait",
            "false, or it left out; what an idle one costs is `minimum_vcores`",
            "sql-serverless",
        )
    return pauses


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


class LongTermBackups(Description):
    """Full backups of each database that are kept for longer, beside those that take it back to any moment.

    Each is kept as long as was said when it was taken: fewer years hold for new ones, and none goes with its database or
    server. "Long-term retention", learn.microsoft.com, 2023-06-23.
    """

    weeks: v.LongTermWeeks | None = Field(default=None, description="Weeks that the backup of each week is kept")
    months: v.LongTermMonths | None = Field(default=None, description="Months that the first of each month is kept")
    years: v.LongTermYears | None = Field(default=None, description="Years that the one of `week_of_year` is kept")
    week_of_year: v.WeekOfYear | None = Field(default=None, description="With years: the week whose backup is kept")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not (self.weeks or self.months or self.years):
            raise refuse("long-term backups of no length", "weeks, months or years, or it left out")
        if self.years and not self.week_of_year:
            raise refuse(
                "years without the week of the year whose backup is kept", "week_of_year of 1 to 52", "sql-long-term"
            )
        if self.week_of_year and not self.years:
            raise refuse("a week_of_year without years, which it belongs to", "years beside it, or it left out")
        return self

    @property
    def longest_days(self) -> int:
        """The most days that any of them is kept, in the longest months and years."""
        return max((self.weeks or 0) * 7, (self.months or 0) * 31, (self.years or 0) * 366)


class Database(Description):
    """The Azure SQL databases of an application: one server, and in it a database for the task hub of each slot."""

    sku: DatabaseSkuName = Field(
        description="Size of each database; another one is taken in place, but what is Hyperscale stays it"
    )
    minimum_vcores: StrictFloat | StrictInt | None = Field(
        default=None,
        description="Serverless (GP_S): virtual cores that stay while nothing runs; when not said, the fewest of the SKU",
    )
    auto_pause: Annotated[StrictBool, AfterValidator(_never)] = Field(
        default=False,
        description="Serverless: a database of a task hub never pauses, so true is refused",
        json_schema_extra={"errorMessage": "false, or it left out"},
    )
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
        default=False,
        description="Each database spread over zones; not Basic and Standard, and of Hyperscale never changed later",
    )
    backup_days: v.BackupDays = Field(
        default=7,
        description="Days that a database can be taken back to any moment of; what was purged stays in backups as long",
    )
    long_term_backups: LongTermBackups | None = Field(
        default=None,
        description="Full backups kept for weeks, months or years; none when not said, since no purge reaches into them",
    )

    @property
    def facts(self) -> catalogue.DatabaseSku:
        """What the catalogue knows of the SKU."""
        return catalogue.database_skus()[self.sku]

    @property
    def longest_backup_days(self) -> int:
        """Days that what was purged can still be found in a backup."""
        return max(self.backup_days, self.long_term_backups.longest_days if self.long_term_backups else 0)


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
