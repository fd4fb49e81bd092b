"""A Pulumi program that registers the resources of a plan as they are, so that the engine and `check` get the same fixtures."""

import asyncio
from pathlib import Path
from typing import Any

import pulumi

from plan import UNKNOWN, Plan, Resource, Secret

#: What the program of a folder registers. It runs in this process, in the engine's preview as in a recording.
PLANS: dict[Path, Plan] = {}
PROGRAM = """from pathlib import Path

from tests.engine.registering import PLANS, register

register(PLANS[Path(__file__).parent])
"""


def register(plan: Plan) -> None:
    """Registers every resource of a plan, what it needs first."""
    made: dict[str, pulumi.Resource] = {}

    def make(urn: str) -> pulumi.Resource:
        if urn not in made:
            one = plan.resources[urn]
            needed = {name: [make(it) for it in urns] for name, urns in one.property_dependencies.items()}
            made[urn] = _registered(one, make(one.parent) if one.parent else None, needed)
        return made[urn]

    for urn in plan.resources:
        make(urn)
    for name, value in plan.outputs.items():
        pulumi.export(name, _leaves(value, frozenset()))


def _registered(
    one: Resource, parent: pulumi.Resource | None, needed: dict[str, list[pulumi.Resource]]
) -> pulumi.Resource:
    options = pulumi.ResourceOptions(parent=parent, protect=one.protect, ignore_changes=list(one.ignore_changes))
    if not one.custom:
        return pulumi.ComponentResource(one.type, one.name, {}, options)
    inputs = {name: _input(value, frozenset(needed.get(name, ()))) for name, value in one.inputs.items()}
    options.retain_on_delete = one.retain_on_delete
    return pulumi.CustomResource(one.type, one.name, inputs, options)


def _input(value: Any, needed: frozenset[pulumi.Resource]) -> Any:
    """A value as a program gives it: what comes from another resource is an output of it."""
    plain = _leaves(value, needed)
    is_told = value is UNKNOWN or not needed
    return plain if is_told or _holds_unknown(value) else _output(plain, needed)


def _leaves(value: Any, needed: frozenset[pulumi.Resource]) -> Any:
    match value:
        case Secret():
            return pulumi.Output.secret(_leaves(value.value, needed))
        case dict():
            return {key: _leaves(item, needed) for key, item in value.items()}
        case list():
            return [_leaves(item, needed) for item in value]
    return _output(None, needed, known=False) if value is UNKNOWN else value


def _holds_unknown(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value is UNKNOWN or any(map(_holds_unknown, inner))


def _output(value: Any, needed: frozenset[pulumi.Resource], *, known: bool = True) -> pulumi.Output[Any]:
    return pulumi.Output(set(needed), _settled(value), _settled(known))


def _settled(value: Any) -> "asyncio.Future[Any]":
    future: asyncio.Future[Any] = asyncio.Future()
    future.set_result(value)
    return future
