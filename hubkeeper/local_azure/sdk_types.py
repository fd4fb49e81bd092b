"""What the installed azure-native SDK says about a resource type: inputs and outputs, read from the SDK's own classes.

With a list of properties of its own a stand-in would accept what the real provider refuses, once the two drift apart.
"""

import collections.abc
import enum
import functools
import importlib
import inspect
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi
from pulumi import _types


@dataclass(frozen=True)
class Scalar:
    """A plain value: "string", "integer", "number" or "boolean"."""

    name: str


@dataclass(frozen=True)
class Choice:
    """One of the values of an enum."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class ListOf:
    """A list of items of one shape."""

    item: "Shape"


@dataclass(frozen=True)
class MapOf:
    """A mapping from free keys to items of one shape."""

    item: "Shape"


@dataclass(frozen=True)
class ObjectOf:
    """An object whose properties a class of the SDK declares; asked for lazily: the classes refer to each other."""

    declared_by: type

    @property
    def properties(self) -> Mapping[str, "Shape"]:
        """Shapes by the names on the wire (camelCase)."""
        return _properties(self.declared_by)

    @property
    def required(self) -> tuple[str, ...]:
        """Wire names of the properties that must be there (inputs only; empty for outputs)."""
        return _required(self.declared_by)


@dataclass(frozen=True)
class AnyOf:
    """One of several shapes."""

    members: tuple["Shape", ...]


@dataclass(frozen=True)
class Anything:
    """No declared shape."""


Shape = Scalar | Choice | ListOf | MapOf | ObjectOf | AnyOf | Anything

# Two enums of one name in one module, of which the SDK keeps the one of another service: what Azure takes instead.
# Scheduled query rules: REST specs of 2025-01-01-preview, where "Equals" is a known mistake for "Equal"
# (bicep-types-az issue 2643), read 2026-11-23.
_MIXED_UP: Mapping[str, Choice] = {
    "pulumi_azure_native.monitor._enums.ConditionOperator": Choice(
        ("Equal", "GreaterThan", "GreaterThanOrEqual", "LessThan", "LessThanOrEqual", "GreaterOrLessThan")
    )
}

_SCALARS: dict[Any, Shape] = {
    str: Scalar("string"),
    bool: Scalar("boolean"),
    int: Scalar("integer"),
    float: Scalar("number"),
    Any: Anything(),
}


@functools.cache
def inputs_of(token: str) -> ObjectOf:
    """The inputs of a resource type, by token ("azure-native:storage:StorageAccount")."""
    module, name = _split(token)
    # Where a nested type has the name already (monitor.ActionGroup), the resource's own class is called InitArgs.
    return ObjectOf(getattr(module, f"{name}InitArgs", None) or getattr(module, f"{name}Args"))


@functools.cache
def outputs_of(token: str) -> Mapping[str, Shape]:
    """The outputs of a resource type, by wire name."""
    module, name = _split(token)
    return {key: shape_of(hint) for key, hint in _types.resource_types(getattr(module, name)).items()}


def _split(token: str) -> tuple[types.ModuleType, str]:
    _, module, name = token.split(":")
    return importlib.import_module(f"pulumi_azure_native.{module}"), name


@functools.cache
def _properties(cls: type) -> Mapping[str, Shape]:
    hints = _types.input_type_types(cls) if _types.is_input_type(cls) else _types.output_type_types(cls)
    return {name: shape_of(hint) for name, hint in hints.items()}


@functools.cache
def _required(cls: type) -> tuple[str, ...]:
    if not _types.is_input_type(cls):
        return ()
    wire_names = _types.input_type_py_to_pulumi_names(cls)
    parameters = list(inspect.signature(cls).parameters.values())
    return tuple(wire_names[p.name] for p in parameters if p.default is inspect.Parameter.empty)


def shape_of(hint: Any) -> Shape:
    """The shape that a type hint of the SDK stands for, without the wrapping in awaitables and outputs."""
    if isinstance(hint, typing.Hashable) and hint in _SCALARS:
        return _SCALARS[hint]
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _shape_of_union(typing.get_args(hint))
    if origin in (collections.abc.Sequence, list):
        return ListOf(shape_of(typing.get_args(hint)[0]))
    if origin in (collections.abc.Mapping, dict):
        return MapOf(shape_of(typing.get_args(hint)[1]))
    if isinstance(hint, type):
        if issubclass(hint, enum.Enum):
            mixed_up = _MIXED_UP.get(f"{hint.__module__}.{hint.__qualname__}")
            return mixed_up or Choice(tuple(member.value for member in hint))
        if _types.is_input_type(hint) or _types.is_output_type(hint):
            return ObjectOf(hint)
    return Anything()


def _shape_of_union(members: tuple[Any, ...]) -> Shape:
    plain = [
        m
        for m in members
        if m is not type(None) and typing.get_origin(m) not in (collections.abc.Awaitable, pulumi.Output)
    ]
    shapes = tuple(dict.fromkeys(shape_of(m) for m in plain))
    # "str or SomeEnum" is how the SDK writes an enum that newer API versions may extend; Azure refuses the rest today.
    choices = tuple(shape for shape in shapes if isinstance(shape, Choice))
    if choices and all(isinstance(shape, Choice) or shape == Scalar("string") for shape in shapes):
        return choices[0]
    if len(shapes) == 1:
        return shapes[0]
    return AnyOf(shapes) if shapes else Anything()
