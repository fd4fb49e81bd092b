"""Ways to break a sound world, one thing at a time."""

from typing import Any

from plan import Resource
from tests.policies.world import Change, World


def put(resource: str, path: str, value: Any) -> Change:
    """Sets one input; a dotted path."""

    def change(world: World) -> None:
        *steps, last = path.split(".")
        _inside(world[resource], steps)[last] = value

    return change


def drop(resource: str, path: str) -> Change:
    """Takes one input away."""

    def change(world: World) -> None:
        *steps, last = path.split(".")
        del _inside(world[resource], steps)[last]

    return change


def setting(resource: str, name: str, value: Any) -> Change:
    """Sets an application setting."""

    def change(world: World) -> None:
        unset(resource, name)(world)
        world[resource].inputs["siteConfig"]["appSettings"].append({"name": name, "value": value})

    return change


def unset(resource: str, name: str) -> Change:
    """Takes an application setting away."""

    def change(world: World) -> None:
        config = world[resource].inputs["siteConfig"]
        config["appSettings"] = [one for one in config["appSettings"] if one["name"] != name]

    return change


def exported(**outputs: Any) -> Change:
    """Sets outputs of the stack."""

    def change(world: World) -> None:
        world.plan.outputs.update(outputs)

    return change


def without(*resources: str) -> Change:
    """Takes resources out of the plan."""

    def change(world: World) -> None:
        for name in resources:
            del world.plan.resources[world[name].urn]

    return change


def described(path: str, value: Any) -> Change:
    """Sets one value of the description; None takes it away."""

    def change(world: World) -> None:
        *steps, last = path.split(".")
        values = world.described
        for step in steps:
            values = values[step]
        values[last] = value
        if value is None:
            del values[last]

    return change


def both(*changes: Change) -> Change:
    """Several changes."""

    def change(world: World) -> None:
        for one in changes:
            one(world)

    return change


def _inside(resource: Resource, steps: list[str]) -> dict[str, Any]:
    values = resource.inputs
    for step in steps:
        values = values[step]
    return values
