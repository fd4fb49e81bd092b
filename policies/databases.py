"""Databases as they are registered: those of a server, its firewall, and how far each can be taken back."""

from __future__ import annotations

from typing import Final

from plan import UNKNOWN, Plan, Resource
from policies.reading import at
from policies.registered import SQL_SERVER

DATABASE: Final = "azure-native:sql:Database"
FIREWALL_RULE: Final = "azure-native:sql:FirewallRule"
BACKUPS: Final = "azure-native:sql:BackupShortTermRetentionPolicy"

__all__ = ["BACKUPS", "DATABASE", "FIREWALL_RULE", "SQL_SERVER", "backups_of", "databases_in"]


def databases_in(plan: Plan, server: Resource) -> list[Resource]:
    """The databases that a plan makes in a server; one whose server is unknown could be in it."""
    return [one for one in plan.of_type(DATABASE) if _same(one, server, "serverName")]


def backups_of(plan: Plan, database: Resource) -> list[Resource]:
    """The policies that say how far a database can be taken back."""
    return [
        one
        for one in plan.of_type(BACKUPS)
        if _same(one, database, "serverName") and _same(one, database, "databaseName")
    ]


def _same(one: Resource, other: Resource, key: str) -> bool:
    first, second = at(one.inputs, key), at(other.inputs, key)
    return UNKNOWN in (first, second) or str(first).lower() == str(second).lower()
