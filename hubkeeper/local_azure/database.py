"""The state of the local Azure: one SQLite file for all environments, so that global names are global.

Several processes may use the file at once: write-ahead log, every write in an immediate transaction, and SQLite's own
locks, which die with their process. No secret and no value of an application setting is ever written here.
"""

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LAYOUT = 1
BUSY_SECONDS = 15.0
_DAY_SECONDS = 86_400.0
_JOURNAL_DAYS = 30

_TABLES = """
create table if not exists layout(version integer not null);
create table if not exists resources(
    key text primary key, id text not null, type text not null, urn text not null,
    subscription text not null, inputs text not null, outputs text not null);
create table if not exists names(scope text not null, name text not null, key text not null, primary key(scope, name));
create table if not exists deleted_vaults(
    name text primary key, id text not null, location text not null, subscription text not null,
    purge_protected integer not null, deleted_at real not null, retention_days integer not null,
    inputs text not null, outputs text not null);
create table if not exists journal(
    n integer primary key autoincrement, at real not null, method text not null, urn text not null);
"""


class DatabaseUnusable(Exception):
    """The file is not a database of this version, or stays locked; one line that says what to do."""


@dataclass(frozen=True)
class Stored:
    """A resource that exists. Values that were secret are gone: the marker stands in their place."""

    id: str
    type: str
    urn: str
    subscription: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]


@dataclass(frozen=True)
class DeletedVault:
    """A vault in the soft-deleted state: its name stays taken until the retention is over or it is purged."""

    name: str
    id: str
    location: str
    subscription: str
    purge_protected: bool
    retention_days: int
    inputs: dict[str, Any]
    outputs: dict[str, Any]


class Transaction:
    """Reads and writes that become visible together, or not at all. As in ARM, case does not count in ids."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def get(self, resource_id: str) -> Stored | None:
        """The resource with this id."""
        return next(self._resources("key = ?", resource_id.lower()), None)

    def below(self, resource_id: str) -> list[Stored]:
        """Everything whose id lies below this one: children, and role assignments with this scope."""
        prefix = resource_id.lower() + "/"
        return list(self._resources("substr(key, 1, ?) = ?", len(prefix), prefix))

    def of_type(self, token: str) -> list[Stored]:
        """All resources of a type, whatever the subscription."""
        return list(self._resources("type = ?", token))

    def all(self) -> list[Stored]:
        """Everything there is."""
        return list(self._resources("1 = 1"))

    def put(self, resource: Stored, names: list[tuple[str, str]]) -> None:
        """Writes a resource and the global names it holds."""
        row = (resource.id.lower(), resource.id, resource.type, resource.urn, resource.subscription)
        values = (json.dumps(resource.inputs, sort_keys=True), json.dumps(resource.outputs, sort_keys=True))
        self._db.execute("insert or replace into resources values(?,?,?,?,?,?,?)", row + values)
        self._db.execute("delete from names where key = ?", (resource.id.lower(),))
        for scope, name in names:
            self._db.execute("insert into names values(?,?,?)", (scope, name.lower(), resource.id.lower()))

    def change(self, resource: Stored) -> None:
        """Writes the inputs of a resource that is there; it keeps the global names it holds."""
        values = (json.dumps(resource.inputs, sort_keys=True), resource.id.lower())
        self._db.execute("update resources set inputs = ? where key = ?", values)

    def remove(self, resource_id: str) -> None:
        """Removes a resource, what lies below it, and the names they held."""
        for key in [resource_id.lower(), *(child.id.lower() for child in self.below(resource_id))]:
            self._db.execute("delete from resources where key = ?", (key,))
            self._db.execute("delete from names where key = ?", (key,))

    def holder_of(self, scope: str, name: str) -> Stored | None:
        """The resource that holds a global name."""
        row = self._db.execute("select key from names where scope = ? and name = ?", (scope, name.lower())).fetchone()
        return self.get(row["key"]) if row else None

    def deleted_vaults(self) -> list[DeletedVault]:
        """The soft-deleted vaults whose retention is not over."""
        now = time.time()
        self._db.execute("delete from deleted_vaults where deleted_at + retention_days * ? < ?", (_DAY_SECONDS, now))
        rows = self._db.execute("select * from deleted_vaults order by name").fetchall()
        return [_deleted_vault(row) for row in rows]

    def deleted_vault(self, name: str) -> DeletedVault | None:
        """The soft-deleted vault of this name, in any subscription."""
        return next((vault for vault in self.deleted_vaults() if vault.name == name.lower()), None)

    def bury(self, vault: DeletedVault) -> None:
        """Notes a vault as soft-deleted from now on."""
        row = (
            vault.name.lower(),
            vault.id,
            vault.location,
            vault.subscription,
            int(vault.purge_protected),
            time.time(),
        )
        values = (
            vault.retention_days,
            json.dumps(vault.inputs, sort_keys=True),
            json.dumps(vault.outputs, sort_keys=True),
        )
        self._db.execute("insert or replace into deleted_vaults values(?,?,?,?,?,?,?,?,?)", row + values)

    def unbury(self, name: str) -> None:
        """Forgets a soft-deleted vault: it was recovered or purged."""
        self._db.execute("delete from deleted_vaults where name = ?", (name.lower(),))

    def _resources(self, where: str, *values: object) -> Iterator[Stored]:
        for row in self._db.execute(f"select * from resources where {where} order by key", values).fetchall():
            inputs, outputs = json.loads(row["inputs"]), json.loads(row["outputs"])
            yield Stored(row["id"], row["type"], row["urn"], row["subscription"], inputs, outputs)


class Database:
    """The file. Opening it makes it; one connection per thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        # The threads of one process queue up here; SQLite would let them sleep and try again.
        self._turn = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        with self.write() as transaction:
            self._prepare(transaction)

    @contextmanager
    def write(self, still_wanted: Callable[[], bool] = lambda: True) -> Generator[Transaction, None, None]:
        """A transaction; rolled back when an exception leaves the block or nobody waits for the result any more."""
        connection = self._connection()
        with self._turn:
            try:
                connection.execute("begin immediate")
            except sqlite3.DatabaseError as error:
                raise DatabaseUnusable(f"{self.path}: the local Azure's database cannot be used ({error})") from None
            try:
                yield Transaction(connection)
                if not still_wanted():
                    raise CallerGone
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    def note(self, method: str, urn: str) -> None:
        """Appends a line to the journal: what was called, for which resource, when; never a value."""
        with self._turn:
            self._connection().execute("insert into journal(at, method, urn) values(?,?,?)", (time.time(), method, urn))

    def journal(self) -> list[tuple[str, str]]:
        """(method, urn) of every call so far, oldest first."""
        rows = self._connection().execute("select method, urn from journal order by n").fetchall()
        return [(row["method"], row["urn"]) for row in rows]

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
            connection.row_factory = sqlite3.Row
            try:
                connection.execute("pragma journal_mode=wal")
                connection.execute("pragma synchronous=normal")
            except sqlite3.DatabaseError as error:
                connection.close()
                raise DatabaseUnusable(f"{self.path}: not a database of the local Azure ({error})") from None
            self._local.connection = connection
        return connection

    def _prepare(self, transaction: Transaction) -> None:
        connection = transaction._db
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(statement)
        oldest = time.time() - _JOURNAL_DAYS * _DAY_SECONDS
        connection.execute("delete from journal where at < ?", (oldest,))
        row = connection.execute("select version from layout").fetchone()
        if row is None:
            connection.execute("insert into layout values(?)", (LAYOUT,))
        elif row["version"] != LAYOUT:
            raise DatabaseUnusable(
                f"{self.path}: written by another version of the local Azure (layout {row['version']}, expected "
                f"{LAYOUT}); delete the file to start with an empty Azure"
            )


class CallerGone(Exception):
    """The engine went away while an operation was under way; nothing was written."""


def _deleted_vault(row: sqlite3.Row) -> DeletedVault:
    return DeletedVault(
        name=row["name"],
        id=row["id"],
        location=row["location"],
        subscription=row["subscription"],
        purge_protected=bool(row["purge_protected"]),
        retention_days=row["retention_days"],
        inputs=json.loads(row["inputs"]),
        outputs=json.loads(row["outputs"]),
    )
