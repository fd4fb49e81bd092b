"""Whether every key of a host.json is one that somebody reads, where it stands, and holds what it can hold."""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from environments.host_json import facts
from environments.host_json.facts import Key
from environments.matching import shown
from environments.problems import Path
from environments.yaml_lines import kind_of

#: A mistake before its line is known: place, what is wrong, what was expected.
Mistake = tuple[Path, str, str]

# TimeSpan as .NET reads it: [d.]hh:mm[:ss[.fraction]], or d:hh:mm:ss[.fraction]
_DURATION = re.compile(
    r"(?:(?P<days>[0-9]{1,7})(?:\.|:(?=[0-9]+:[0-9]+:)))?(?P<hours>[01]?[0-9]|2[0-3]):(?P<minutes>[0-5]?[0-9])"
    r"(?::(?P<seconds>[0-5]?[0-9](?:\.[0-9]{1,7})?))?"
)
_SETTING = re.compile(r"%[^%]+%")
#: Parts of host.json that are nobody's own, so that they are misplaced also where any key may stand.
_STRUCTURE = (
    "extensions",
    "durabletask",
    "storageprovider",
    "logging",
    "loglevel",
    "applicationinsights",
    "samplingsettings",
)
_FEW = 12


def mistakes(document: Mapping[str, Any], provider: facts.Backend) -> Iterator[Mistake]:
    """Every key that is unknown, misplaced or twice there, and every value that cannot be."""
    yield from _object(document, (), Key("", "object"), {**facts.keys(), **provider.keys}, provider)


def seconds(text: str) -> float | None:
    """The length of a duration as .NET writes it; None where it is none."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    hours = int(found["days"] or 0) * 24 + int(found["hours"])
    return (hours * 60 + int(found["minutes"])) * 60 + float(found["seconds"] or 0)


def _object(
    values: Mapping[str, Any], at: Path, parent: Key, known: Mapping[str, Key], provider: facts.Backend
) -> Iterator[Mistake]:
    there: dict[str, str] = {}
    for name, value in values.items():
        path = (*at, name)
        if name.lower() in there:
            yield path, f"the key is there already, as {there[name.lower()]}, and the host ignores case", "it once"
            continue
        there[name.lower()] = name
        key = known.get(f"{parent.path}.{name}".lower() if parent.path else name.lower())
        if key is None:
            if not parent.open or _is_misplaced(name, parent):
                yield path, *_unknown(name, parent, known, provider)
        elif key.kind == "object" and isinstance(value, dict):
            yield from _object(value, path, key, known, provider)
        elif wrong := _cannot_be(value, key):
            yield path, wrong, _expected(key)


def _is_misplaced(name: str, parent: Key) -> bool:
    """In an open place: whether it is a part of host.json that belongs elsewhere, or nearly one that belongs here."""
    if parent.path not in ("logging", "extensions"):
        return False  # categories of log lines and options of others may be called anything
    target = facts.moved().get(name.lower(), "")
    if name.lower() in _STRUCTURE or target.lower() not in ("", f"{parent.path}.{name}".lower()):
        return True
    return parent.path == "extensions" and bool(difflib.get_close_matches(name.lower(), ["durabletask"], cutoff=0.8))


def _unknown(name: str, parent: Key, known: Mapping[str, Key], provider: facts.Backend) -> tuple[str, str]:
    for other in facts.backends().values():
        if parent.path == facts.STORAGE_PROVIDER and f"{parent.path}.{name}".lower() in other.keys:
            return f"a key of {other.type}, not of {provider.type}", "it not to be there"
    target = facts.moved().get(name.lower())
    elsewhere = [key.path for key in known.values() if key.name.lower() == name.lower()]
    if target is None and len(elsewhere) == 1:
        target = elsewhere[0]
    if target is not None and target.lower() != f"{parent.path}.{name}".lower().lstrip("."):
        return "nobody reads it here", f"it as {target}"
    prefix = f"{parent.path}." if parent.path else ""
    siblings = [key.name for key in known.values() if key.path == f"{prefix}{key.name}"]
    near = difflib.get_close_matches(name.lower(), [one.lower() for one in siblings], n=1)
    if near:
        return "unknown key", f"{next(one for one in siblings if one.lower() == near[0])}?"
    near = difflib.get_close_matches(name.lower(), [key.name.lower() for key in known.values()], n=1, cutoff=0.8)
    if near:
        return "unknown key", f"{next(key.path for key in known.values() if key.name.lower() == near[0])}?"
    return "unknown key", f"one of {', '.join(siblings)}" if len(siblings) <= _FEW else "a key of host.json"


_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "flag": bool,
    "whole": int,
    "number": (int, float),
    "texts": list,
    "text": str,
    "duration": str,
    "any": object,
}


def _cannot_be(value: Any, key: Key) -> str | None:
    """What is wrong with a value; None when nothing is."""
    if isinstance(value, str) and _SETTING.fullmatch(value) and key.kind not in ("text", "any"):
        return f"{shown(value)} stands here, and the host puts a setting's value in for hubName only"
    is_flag = isinstance(value, bool) and key.kind in ("whole", "number")
    is_mixed = key.kind == "texts" and isinstance(value, list) and not all(isinstance(one, str) for one in value)
    if not isinstance(value, _TYPES[key.kind]) or is_flag or is_mixed:
        return f"{_kind(value)} stands here"
    if key.one_of and str(value).lower() not in [one.lower() for one in key.one_of]:
        return f"{shown(value)} is not known"
    if key.kind == "duration":
        length = seconds(value)
        return f"{shown(value)} is no duration" if length is None else _beyond(length, value, key)
    return _beyond(value, value, key) if key.kind in ("whole", "number") else None


def _beyond(measure: float, value: Any, key: Key) -> str | None:
    low, high = key.within
    outside = (low is not None and measure < low) or (high is not None and measure > high)
    return f"{value} is out of range" if outside else None


def _kind(value: Any) -> str:
    return "an object" if isinstance(value, dict) else kind_of(value)


def _expected(key: Key) -> str:
    if key.one_of:
        return f"one of {', '.join(key.one_of)}" if len(key.one_of) > 1 else f'"{key.one_of[0]}"'
    words = {
        "object": "an object",
        "flag": "true or false",
        "whole": "a whole number",
        "number": "a number",
        "texts": "a list of texts",
        "duration": "a duration like 00:00:30",
    }
    return words.get(key.kind, "a text") + _range(key)


def _range(key: Key) -> str:
    low, high = (_bound(one, key) for one in key.within)
    lowest = key.within[0]
    if lowest is not None and 0 < lowest < 1:
        return f", above {_bound(0, key)}" + (f" and at most {high}" if high else "")
    if low and high:
        return f", {low} to {high}"
    return f", {low} or more" if low else ""


def _bound(value: float | None, key: Key) -> str:
    if value is None:
        return ""
    whole = int(value)
    return f"{whole // 3600:02}:{whole % 3600 // 60:02}:{whole % 60:02}" if key.kind == "duration" else str(whole)
