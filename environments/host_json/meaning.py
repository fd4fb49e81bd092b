"""Whether a host.json does what the description says: hub, backend, bundle, tracing. One small function each."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from environments import catalogue
from environments.host_json import facts
from environments.host_json.contract import Contract, numbers
from environments.host_json.reading import at, holds, place_in
from environments.host_json.shape import Mistake
from environments.hubs import HUB_SETTING
from environments.matching import shown

_DURABLE = "extensions.durableTask"
_PROVIDER = facts.STORAGE_PROVIDER
_STORE = ("azurewebjobsstorage", "storage")
#: Of the tables of a hub on MSSQL: SqlOrchestrationServiceSettings.
_SCHEMA = "dt"
_RANGE = re.compile(r"[\[(]\s*(?P<low>[0-9]+(?:\.(?:[0-9]+|\*))*)\s*(?:,\s*(?:[0-9.*]+)?\s*)?[\])]")

Document = Mapping[str, Any]


def mistakes(document: Document, contract: Contract) -> Iterator[Mistake]:
    """Everything that is well-formed and still not what the application needs."""
    for look in (_version, _hub, _backend, _partitions, _connection, _database, _counts, _bundle, _tracing, _queues):
        yield from look(document, contract)


def _version(document: Document, contract: Contract) -> Iterator[Mistake]:
    if not at(document, "version").is_there:
        yield ("version",), "missing", '"2.0"'


def _hub(document: Document, contract: Contract) -> Iterator[Mistake]:
    found = at(document, f"{_DURABLE}.hubName")
    wanted = f"%{HUB_SETTING}%"
    if not found.is_there:
        if not holds(document, "hubName"):  # a misplaced one is told as such
            yield place_in(found, f"{_DURABLE}.hubName"), "missing, so the hub is named after the site", f'"{wanted}"'
    elif isinstance(found.value, str) and found.value.lower() != wanted.lower():
        is_setting = found.value.startswith("%")
        why = "a setting that is not there" if is_setting else "one hub for every environment and slot"
        yield found.path, f"{shown(found.value)} is {why}", f'"{wanted}"'


def _backend(document: Document, contract: Contract) -> Iterator[Mistake]:
    provider = contract.provider
    found = at(document, f"{_PROVIDER}.type")
    words = [word.lower() for word in (provider.type, *provider.others)]
    if not found.is_there and provider.slug != "azure-storage":
        wrong = f"missing, so the hub is in Azure Storage, while the description says {provider.slug}"
        yield place_in(found, f"{_PROVIDER}.type"), wrong, f'"{provider.type}"'
    elif isinstance(found.value, str) and found.value.lower() not in words:
        yield found.path, f"{shown(found.value)}, while the description says {provider.slug}", f'"{provider.type}"'


def _partitions(document: Document, contract: Contract) -> Iterator[Mistake]:
    if contract.partition_count is None:
        return
    place = f"{_PROVIDER}.partitionCount"
    found = at(document, place)
    count = found.value if found.is_there else facts.DEFAULT_PARTITIONS
    if isinstance(count, int) and count != contract.partition_count:
        told = f"{count}" if found.is_there else f"missing and so {count}"
        wrong = f"{told}, while the description says {contract.partition_count}: another count is another hub"
        yield place_in(found, place), wrong, str(contract.partition_count)


def _connection(document: Document, contract: Contract) -> Iterator[Mistake]:
    connection = contract.provider.connection
    if connection:
        place = f"{_PROVIDER}.{connection.key}"
        found = at(document, place)
        if found.value != connection.setting:
            wrong = "not the setting that is registered" if found.is_there else "missing"
            yield place_in(found, place), wrong, f'"{connection.setting}"'
        return
    for key in ("connectionName", "connectionStringName"):
        found = at(document, f"{_PROVIDER}.{key}")
        if isinstance(found.value, str) and found.value.lower() not in _STORE:
            wrong = "the hub would be in another store than the one described"
            if key == "connectionName" and contract.scaled_by_platform:
                wrong += ", and the scale controller reads connectionStringName only"
            yield found.path, wrong, "it not to be there"
    yield from _tracking_store(document)


def _tracking_store(document: Document) -> Iterator[Mistake]:
    """Tables of history that are named after a prefix ("DurableTask" when not said), no more after the hub.

    AzureStorageOptions.TrackingStoreConnectionName and TrackingStoreNamePrefix, learn.microsoft.com, read 2026-11-23.
    """
    for key in ("trackingStoreConnectionName", "trackingStoreConnectionStringName"):
        found = at(document, f"{_PROVIDER}.{key}")
        if isinstance(found.value, str):
            elsewhere = found.value.lower() not in _STORE
            wrong = (
                "history would be in another store than the one described"
                if elsewhere
                else "history of all slots would be in the same tables, named after trackingStoreNamePrefix and not after the hub"
            )
            yield found.path, wrong, "it not to be there"


def _database(document: Document, contract: Contract) -> Iterator[Mistake]:
    """Keys that lead away from the database that is described, its rights and the statements of the runbook.

    microsoft/durabletask-mssql e7d35db (2026-08-06): SqlDbManager (before anything else it asks `master` for the database),
    multitenancy.md (a schema has a role of its own), SqlDurabilityProviderFactory and taskhubs.md (the hub is the user's).
    """
    if contract.backend != "mssql":
        return
    made = at(document, f"{_PROVIDER}.createDatabaseIfNotExists")
    if made.value is True:
        wrong = "the database is described, and the identity is a user in it alone: the host would not start, asking `master`"
        yield made.path, wrong, "false, or it not to be there"
    schema = at(document, f"{_PROVIDER}.schemaName")
    if isinstance(schema.value, str) and schema.value != _SCHEMA:
        wrong = f"{shown(schema.value)}, while rights and the statements of the runbook are for the schema {_SCHEMA}"
        yield schema.path, wrong, f'it not to be there, or "{_SCHEMA}"'
    named = at(document, f"{_PROVIDER}.taskHubName")
    if named.is_there:
        yield named.path, "the hub is called as the identity, and this name is nobody's", "it not to be there"


def _counts(document: Document, contract: Contract) -> Iterator[Mistake]:
    """What the description says of concurrency, where it does."""
    for key, wanted in (
        ("maxConcurrentActivityFunctions", contract.activities),
        ("maxConcurrentOrchestratorFunctions", contract.orchestrators),
    ):
        found = at(document, f"{_DURABLE}.{key}")
        if wanted is not None and found.value != wanted and not (found.is_there and not isinstance(found.value, int)):
            told = str(found.value) if found.is_there else "missing"
            yield place_in(found, f"{_DURABLE}.{key}"), f"{told}, while the description says {wanted}", str(wanted)


def _bundle(document: Document, contract: Contract) -> Iterator[Mistake]:
    bundle = catalogue.host_json()["bundle"]
    whole, name, found = (at(document, f"extensionBundle{part}") for part in ("", ".id", ".version"))
    if not contract.uses_bundle:
        return
    wanted = f'"{bundle["range"]}"'
    if not whole.is_there:
        wrong = f"missing, and {contract.language} has its extensions from a bundle"
        yield ("extensionBundle",), wrong, f'{{"id": "{bundle["id"]}", "version": {wanted}}}'
        return
    if not isinstance(whole.value, dict):
        return
    if str(name.value).lower() != str(bundle["id"]).lower() and (isinstance(name.value, str) or not name.is_there):
        wrong = f"{shown(name.value)} is another bundle" if name.is_there else "missing"
        yield place_in(name, "extensionBundle.id"), wrong, bundle["id"]
    if not found.is_there:
        yield place_in(found, "extensionBundle.version"), "missing", wanted
    elif isinstance(found.value, str):
        fits = _RANGE.fullmatch(found.value)
        if fits is None:
            yield found.path, f"{shown(found.value)} is no range of versions", wanted
        elif contract.default_version and numbers(fits["low"].replace("*", "0")) < numbers(bundle["floor"]):
            wrong = f"{shown(found.value)} lets bundles in that do not know orchestration versioning"
            yield found.path, wrong, f"{wanted} or newer"


def _tracing(document: Document, contract: Contract) -> Iterator[Mistake]:
    payload = at(document, f"{_DURABLE}.tracing.traceInputsAndOutputs")
    if payload.value is True:
        yield payload.path, "inputs and outputs of orchestrations would stand in the logs", "false"
    version = at(document, f"{_DURABLE}.tracing.version")
    on = at(document, f"{_DURABLE}.tracing.distributedTracingEnabled")
    if on.value is True and isinstance(version.value, str) and version.value.lower() == "none":
        yield version.path, "None turns distributed tracing off, while distributedTracingEnabled turns it on", '"V2"'
    sessions = at(document, f"{_DURABLE}.extendedSessionsEnabled")
    if sessions.value is True:
        yield sessions.path, f"the extension has no extended sessions for {contract.language}", "it not to be there"


def _queues(document: Document, contract: Contract) -> Iterator[Mistake]:
    legacy = at(document, f"{_PROVIDER}.useLegacyPartitionManagement")
    table = at(document, f"{_PROVIDER}.useTablePartitionManagement")
    if legacy.value is True and table.value is True:
        yield (
            legacy.path,
            "two ways to share partitions out, of which the extension takes one or does not start",
            "false",
        )
    batch = at(document, f"{_PROVIDER}.controlQueueBatchSize")
    threshold = at(document, f"{_PROVIDER}.controlQueueBufferThreshold")
    if isinstance(batch.value, int) and isinstance(threshold.value, int) and batch.value > threshold.value:
        wrong = f"{batch.value} is more than controlQueueBufferThreshold, which is {threshold.value}"
        yield batch.path, wrong, f"at most {threshold.value}"
