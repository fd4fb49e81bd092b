"""A database of a task hub of production is spread over zones."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.databases import DATABASE
from policies.reading import UNKNOWN_WORDS, at
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject

ZONELESS = ("Basic", "Standard")


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Basic and Standard never are."""
    path = (*subject.whose.path, "task_hub", "database") if subject.whose.app else None
    tier, zonal = at(subject.resource.inputs, "sku.tier"), at(subject.resource.inputs, "zoneRedundant")
    if zonal is UNKNOWN:
        yield Violation(f"zoneRedundant {UNKNOWN_WORDS}, expected true", path=path)
    elif zonal is not True:
        why = f", and one of {tier} never is" if tier in ZONELESS else ""
        yield Violation(f"the database is not spread over zones{why}", path=path)


RULE = Rule(
    slug="database-zonal",
    ref="HK137",
    level={"production": Level.WARNING},
    scope=Scope.RESOURCE,
    types=(DATABASE,),
    what="In production a database that is a task hub is spread over zones.",
    why="A zone that fails takes the hub and every running orchestration with it, however the plan is spread.",
    fix="Set `database: {sku: GP_Gen5_2, zone_redundant: true}`, or accept it by a waiver that says for how long work may wait.",
    source="Availability through redundancy, Azure SQL Database, learn.microsoft.com, 2025-10-21",
    check=check,
)
