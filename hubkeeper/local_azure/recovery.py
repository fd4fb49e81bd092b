"""What an interrupted run or a destroyed environment left behind. Needs neither Pulumi nor gRPC."""

from collections.abc import Iterable
from pathlib import Path

from .database import Database


def orphans(database: Path, stack_urn_prefix: str, known_ids: Iterable[str]) -> list[dict[str, str]]:
    """Resources of a stack that exist but that the engine's state does not know: [{"urn": …, "id": …}], for `--adopt`.

    `stack_urn_prefix` is "urn:pulumi:<stack>::<project>::"; `known_ids` are the ids in the engine's state.
    """
    known = {known_id.lower() for known_id in known_ids}
    if not database.exists():
        return []
    with Database(database).write() as transaction:
        found = transaction.all()
    return [
        {"urn": item.urn, "id": item.id}
        for item in found
        if item.urn.startswith(stack_urn_prefix) and item.id.lower() not in known
    ]


def soft_deleted_vaults(database: Path) -> list[str]:
    """Names of the soft-deleted vaults; creating one of these needs `createMode: recover`, or a purge before."""
    if not database.exists():
        return []
    with Database(database).write() as transaction:
        return [vault.name for vault in transaction.deleted_vaults()]
