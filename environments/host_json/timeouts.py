"""Whether the host starts with the `functionTimeout` of a host.json on every plan that the file goes to."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from environments.host_json.contract import Contract
from environments.host_json.reading import at
from environments.host_json.shape import Mistake, seconds
from environments.matching import shown
from environments.yaml_lines import kind_of

_NO_END = ("-1", "-1.00:00:00")
#: Hours of more than a day, as many write them: .NET reads the first part as days, the others as hours and minutes.
_HOURS = re.compile(r"(?P<hours>[0-9]{2,7}):(?P<minutes>[0-9]{2}):(?P<seconds>[0-9]{2})")


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
    if not isinstance(value, bool) and str(value).strip() in _NO_END:
        if limit:
            yield found.path, f"{value} is no end, and the host does not start with it on {limit.plans}", most
    elif isinstance(value, str) and (hours := _HOURS.fullmatch(value)) and int(hours["hours"]) >= 24:
        yield found.path, *_as_days(value, hours, most if limit else None)
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


def _as_days(value: str, found: re.Match[str], most: str | None) -> tuple[str, str]:
    """What is wrong with hours of more than a day, and what was meant, where the plan allows so much."""
    many = int(found["hours"])
    fits = int(found["minutes"]) < 24  # else .NET does not read it at all
    wrong = f"{value} is {many} days to the host" if fits else f"{shown(value)} is no duration"
    return wrong, most or f'"{many // 24}.{many % 24:02}:{found["minutes"]}:{found["seconds"]}"'


def _span(length: int) -> str:
    return f"{length // 3600:02}:{length % 3600 // 60:02}:{length % 60:02}"
