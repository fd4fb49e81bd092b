"""A database of a task hub of production is spread over zones."""

from collections.abc import Iterator

from plan import UNKNOWN, Resource
from policies.databases import DATABASE
from policies.reading import MAKE_LITERAL, UNKNOWN_WORDS, at
from policies.registered import whose
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

ZONELESS = ("Basic", "Standard")
_WAIVE = "or accept it by a waiver that says for how long work may wait."


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for the databases of an application, which are described once. Basic and Standard never are."""
    said: set[tuple[str | None, str]] = set()
    for database in subject.plan.of_type(DATABASE):
        who = whose(subject.plan, database, subject.described)
        path = ("apps", who.app, "task_hub", "database") if who.app else None
        message, fix = _judged(database)
        if message and (who.app, message) not in said:
            said.add((who.app, message))
            yield Violation(message, who, database.urn, path, fix=fix)


def _judged(database: Resource) -> tuple[str, str]:
    """What is wrong and what would be right; empty where nothing is."""
    tier, zonal = at(database.inputs, "sku.tier"), at(database.inputs, "zoneRedundant")
    if zonal is UNKNOWN:
        return f"zoneRedundant {UNKNOWN_WORDS}, expected true", MAKE_LITERAL
    if zonal is True:
        return "", ""
    wrong = "the database is not spread over zones"
    if tier in ZONELESS:
        return (
            f"{wrong}, and one of {tier} never is",
            f"Set `database: {{sku: GP_Gen5_2, zone_redundant: true}}`, {_WAIVE}",
        )
    later = ", which a database of Hyperscale takes only when it is made" if tier == "Hyperscale" else ""
    return wrong, f"Set `database: {{zone_redundant: true}}`{later}, {_WAIVE}"


RULE = Rule(
    slug="database-zonal",
    ref="HK137",
    level={"production": Level.WARNING},
    scope=Scope.PLAN,
    what="In production a database that is a task hub is spread over zones.",
    why="A zone that fails takes the hub and every running orchestration with it, however the plan is spread.",
    fix=(
        "Set `database: {zone_redundant: true}`, on Basic and Standard with another SKU, like GP_Gen5_2, or accept it by a waiver "
        "that says for how long work may wait."
    ),
    source="Availability through redundancy, Azure SQL Database, learn.microsoft.com, 2025-10-21",
    check=check,
)
