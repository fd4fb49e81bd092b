"""Inputs against the SDK's own types: unknown property, missing required one, value outside an enum, wrong type.

An unknown value is accepted anywhere. No sentence holds the value of a secret or of an application setting.
"""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from .refusal import Failure
from .sdk_types import AnyOf, Choice, ListOf, MapOf, ObjectOf, Scalar, Shape, inputs_of
from .wire import Secret, Unknown

_PYTHON: dict[str, tuple[type, ...]] = {"string": (str,), "boolean": (bool,), "integer": (int,), "number": (int, float)}
_KIND_NAMES: dict[type, str] = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list"}


def failures_of_inputs(token: str, inputs: Mapping[str, Any]) -> list[Failure]:
    """Everything that is wrong with the inputs of a resource of this type, in the order of the inputs."""
    return list(_object(inputs, inputs_of(token), "", token.rsplit(":", 1)[-1], may_show=True))


def _failure(sentence: str) -> Failure:
    return Failure("InvalidRequestContent", sentence)


def _check(value: Any, shape: Shape, path: str, owner: str, may_show: bool) -> Iterator[Failure]:
    if isinstance(value, Unknown) or value is None:
        return
    if isinstance(value, Secret):
        yield from _check(value.value, shape, path, owner, may_show=False)
        return
    match shape:
        case Choice(values=values):
            if value not in values:
                given = f" '{value}'" if may_show and isinstance(value, str) else ""
                yield _failure(f"the value{given} of '{path}' is not one of {', '.join(map(str, values))}")
        case Scalar(name=name):
            if not isinstance(value, _PYTHON[name]) or (isinstance(value, bool) and name != "boolean"):
                yield _wrong_type(value, {"integer": "an integer"}.get(name, f"a {name}"), path)
        case AnyOf(members=members):
            tries = [list(_check(value, member, path, owner, may_show)) for member in members]
            if all(tries):
                yield from min(tries, key=len)
        case ObjectOf() | ListOf() | MapOf():
            yield from _container(value, shape, path, owner, may_show)


def _container(
    value: Any, shape: ObjectOf | ListOf | MapOf, path: str, owner: str, may_show: bool
) -> Iterator[Failure]:
    match shape, value:
        case ObjectOf(), Mapping():
            yield from _object(value, shape, path, owner, may_show)
        case ListOf(item=item), list():
            for index, element in enumerate(value):
                yield from _check(element, item, f"{path}[{index}]", owner, may_show)
        case MapOf(item=item), Mapping():
            for key, element in value.items():
                yield from _check(element, item, f"{path}.{key}", owner, may_show)
        case _:
            yield _wrong_type(value, "a list" if isinstance(shape, ListOf) else "an object", path)


def _object(value: Mapping[str, Any], shape: ObjectOf, path: str, owner: str, may_show: bool) -> Iterator[Failure]:
    known = shape.properties
    for key in shape.required:
        if value.get(key) is None:
            yield _failure(f"missing required property '{_join(path, key)}'")
    for key, item in value.items():
        if key in known:
            yield from _check(item, known[key], _join(path, key), owner, may_show)
            continue
        near = difflib.get_close_matches(key, known, n=1)
        hint = f" (did you mean '{near[0]}'?)" if near else ""
        yield _failure(f"'{_join(path, key)}' is not a property of {path or owner}{hint}")


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _wrong_type(value: Any, wanted: str, path: str) -> Failure:
    return _failure(f"'{path}' should be {wanted} but is {_KIND_NAMES.get(type(value), 'an object')}")
