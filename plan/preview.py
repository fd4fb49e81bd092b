"""What a provider would answer in a preview: the inputs again, and everything else unknown.

Without this, a nested output that is no input (`scheduler.properties.endpoint`) would be None instead of unknown, and
`Output.concat` of it would fail. The shapes come from the SDK's own types; no schema file is read.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from pulumi import CustomResource, _types

from plan.model import UNKNOWN, Secret

_classes: dict[str, type] = {}


def preview_outputs(token: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The outputs of a resource: its inputs in the shape of outputs, what is missing unknown.

    A type whose class nobody imported echoes its inputs. Inputs that are no outputs (`accountName`) stay.
    """
    if token not in _classes:
        _classes.update((found.__dict__["pulumi_type"], found) for found in _subclasses(CustomResource))
    found = _classes.get(token)
    return dict(inputs) if found is None else _filled(inputs, _types.resource_types(found))


def _subclasses(base: type) -> Iterator[type]:
    """Every class below the base that names its own type token."""
    for found in base.__subclasses__():
        if "pulumi_type" in found.__dict__:
            yield found
        yield from _subclasses(found)


def _filled(values: Mapping[str, Any], types: Mapping[str, type]) -> dict[str, Any]:
    filled = dict.fromkeys(types, UNKNOWN)
    filled.update((key, _shaped(value, types[key]) if key in types else value) for key, value in values.items())
    return filled


def _shaped(value: Any, declared: Any) -> Any:
    """A value of an input in the shape that the output declares; unknown where it cannot have that shape."""
    if isinstance(value, Secret):
        return Secret(_shaped(value.value, declared))
    if not isinstance(value, (dict, list)):
        return value
    declared = _types.unwrap_type(declared)
    shape = typing.get_origin(declared) or declared
    items = typing.get_args(declared)
    if not isinstance(shape, type):
        return value  # Any, or a union that the SDK resolves by itself
    if _types.is_output_type(shape):
        return _filled(value, _types.output_type_types(shape)) if isinstance(value, dict) else UNKNOWN
    if issubclass(shape, Mapping):
        return _mapping(value, items[1] if len(items) == 2 else Any)
    if issubclass(shape, Sequence) and not issubclass(shape, str):
        return [_shaped(item, items[0] if items else Any) for item in value] if isinstance(value, list) else UNKNOWN
    return UNKNOWN if not issubclass(shape, Enum) or isinstance(value, dict) else value


def _mapping(value: dict[str, Any] | list[Any], declared: Any) -> Any:
    """Azure takes `userAssignedIdentities` as a list of ids and gives back a map from id to object."""
    if isinstance(value, dict):
        return {key: _shaped(item, declared) for key, item in value.items()}
    if all(isinstance(item, str) for item in value):
        return {item: _shaped({}, declared) for item in value}
    return UNKNOWN
