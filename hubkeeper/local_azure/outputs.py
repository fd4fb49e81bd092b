"""What comes back from Azure for what went in: the SDK's output types decide what is echoed.

A property that the output types do not have is not echoed: that is how application settings stay away from the state
(Azure answers null for them; `SiteConfigResponse` of azure-native 3.29 has no `appSettings`).
"""

from collections.abc import Mapping
from typing import Any

from .sdk_types import ListOf, MapOf, ObjectOf, Shape, outputs_of
from .wire import UNKNOWN, Secret, Unknown

_STABLE = ("name", "location")
"""Outputs that azure-native carries over in the preview of an update (provider.go, Update, read 2026-11-22)."""


def preview_of_create(token: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Outputs at preview: inputs that the response has, everything else unknown, nested too (previewOutputs.go)."""
    return {key: _preview(inputs.get(key, UNKNOWN), shape) for key, shape in outputs_of(token).items()}


def preview_of_update(token: str, inputs: Mapping[str, Any], olds: Mapping[str, Any]) -> dict[str, Any]:
    """As for a create, but name and location are known from the state."""
    return preview_of_create(token, inputs) | {key: olds[key] for key in _STABLE if key in olds}


def echo(token: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The part of the inputs that Azure answers with."""
    shapes = outputs_of(token)
    return {key: _echo(value, shapes[key]) for key, value in inputs.items() if key in shapes}


def merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Both mappings, the second one winning, objects merged down to the leaves."""
    merged = dict(base)
    for key, value in over.items():
        merged[key] = _merge_value(merged.get(key), value)
    return merged


def _merge_value(present: Any, value: Any) -> Any:
    if isinstance(present, Secret):
        return Secret(_merge_value(present.value, value))
    return merge(present, value) if isinstance(present, Mapping) and isinstance(value, Mapping) else value


def _preview(value: Any, shape: Shape) -> Any:
    if isinstance(value, Secret):
        return Secret(_preview(value.value, shape))
    match shape, value:
        case _, Unknown():
            return UNKNOWN
        case ObjectOf(), Mapping():
            return {key: _preview(value.get(key, UNKNOWN), inner) for key, inner in shape.properties.items()}
        case ListOf(item=item), list():
            return [_preview(element, item) for element in value]
        case MapOf(item=item), Mapping():
            return {key: _preview(element, item) for key, element in value.items()}
        case ((ObjectOf() | ListOf() | MapOf()), _):
            return UNKNOWN  # goes in as one thing and comes out as another, as userAssignedIdentities does
        case _:
            return value


def _echo(value: Any, shape: Shape) -> Any:
    if isinstance(value, Secret):
        return Secret(_echo(value.value, shape))
    match shape, value:
        case ObjectOf(), Mapping():
            return {key: _echo(item, shape.properties[key]) for key, item in value.items() if key in shape.properties}
        case ListOf(item=item), list():
            return [_echo(element, item) for element in value]
        case MapOf(item=item), Mapping():
            return {key: _echo(element, item) for key, element in value.items()}
        case _:
            return value
