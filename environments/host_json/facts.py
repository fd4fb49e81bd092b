"""What is known of host.json: its keys, where misplaced ones belong, and what each backend wants. Data of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from environments import catalogue

Kind = Literal["whole", "number", "flag", "text", "duration", "texts", "object", "any"]


@dataclass(frozen=True)
class Key:
    """One key: where it stands, its name as documents write it, and what may stand there. Durations count in seconds."""

    path: str
    kind: Kind
    open: bool = False
    within: tuple[float | None, float | None] = (None, None)
    one_of: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True)
class Connection:
    """The key that names the setting with the backend's connection, and that setting."""

    key: str
    setting: str


@dataclass(frozen=True)
class Backend:
    """A backend as `storageProvider` describes it. `written` goes into the file as it stands."""

    slug: str
    type: str
    log: tuple[str, ...]
    keys: Mapping[str, Key]
    others: tuple[str, ...] = ()
    connection: Connection | None = None
    written: Mapping[str, Any] = field(default_factory=dict)


STORAGE_PROVIDER = "extensions.durableTask.storageProvider"

#: Partitions where host.json says nothing: durable extension, AzureStorageOptions.PartitionCount.
DEFAULT_PARTITIONS = 4


@cache
def keys() -> dict[str, Key]:
    """Every key but those of a backend, by its path in lower case."""
    return {path.lower(): _key(path, about) for path, about in catalogue.host_json()["keys"].items()}


@cache
def backends() -> dict[str, Backend]:
    """Backends by their slug in the description."""
    return {
        slug: Backend(
            slug=slug,
            type=about["type"],
            log=tuple(about["log"]),
            keys={
                f"{STORAGE_PROVIDER}.{name}".lower(): _key(f"{STORAGE_PROVIDER}.{name}", key)
                for name, key in about["keys"].items()
            },
            others=tuple(about.get("others", ())),
            connection=Connection(**about["connection"]) if "connection" in about else None,
            written=about.get("with", {}),
        )
        for slug, about in catalogue.host_json()["backends"].items()
    }


@cache
def moved() -> dict[str, str]:
    """Where a key belongs that is often put elsewhere, by its name in lower case."""
    return {name.lower(): path for name, path in catalogue.host_json()["moved"].items()}


def _key(path: str, about: Mapping[str, Any]) -> Key:
    low, high = about.get("within", (None, None))
    return Key(path, about["is"], about.get("open", False), (low, high), tuple(about.get("one_of", ())))
