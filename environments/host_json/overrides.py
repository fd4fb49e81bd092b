"""Settings of a description that undo what host.json is checked for: what would be a mistake in the file is one in a setting."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from environments.host_json import facts
from environments.host_json.checking import HostJsonFile, document_of, mistakes
from environments.host_json.contract import Contract
from environments.overriding import is_hub, moves_hub, place_of
from environments.problems import Path

_LEVELS = ("logging.loglevel.", "logging.applicationinsights.loglevel.")
#: Levels that lose nothing. What they cost is a reason not to have them in the file of all environments.
_TALKATIVE = ("trace", "debug", "information")
_VERSION = "extensions.durabletask.defaultversion"
_PROVIDER = f"{facts.STORAGE_PROVIDER.lower()}."
_PLAIN = "a plain setting, or the key in host.json"


@dataclass(frozen=True)
class Undone:
    """A setting that stands for a key of host.json and must not say what it says."""

    setting: str
    wrong: str
    expected: str


def undone(
    settings: Mapping[str, str], secrets: Mapping[str, str], file: HostJsonFile | None, contract: Contract
) -> list[Undone]:
    """The settings of a description that undo what host.json is checked for.

    `file` is the application's own, which the settings come upon; without one nothing but them is known. What moves the hub, and
    what a scale controller does not see of hub and concurrency, is refused before (settings_contradictions.py) and not told again.
    """
    known = {**facts.keys(), **contract.provider.keys}
    document = deepcopy(document_of(file)) if file else {}
    found: list[Undone] = []
    places: dict[Path, str] = {}
    for setting, value in {**secrets, **settings}.items():
        place = place_of(setting)
        if place is None or not _is_checked(place, known):
            continue
        if moves_hub(setting) or (contract.scaled_by_platform and is_hub(setting)):
            continue
        if setting in secrets:
            found.append(
                Undone(setting, "a secret stands for a key of host.json, so nobody can tell what it does", _PLAIN)
            )
        elif place == _VERSION:
            wrong = "the version belongs to the code, and a setting stays when the next package comes"
            found.append(Undone(setting, wrong, "it in host.json, and `versioning: {default_version: …}` here"))
        else:
            path = _put(document, known, setting, value)
            if not (place.startswith(_LEVELS) and value.strip().lower() in _TALKATIVE):
                places[path] = setting
    found += [
        Undone(places[path], wrong, expected)
        for path, wrong, expected in mistakes(document, contract)
        if path in places
    ]
    return sorted(found, key=lambda one: one.setting)


def _is_checked(place: str, known: Mapping[str, facts.Key]) -> bool:
    key = known.get(place)
    return place.startswith((*_LEVELS, _PROVIDER)) or (key is not None and key.kind not in ("object", "texts"))


def _put(document: dict[str, Any], known: Mapping[str, facts.Key], setting: str, value: str) -> Path:
    """Sets a value where the host would, whatever the case of the keys that are there; says where that is.

    A full stop is part of a name, like that of a category of log lines.
    """
    written = setting.replace(":", "__").split("__")[1:]
    steps = [step.lower() for step in written]
    path: list[str] = []
    inside = document
    for number, step in enumerate(steps):
        name = next((key for key in inside if key.lower() == step), None)
        if name is None:
            key = known.get(".".join(steps[: number + 1]))
            name = key.name if key and "." not in step else written[number]
        path.append(name)
        if number + 1 == len(steps):
            inside[name] = _typed(value, known.get(".".join(steps)))
        else:
            if not isinstance(inside.get(name), dict):
                inside[name] = {}
            inside = inside[name]
    return tuple(path)


def _typed(value: str, key: facts.Key | None) -> Any:
    """A setting is text, which the host reads as what the key holds."""
    text = value.strip().lower()
    if key is not None and key.kind == "flag" and text in ("true", "false"):
        return text == "true"
    if key is not None and key.kind in ("whole", "number"):
        try:
            return int(text) if key.kind == "whole" else float(text)
        except ValueError:
            return value
    return value
