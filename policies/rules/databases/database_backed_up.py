"""A database of production can be taken back to any moment of the last days."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.databases import DATABASE, backups_of
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import whose
from policies.rule import Level, Parameter, Rule, Scope, Violation
from policies.subjects import PlanSubject


def check(subject: PlanSubject, least_days: int = 7) -> Iterator[Violation]:
    """One violation for each database whose policy is not said, or says too little."""
    for database in subject.plan.of_type(DATABASE):
        if wrong := _wrong([at(one.inputs, "retentionDays") for one in backups_of(subject.plan, database)], least_days):
            who = whose(subject.plan, database, subject.described)
            path = (*who.path, "task_hub", "database") if who.app else None
            message = f"database {at(database.inputs, 'databaseName')}: {wrong}, expected {least_days} days or more"
            yield Violation(message, who, database.urn, path)


def _wrong(days: list[object], least: int) -> str | None:
    if not days:
        return "nothing says how far it can be taken back"
    if UNKNOWN in days:
        return f"how far it can be taken back {UNKNOWN_WORDS}"
    return None if isinstance(days[0], int) and days[0] >= least else f"it can be taken back {days[0]} days"


RULE = Rule(
    slug="database-backed-up",
    ref="HK136",
    level={"production": Level.WARNING},
    scope=Scope.PLAN,
    what="In production every database of a task hub can be taken back to any moment of the last seven days.",
    why=(
        "This is the one backend whose hub comes back: a purge that took too much, or a deleted database, is undone from a "
        "backup. It is noticed on the Monday after, so a day is not enough."
    ),
    fix="Set `database: {backup_days: 7}` or more; what was purged stays in the backups for as long.",
    source="Automated backups in Azure SQL Database, learn.microsoft.com, 2022-07-20",
    check=check,
    parameters=(Parameter("least_days", 7, "Days that a database can be taken back, at least", maximum=35),),
)
