"""The host.json of an application, from its contract."""

import json
from typing import Any

from environments import catalogue
from environments.host_json.contract import Contract
from environments.hubs import HUB_SETTING

#: How often an idle queue is asked at least, in seconds, where the platform looks at the queues by itself: the extension's own.
_POLLING = 30


def document(contract: Contract) -> dict[str, Any]:
    """What host.json holds. Every value is the same in all environments and slots."""
    bundle = catalogue.host_json()["bundle"]
    of_bundle = {"extensionBundle": {"id": bundle["id"], "version": bundle["range"]}} if contract.uses_bundle else {}
    return {
        "version": "2.0",
        **of_bundle,
        "extensions": {"durableTask": _durable_task(contract)},
        "logging": {
            "logLevel": _levels(contract),
            "applicationInsights": {
                "samplingSettings": {"isEnabled": True, "excludedTypes": ";".join(contract.never_sampled)}
            },
        },
    }


def written(contract: Contract) -> str:
    """The file's text."""
    return json.dumps(document(contract), indent=2) + "\n"


def _durable_task(contract: Contract) -> dict[str, Any]:
    optional = {
        "defaultVersion": contract.default_version,
        "versionMatchStrategy": "CurrentOrOlder" if contract.default_version else None,
        "versionFailureStrategy": "Reject" if contract.default_version else None,
        "maxConcurrentActivityFunctions": contract.activities,
        "maxConcurrentOrchestratorFunctions": contract.orchestrators,
    }
    return {
        "hubName": f"%{HUB_SETTING}%",
        **{key: value for key, value in optional.items() if value is not None},
        "storageProvider": _provider(contract),
        "tracing": {"traceInputsAndOutputs": False, "distributedTracingEnabled": True, "version": "V2"},
    }


def _provider(contract: Contract) -> dict[str, Any]:
    provider = contract.provider
    of_connection = {provider.connection.key: provider.connection.setting} if provider.connection else {}
    of_queues: dict[str, Any] = {}
    if contract.partition_count is not None:
        polling = catalogue.host_json()["polling"]["flex_seconds"] if contract.polls_soon else _POLLING
        of_queues = {"partitionCount": contract.partition_count, "maxQueuePollingInterval": f"00:00:{polling:02}"}
    return {"type": provider.type, **of_connection, **of_queues, **provider.written}


def _levels(contract: Contract) -> dict[str, str]:
    levels = catalogue.host_json()["levels"]
    fixed = {levels[which]["category"]: levels[which]["level"] for which in ("tracking", "framework")}
    quiet: dict[str, str] = dict.fromkeys(contract.provider.log, levels["framework"]["level"])
    return {"default": "Information", **fixed, **quiet}
