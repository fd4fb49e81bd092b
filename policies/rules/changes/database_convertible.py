"""A database is asked for nothing that Azure changes of no database that is there."""

from collections.abc import Iterator

from environments import Path
from environments.database_changes import unchangeable
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject

_SAID: dict[str, Path] = {
    "tier": ("task_hub", "database", "sku"),
    "zones": ("task_hub", "database", "zone_redundant"),
    "backups": ("store", "redundancy"),
}


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Databases that leave Hyperscale, come to it from Basic, or are changed there as none is."""
    for app, was, now in subject.apps():
        for one in unchangeable(was.database, now.database):
            yield Violation(one.says, subject.at(app, None, _SAID[one.of]))


RULE = Rule(
    slug="database-convertible",
    ref="HK823",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change asks of the database of a task hub only what Azure changes in place.",
    why=(
        "Hyperscale is the one choice of a SKU that is not taken back: Azure refuses another tier, other zones and other "
        "copies half-way through `up`. What remains is a new database, which is a new, empty hub."
    ),
    fix=(
        "Keep `database: {sku: HS_…, zone_redundant: …}` and `store: {redundancy: …}`. From Basic go to another SKU first. To "
        "leave Hyperscale, describe the application a second time under another name, with hubs of its own, send new work there "
        "and drain the old one. One that was converted less than 45 days ago goes back to a GP SKU of two virtual cores or more: "
        "waive this finding for that day."
    ),
    source=(
        "Reverse migrate from Hyperscale, 2024-02-22; Convert an existing database to Hyperscale, 2026-06-15; Availability "
        "through redundancy, 2025-10-21; Automated backups for Hyperscale databases, 2022-07-20 (MicrosoftDocs/sql-docs)"
    ),
    check=check,
)
