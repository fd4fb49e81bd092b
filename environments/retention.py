"""How history is forgotten, for every backend in one place: who purges, what the days count from, what they hold for.

Azure Storage forgets nothing by itself; a job or a person purges, and what they select by is the day an instance was created.
The Durable Task Scheduler purges by itself, counted from the day an instance finished, and by one policy for all its hubs:
without a policy it keeps 30 days, and where a policy was taken away again it purges nothing at all.
A purge reaches into no backup: on MSSQL what it deleted is in those of the database until the last of them is gone.
"Purge orchestration history" and "Auto-purge in the Durable Task Scheduler", learn.microsoft.com, 2026-05.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from environments import catalogue
from environments.model import App


@dataclass(frozen=True)
class Retention:
    """How long the history of one application is kept. `days_by_state` are those of the states that have a number of their own.

    `backup_days` are those that what was purged is in backups for, `long_term_days` the same of those that were asked to be
    kept for long; 0 where there are none.
    """

    backend: catalogue.Backend
    days: int | None
    days_by_state: Mapping[str, int]
    purged_by: Literal["scheduled-job", "operator", "scheduler"] | None
    backup_days: int = 0
    long_term_days: int = 0

    @property
    def longest_days(self) -> int | None:
        """The most days that any finished instance is kept."""
        return None if self.days is None else max(self.days, *self.days_by_state.values(), 0)

    def reaches_back(self, longest_orchestration: timedelta | None) -> timedelta | None:
        """How old the oldest step can be that is still kept, when an instance takes as long as it may."""
        if self.longest_days is None:
            return None
        ran = longest_orchestration or timedelta()
        return timedelta(days=self.longest_days) + (ran if self.backend.counts_from == "completion" else timedelta())


def retention_of(app: App) -> Retention:
    """How long the history of an application is kept, and who sees to it."""
    hub, backend = app.task_hub, catalogue.backends()[app.task_hub.backend]
    return Retention(
        backend,
        hub.history_days,
        dict(hub.history_days_by_state),
        "scheduler" if backend.purges_by_itself else hub.purged_by,
        hub.database.longest_backup_days if hub.database else 0,
        hub.database.long_term_backups.longest_days if hub.database and hub.database.long_term_backups else 0,
    )
