"""What a host.json may say, and what yet is better said otherwise: nothing of it stops a change. One small function each."""

from collections.abc import Iterator, Mapping
from typing import Any

from environments import catalogue
from environments.host_json import facts
from environments.host_json.contract import Contract, numbers
from environments.host_json.reading import at
from environments.host_json.shape import Mistake, seconds
from environments.host_json.versions import highest
from environments.matching import shown

_DURABLE = "extensions.durableTask"

Document = Mapping[str, Any]


def cautions(document: Document, contract: Contract) -> Iterator[Mistake]:
    """Everything that works, and not as well as it could."""
    for look in (_polling, _provider, _failing, _spans):
        yield from look(document, contract)


def _polling(document: Document, contract: Contract) -> Iterator[Mistake]:
    """Where it is missing, the extension itself asks every second on Flex Consumption (AzureStorageOptions, #2953, 2024-11).

    "Azure Storage provider for Durable Functions", learn.microsoft.com, 2026-05-20.
    """
    found = at(document, f"{facts.STORAGE_PROVIDER}.maxQueuePollingInterval")
    soon: float = catalogue.host_json()["polling"]["flex_seconds"]
    length = seconds(found.value) if isinstance(found.value, str) else None
    if contract.polls_soon and contract.backend == "azure-storage" and length is not None and length > soon:
        wrong = f"{found.value} on Flex Consumption, where what waits in an idle hub is looked at that late"
        yield found.path, wrong, f'"00:00:{soon:02}" or less'


def _provider(document: Document, contract: Contract) -> Iterator[Mistake]:
    """Documents and samples disagree on the word; a word that no installed provider has stops the host.

    Azure-Samples/Durable-Task-Scheduler c17a179 (2026-06-24) against microsoft/azure-skills 1a03acf (2026-08-21); durable
    extension a7c6d69, DurableTaskExtension.GetDurabilityProviderFactory.
    """
    found = at(document, f"{facts.STORAGE_PROVIDER}.type")
    if isinstance(found.value, str) and found.value.lower() in [one.lower() for one in contract.provider.others]:
        wrong = f"{shown(found.value)} is a word that only some documents have, and an unknown one stops the host"
        yield found.path, wrong, f'"{contract.provider.type}"'


def _failing(document: Document, contract: Contract) -> Iterator[Mistake]:
    """Where hubs go with their code; elsewhere it is a mistake ("Orchestration versioning", 2026-05-01)."""
    found = at(document, f"{_DURABLE}.versionFailureStrategy")
    if contract.default_version and contract.hubs_travel and str(found.value).lower() == "fail":
        yield found.path, "Fail ends an instance for good that meets the wrong version, Reject leaves it be", '"Reject"'


def _spans(document: Document, contract: Contract) -> Iterator[Mistake]:
    """Application Insights takes identities only here, as which older extensions send no spans of V2.

    Durable extension issue #3497 (2026-07-28, extension 3.14.0) and pull request #3512 (2026-08); bundle 4.38.0 of 2026-07-21 is
    older. In which bundle the mended one is first was not found out, so a range that is open above is not warned of.
    """
    version, on = (at(document, f"{_DURABLE}.tracing.{key}") for key in ("version", "distributedTracingEnabled"))
    if not (contract.uses_bundle and on.value is True and str(version.value).lower() == "v2"):
        return
    silent = catalogue.host_json()["bundle"]["without_spans"]
    found = at(document, "extensionBundle.version")
    newest = highest(found.value) if isinstance(found.value, str) else None
    if newest is not None and newest[: len(numbers(silent))] <= numbers(silent):
        wrong = (
            f"{shown(found.value)} lets in no bundle that sends spans of distributed tracing V2 as an identity "
            f"(none does up to {silent}), and Application Insights takes nothing else"
        )
        yield found.path, wrong, f'"{catalogue.host_json()["bundle"]["range"]}"'
