"""What stands for the SDK's translation of values while a plan is recorded; plan/shortcuts.py says when.

Going in, what a value may be at a place of a type is worked out once a type and not once a value. Coming back, an output's value
is made when somebody asks for it: a resource has twenty, and a program reads two.
"""

from __future__ import annotations

import asyncio
import typing
from collections import abc
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from pulumi import Output, _types
from pulumi.output import _OutputData
from pulumi.runtime import rpc, settings

from plan.monitor import RecordingMonitor
from plan.values import to_struct

_PROMPT = frozenset({str, int, float, bool, type(None)})
_serialize_property = rpc.serialize_property
_resolve_outputs = rpc.resolve_outputs
_unwrap_type = _types.unwrap_type
_unwrap_optional_type = _types.unwrap_optional_type

# By the identity of a type, which the entry itself keeps alive: the types of the SDK take long to hash.
_unwrapped: dict[int, tuple[Any, Any]] = {}
_unwrapped_optional: dict[int, tuple[Any, Any]] = {}
_shapes: dict[int, tuple[Any, _Shape | None]] = {}
_elements: dict[int, tuple[Any, Any]] = {}
_MISFIT: Any = object()


def unwrap_type(val: type) -> type:
    """The same answer, worked out once."""
    known = _unwrapped.get(id(val))
    if known is None:
        known = _unwrapped[id(val)] = (val, _unwrap_type(val))
    unwrapped: type = known[1]
    return unwrapped


def unwrap_optional_type(val: type) -> type:
    """The same answer, worked out once."""
    known = _unwrapped_optional.get(id(val))
    if known is None:
        known = _unwrapped_optional[id(val)] = (val, _unwrap_optional_type(val))
    unwrapped: type = known[1]
    return unwrapped


class _Shape(NamedTuple):
    """How a mapping is written at a place of some type."""

    names: Mapping[str, str] | None
    """Wire names by the program's; None where keys stay."""
    types: Mapping[str, Any] | None
    """Types by wire name; None where `each` is the type of every value."""
    each: Any
    takes_transformer: bool
    """Whether the resource itself translates keys, if it does that at all."""


async def serialize_property(
    value: Any,
    deps: list[Any] | None,
    property_key: str | None,
    resource_obj: Any = None,
    input_transformer: Callable[[str], str] | None = None,
    typ: Any = None,
    keep_output_values: bool = False,
    exclude_resource_refs_from_deps: bool = False,
    return_protobuf_value: bool = False,
) -> Any:
    """The same value. Texts and numbers at once, mappings and lists by what is known of their type, the rest as the SDK does."""
    kind = type(value)
    if kind in _PROMPT and not return_protobuf_value:
        return value
    if not keep_output_values and not return_protobuf_value:
        if kind is dict:
            shape = _shape(typ)
            if shape and not (input_transformer and shape.takes_transformer):
                names, types, each, _ = shape
                written: dict[str, Any] = {}
                for key, item in value.items():
                    wire = (names.get(key) or key) if names else key
                    written[wire] = (
                        item
                        if type(item) in _PROMPT
                        else await serialize_property(
                            item,
                            deps,
                            key,
                            resource_obj,
                            input_transformer,
                            types.get(wire) if types is not None else each,
                            False,
                            exclude_resource_refs_from_deps,
                        )
                    )
                return written
        elif kind is list:
            element = _element(typ)
            if element is not _MISFIT:
                return [
                    item
                    if type(item) in _PROMPT
                    else await serialize_property(
                        item,
                        deps,
                        property_key,
                        resource_obj,
                        input_transformer,
                        element,
                        False,
                        exclude_resource_refs_from_deps,
                    )
                    for item in value
                ]
        elif kind is Output or kind is _Asked:
            data = await value._data
            if type(data.value) in _PROMPT and not data.is_secret:
                if deps is not None:
                    deps.extend(data.resources)
                return data.value if data.is_known else rpc.UNKNOWN
        elif _types.is_input_type(kind):
            types = _types.input_type_types(kind)
            return {
                key: item
                if type(item) in _PROMPT
                else await serialize_property(
                    item,
                    deps,
                    property_key,
                    resource_obj,
                    input_transformer,
                    types.get(key),
                    False,
                    exclude_resource_refs_from_deps,
                )
                for key, item in _types.input_type_to_dict(value).items()
            }
    return await _serialize_property(
        value,
        deps,
        property_key,
        resource_obj,
        input_transformer,
        typ,
        keep_output_values,
        exclude_resource_refs_from_deps,
        return_protobuf_value,
    )


def _shape(typ: Any) -> _Shape | None:
    known = _shapes.get(id(typ))
    if known is None:
        known = _shapes[id(typ)] = (typ, _shape_of(unwrap_type(typ) if typ else typ))
    return known[1]


def _shape_of(typ: Any) -> _Shape | None:
    """None where the value itself decides, which of several types it is."""
    if typ is None or typ is Any:
        return _Shape(None, None, None, True)
    if _types.is_discriminated_union(typ):
        return None
    if _types.is_input_type(typ):
        return _Shape(_types.input_type_py_to_pulumi_names(typ), _types.input_type_types(typ), None, False)
    items = typing.get_args(typ)
    if typ is dict or typing.get_origin(typ) in (dict, abc.Mapping):
        is_of_texts = len(items) == 2 and items[0] is str
        return _Shape(None, None, items[1] if is_of_texts else None, not is_of_texts)
    return _Shape(None, None, None, False)


def _element(typ: Any) -> Any:
    known = _elements.get(id(typ))
    if known is None:
        try:
            unwrapped = unwrap_type(typ) if typ else typ
            found = rpc._get_list_element_type(None if unwrapped is Any else unwrapped)
        except AssertionError:  # the SDK says it better, with the value's place
            found = _MISFIT
        known = _elements[id(typ)] = (typ, found)
    return known[1]


class _Resolvers(dict[str, Callable[..., None]]):
    """What settles each output of a resource, and the answer that they share."""

    def __init__(self, answer: _Answer) -> None:
        super().__init__()
        self.answer = answer


class _Answer:
    """What is known of a resource's outputs: nothing yet, each by itself, or how to make each of them."""

    __slots__ = ("_asked", "_given", "_make", "_resource")

    def __init__(self, resource: Any) -> None:
        self._resource = resource
        self._asked: dict[str, asyncio.Future[_OutputData[Any]]] = {}
        self._given: dict[str, tuple[Any, bool, bool, Iterable[Any] | None, Exception | None]] = {}
        self._make: Callable[[str], tuple[Any, bool, bool]] | None = None

    def ask(self, name: str) -> asyncio.Future[_OutputData[Any]]:
        """The future of an output; there is one only where somebody asks."""
        future = self._asked.get(name)
        if future is None:
            future = self._asked[name] = asyncio.get_running_loop().create_future()
            if name in self._given:
                self._settle(future, *self._given[name])
            elif self._make:
                self._settle_made(future, name)
        return future

    def give(
        self,
        name: str,
        value: Any,
        is_known: bool,
        is_secret: bool,
        deps: Iterable[Any] | None,
        failed: Exception | None,
    ) -> None:
        """An output's value, or why there is none."""
        self._given[name] = (value, is_known, is_secret, deps, failed)
        if name in self._asked:
            self._settle(self._asked[name], value, is_known, is_secret, deps, failed)

    def make_by(self, make: Callable[[str], tuple[Any, bool, bool]]) -> None:
        """From now on every output can be made."""
        self._make = make
        for name, future in self._asked.items():
            self._settle_made(future, name)

    def _settle_made(self, future: asyncio.Future[_OutputData[Any]], name: str) -> None:
        assert self._make
        try:
            value, is_known, is_secret = self._make(name)
            self._settle(future, value, is_known, is_secret, None, None)
        except Exception as error:
            future.set_exception(error)

    def _settle(
        self,
        future: asyncio.Future[_OutputData[Any]],
        value: Any,
        is_known: bool,
        is_secret: bool,
        deps: Iterable[Any] | None,
        failed: Exception | None,
    ) -> None:
        if failed is not None:
            future.set_exception(failed)
        else:
            future.set_result(_OutputData({self._resource, *(deps or ())}, value, is_known, is_secret))


class _Asked(Output[Any]):
    """An output that has a future only once somebody asks. A failure is the registration's too, and reported there."""

    _answer: _Answer
    _name: str

    @property
    def _data(self) -> asyncio.Future[_OutputData[Any]]:  # type: ignore[override]
        return self._answer.ask(self._name)


def transfer_properties(res: Any, props: Iterable[str], custom: bool) -> dict[str, Callable[..., None]]:
    """One answer for all properties, and none of the SDK's four futures and a task for each."""
    answer = _Answer(res)
    resolvers = _Resolvers(answer)
    outputs = res.__dict__
    for name in props:
        if name == "urn" or (name == "id" and custom):
            continue
        resolvers[name] = partial(answer.give, name)
        output = object.__new__(_Asked)
        output._answer = answer
        output._name = name
        outputs[name] = output
    return resolvers


def resolve_outputs(
    res: Any,
    serialized_props: Any,
    outputs: Any,
    deps: Mapping[str, set[Any]],
    resolvers: dict[str, Callable[..., None]],
    custom: bool,
    transform_using_type_metadata: bool = False,
    keep_unknowns: bool = False,
    resolve_missing_as_unknown: bool = False,
) -> None:
    """Keeps the answer; an output that nobody reads is never translated."""
    sdk: Any = settings.SETTINGS
    is_ours = custom and not outputs.fields and isinstance(sdk.monitor, RecordingMonitor)
    given: Mapping[str, Any] = sdk.monitor.known_outputs(res.__dict__["urn"]._data.result().value) if is_ours else {}
    if is_ours and transform_using_type_metadata and isinstance(resolvers, _Resolvers):
        resolvers.answer.make_by(partial(_made, res, given, keep_unknowns))
    else:
        _resolve_outputs(
            res,
            serialized_props,
            to_struct(given) if is_ours else outputs,
            deps,
            resolvers,
            custom,
            transform_using_type_metadata,
            keep_unknowns,
            resolve_missing_as_unknown,
        )


def _made(res: Any, given: Mapping[str, Any], keep_unknowns: bool, name: str) -> tuple[Any, bool, bool]:
    """Value, whether it is known and whether it is secret, as the SDK has them in a preview: what is missing is unknown."""
    kind = type(res)
    wire = _wire_names(kind).get(name) or name
    if wire not in given:
        return None, False, False
    value = rpc.translate_output_properties(
        rpc.deserialize_property(to_struct({wire: given[wire]})[wire], keep_unknowns),
        _as_it_is,
        _output_types(kind).get(wire),
        True,
        path=rpc._Path(name, resource=str(res._name)),
    )
    plain = rpc.unwrap_rpc_secret(value)
    return plain, plain is not None, rpc.is_rpc_secret(value)


@cache
def _wire_names(kind: type) -> Mapping[str, str]:
    return _types.resource_py_to_pulumi_names(kind)


@cache
def _output_types(kind: type) -> Mapping[str, Any]:
    return _types.resource_types(kind)


def _as_it_is(key: str) -> str:
    return key
