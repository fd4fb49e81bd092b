"""Whether a host.json lets the tracking events of orchestrations through: log levels and sampling.

An instance is followed by traces of one category at Information. A level above it or sampling loses them; levels below
Warning of the framework's own categories cost more than all the rest ("Diagnostics in Durable Functions", 2026).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from environments import catalogue
from environments.host_json.contract import Contract
from environments.host_json.reading import Found, at
from environments.host_json.shape import Mistake
from environments.matching import shown
from environments.problems import one_line

_PLACES = ("logging.applicationInsights.logLevel", "logging.logLevel")
_SAMPLING = "logging.applicationInsights.samplingSettings"
#: Categories of the platform, which nobody reads at Debug. A team's own categories are its own affair.
_PLATFORM = ("default", "host", "durabletask", "microsoft", "azure", "worker", "system")


def mistakes(document: Mapping[str, Any], contract: Contract) -> Iterator[Mistake]:
    """Levels that are none, that lose tracking events or that are dear, and sampling that drops what must stay."""
    sections = [at(document, place) for place in _PLACES]
    for section in sections:
        yield from _levels(section)
    yield from _tracking(sections)
    yield from _sampling(document)


def _levels(section: Found) -> Iterator[Mistake]:
    known = catalogue.host_json()["levels"]["known"]
    for category, level in section.items.items():
        path = (*section.path, category)
        if not isinstance(level, str) or level.lower() not in [one.lower() for one in known]:
            wrong = f"{shown(level)} is no level" if isinstance(level, str) else "no level stands here"
            yield path, wrong, f"one of {', '.join(known)}"
        elif level.lower() in ("trace", "debug", "information") and category.lower().startswith("durabletask"):
            yield path, f"{level} of {one_line(category)} is verbose and dear", "Warning"
        elif level.lower() in ("trace", "debug") and category.lower().startswith(_PLATFORM):
            yield path, f"{level} of {one_line(category)} is verbose and dear", "Information"


def _tracking(sections: list[Found]) -> Iterator[Mistake]:
    """The first place with a word on the category decides: what is meant for Application Insights before the rest."""
    facts = catalogue.host_json()["levels"]["tracking"]
    quieter = ("warning", "error", "critical", "none")
    for section in sections:
        entry = _entry(section.items, facts["category"])
        if entry is not None:
            level = section.items[entry]
            if isinstance(level, str) and level.lower() in quieter:
                wrong = f"{level} loses the events that orchestrations are followed by ({facts['category']})"
                expected = f'"{facts["category"]}": "{facts["level"]}"'
                yield (*section.path, entry), wrong, expected if entry.lower() == "default" else facts["level"]
            return


def _entry(levels: Mapping[str, Any], category: str) -> str | None:
    """The entry that decides on a category: the longest one that it begins with, else the default."""
    fitting = [one for one in levels if one.lower() != "default" and category.lower().startswith(one.lower())]
    return max(fitting, key=len, default=next((one for one in levels if one.lower() == "default"), None))


def _sampling(document: Mapping[str, Any]) -> Iterator[Mistake]:
    if at(document, f"{_SAMPLING}.isEnabled").value is False:
        return
    known = catalogue.host_json()["sampled_types"]
    for key in ("excludedTypes", "includedTypes"):
        found = at(document, f"{_SAMPLING}.{key}")
        if not isinstance(found.value, str):
            continue
        types = [one.strip() for one in found.value.split(";") if one.strip()]
        unknown = [one for one in types if one.lower() not in [name.lower() for name in known]]
        if unknown:
            yield (
                found.path,
                f"{shown(unknown[0])} is no type of telemetry",
                f"some of {', '.join(known)}, with ; between",
            )
        elif ("trace" in [one.lower() for one in types]) is (key == "includedTypes"):
            wrong = "the events that orchestrations are followed by are traces and would be sampled away"
            yield found.path, wrong, "Trace among excludedTypes" if key == "excludedTypes" else "Trace not to be there"
