"""What is asked of a database that is a task hub, by `sqlcmd` (go-sqlcmd) as whoever is logged in to `az`.

Flags: microsoft/go-sqlcmd a9e3ab5 (2026-07-21), cmd/sqlcmd/sqlcmd.go; it lists ActiveDirectoryAzCli since v1.4.0 (2023-09-18).
Layout of the tables: microsoft/durabletask-mssql, schema-1.0.0.sql and logic.sql, 2026-08-06. The view dt.vInstances shows whoever
asks the hub that is called as they are: an administrator is dbo and sees nothing there. So these ask the tables, which name the
hub in each row, and never the one with payloads (dt.Payloads).
"""

from datetime import timedelta

from environments import TaskHub, in_words
from hubkeeper.runbook.commands import Bash
from hubkeeper.runbook.instance_commands import Act
from hubkeeper.runbook.quoting import one_line, shell, shell_lines
from hubkeeper.runbook.sql_commands import address

#: Entities live in the same table under ids that begin with @, and say Running for ever.
NO_ENTITIES = "InstanceID NOT LIKE '@%'"
OPEN = "RuntimeStatus NOT IN ('Completed', 'Failed', 'Terminated')"
_DAY = "${PURGE_DAY:?set PURGE_DAY first}"
#: Why a database gives no answer.
NOT_THERE = (
    "Login failed: your account is not among the administrators of the server, and has no user in the database.",
    "Cannot open server, with your address in the answer: the firewall does not know it. Work from where it does.",
)


def text_of(value: str) -> str:
    """A string of Transact-SQL."""
    return "N'" + one_line(value).replace("'", "''") + "'"


def ask(hub: TaskHub, statement: str) -> str:
    """Bash that asks the hub's database. The statement is one word of bash already."""
    where = f"sqlcmd -S {shell(address(hub))} -d {shell(hub.name)} --authentication-method ActiveDirectoryAzCli"
    return f"{where} -b -W -Q \\\n{statement}"


def open_instances(hub: TaskHub) -> Act:
    """How many instances are not finished, by status, and of which hub."""
    asked = f"SELECT TaskHub, RuntimeStatus, COUNT(*) AS Instances FROM dt.Instances WHERE {NO_ENTITIES} AND {OPEN}"
    return Act(
        f"Unfinished instances in {hub.name}",
        ask(hub, shell_lines(f"{asked}\nGROUP BY TaskHub, RuntimeStatus")),
        f"How many instances in the database {hub.name} are not finished, and on which hub?",
        "one TaskHub, called as the identity; Pending near 0 and falling; Running as many as business is open",
        (
            "a second TaskHub, like dbo: somebody ran a host as another login, and its instances wait for that login.",
            "Pending grows and Running does not: nobody takes work. See No progress.",
            *NOT_THERE,
        ),
    )


def stuck_instances(hub: TaskHub, orchestration: str, stuck_after: timedelta) -> Act:
    """Instances of one orchestration that are older than it may get."""
    age, minutes = in_words(stuck_after), int(stuck_after.total_seconds()) // 60
    asked = (
        "SELECT TOP 200 InstanceID, RuntimeStatus, Version, CreatedTime, LastUpdatedTime, LockedBy FROM dt.Instances\n"
        f"WHERE {OPEN} AND Name = {text_of(orchestration)}\n"
        f"AND CreatedTime < DATEADD(minute, -{minutes}, SYSUTCDATETIME()) ORDER BY CreatedTime"
    )
    return Act(
        f"{orchestration} older than {age}",
        ask(hub, shell_lines(asked)),
        f"Which instances of {orchestration} in {hub.name} are older than {age}?",
        "no rows",
        (
            "LastUpdatedTime recent: it is slow or it loops, not stuck.",
            "LastUpdatedTime old and Running: it waits for an event, a timer or an activity.",
            "Pending and old: no worker took it. See No progress.",
        ),
    )


def backlog(hub: TaskHub) -> Act:
    """What waits for a worker: the database's own queues."""
    asked = "\nUNION ALL ".join(
        f"SELECT '{table}' AS Waits, COUNT(*) AS Messages, MIN([Timestamp]) AS Oldest, MAX(DequeueCount) AS TimesTaken "
        f"FROM dt.{table} WHERE VisibleTime IS NULL OR VisibleTime < SYSUTCDATETIME()"
        for table in ("NewEvents", "NewTasks")
    )
    return Act(
        f"What waits in {hub.name}",
        ask(hub, shell_lines(asked)),
        "Does work lie in the database that nobody takes? NewEvents are for orchestrators, NewTasks are activities.",
        "Oldest of the last minute, or NULL; TimesTaken of one or two",
        (
            "NewTasks old: activities wait for workers. Look at the instances of the plan, and at its scale monitoring.",
            "TimesTaken above 5: a message that makes its worker fail again and again. Look at Explain failures and retries.",
        ),
    )


def dry_run(hub: TaskHub) -> Act:
    """What a purge of one day would take and what it would leave."""
    asked = (
        f"SELECT TaskHub, RuntimeStatus, COUNT(*) AS Instances FROM dt.Instances WHERE {NO_ENTITIES} "
        f"AND CreatedTime >= '{_DAY}' AND CreatedTime < DATEADD(day, 1, CAST('{_DAY}' AS datetime2)) "
        "GROUP BY TaskHub, RuntimeStatus"
    )
    day = f'[[ "{_DAY}" =~ ^20[0-9]{{2}}-[01][0-9]-[0-3][0-9]$ ]] &&'
    return Act(
        f"What lies in {hub.name}",
        f"{day}\n{ask(hub, Bash(chr(34) + asked + chr(34)))}",
        "How many instances of that day would the purge take (Completed, Failed, Terminated), and how many stay?",
        "only the three final statuses. Write their numbers down",
        (
            "Running or Suspended: older than it may get. Do not purge; find out why it still runs.",
            "More than 1000: a purge may stop there. Purge the day again until the answer is 404.",
        ),
    )
