"""What Flex Consumption asks of a site: `functionAppConfig`, and in it sizes and numbers that exist."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..refusal import Refusal
from ..wire import reveal

# flex-consumption-plan (learn.microsoft.com): instance sizes, bounds of the maximum; flex-consumption-how-to: groups that
# can be always ready. A runtime version that does not exist is accepted (Azure/Azure-Functions issue 2666).
_MEMORY_MB = (512, 2048, 4096)
_MAXIMUM = (40, 1000)
_GROUP = re.compile(r"http|blob|durable|function:.+")


def refuse_function_app_config(inputs: Mapping[str, Any]) -> None:
    """Raises Refusal for the first thing that Azure does not take. Its words are not confirmed."""
    config = reveal(inputs.get("functionAppConfig"))
    for sentence in _wrong(config if isinstance(config, Mapping) else {}):
        raise Refusal(400, "BadRequest", sentence)


def _wrong(config: Mapping[str, Any]) -> Iterator[str]:
    if not config:
        yield "Flex Consumption sites need 'functionAppConfig' (runtime, deployment, scale)."
    scale = config.get("scaleAndConcurrency")
    scale = scale if isinstance(scale, Mapping) else {}
    memory, most = scale.get("instanceMemoryMB"), scale.get("maximumInstanceCount")
    if memory is not None and memory not in _MEMORY_MB:
        yield f"'instanceMemoryMB' is {memory:g}; it can be one of {', '.join(map(str, _MEMORY_MB))}."
    low, high = _MAXIMUM
    if most is not None and not low <= most <= high:
        yield f"'maximumInstanceCount' is {most:g}; it can be {low} to {high}."
    for group in scale.get("alwaysReady") or []:
        if not _GROUP.fullmatch(str(group.get("name", ""))):
            yield "'alwaysReady' names a group that does not exist; there are http, blob, durable and function:<name>."
        if most is not None and group.get("instanceCount", 0) > most:
            yield "'alwaysReady' has more instances than 'maximumInstanceCount'."
