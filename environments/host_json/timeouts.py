"""Whether the host starts with the `functionTimeout` of a host.json on every plan that the file goes to."""

from collections.abc import Iterator, Mapping
from typing import Any

from environments.host_json.contract import Contract
from environments.host_json.reading import at
from environments.host_json.shape import Mistake, seconds
from environments.matching import shown
from environments.yaml_lines import kind_of


def mistakes(document: Mapping[str, Any], contract: Contract) -> Iterator[Mistake]:
    """The host does not start where a plan ends functions and this says later.

    azure-functions-host 89dc438 (2024-10-25), ScriptJobHostOptionsSetup: a time span as .NET reads it, from one second; a whole
    number is so many days, and -1 of them no end; "functions-timeout-duration", learn.microsoft.com, 2024-06-27.
    """
    found = at(document, "functionTimeout")
    value, limit = found.value, contract.time_limit
    if value is None:
        return
    most = f'"{_span(limit.seconds)}" at most' if limit else '"-1" for no end, or a duration like "00:30:00"'
    length = seconds(value) if isinstance(value, str) else None
    if not isinstance(value, bool) and str(value).strip() == "-1":
        if limit:
            yield found.path, f"-1 is no end, and the host does not start with it on {limit.plans}", most
    elif length is None:
        plain = isinstance(value, str | int | float) and not isinstance(value, bool)
        text = shown(str(value)) if plain else kind_of(value)
        days = plain and str(value).strip().isdecimal()
        wrong = f"{text} is so many days to the host" if days else f"{text} is no duration"
        yield found.path, wrong, most
    elif length < 1:
        yield found.path, f"{value} is shorter than the host takes", 'a second ("00:00:01") or more'
    elif limit and length > limit.seconds:
        yield found.path, f"the host does not start with {value} on {limit.plans}", most


def _span(length: int) -> str:
    return f"{length // 3600:02}:{length % 3600 // 60:02}:{length % 60:02}"
