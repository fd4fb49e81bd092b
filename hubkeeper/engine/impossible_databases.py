"""Changes of a database that Azure is certain to refuse, read from the steps of a preview."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from environments.database_changes import unchangeable
from hubkeeper.engine.guard import Step, plain_type, text_at

_DATABASE = "azure-native:sql:Database"


def impossible_databases(steps: Sequence[Step]) -> Iterator[str]:
    """A line for each; a database that goes back from Hyperscale is left to Azure, which alone knows since when it is there."""
    for step in steps:
        if plain_type(step.type) == _DATABASE and step.op == "update":
            for one in unchangeable(_facts(step.inputs), _facts(step.wanted)):
                if one.certain:
                    yield f"database {step.name}: {one.says}. See `hubkeeper explain database-convertible`"


def _facts(inputs: Mapping[str, Any] | None) -> dict[str, str]:
    known = inputs or {}
    read = {
        "tier": text_at(known, "sku.tier") or None,
        "zones": known.get("zoneRedundant", False),
        "backups": known.get("requestedBackupStorageRedundancy"),
    }
    return {
        key: str(value).lower() if isinstance(value, bool) else value
        for key, value in read.items()
        if isinstance(value, str | bool)
    }
