"""Calls the policies of the pack as the engine does, in process: each resource's inputs first, then the stack with its outputs."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyCustomTimeouts,
    PolicyResource,
    PolicyResourceOptions,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
    proxy,
)

from plan import UNKNOWN, Plan, Resource, Secret
from plan.urns import STACK_TYPE, build_urn
from policies.project import Description
from tests.policies.world import World

Told = tuple[str, EnforcementLevel, str, str | None]
"""Policy, its level, message, URN."""


def described_in(folder: Path, world: World) -> Description:
    """A project in the folder that has the world's descriptions, and the host.json files that they name."""
    (folder / "environments").mkdir()
    for one in (world.described, *world.elsewhere):
        described = {key: value for key, value in one.items() if key != "name"}
        (folder / "environments" / f"{one['name']}.yaml").write_text(yaml.dump(described))
    for file in world.host_json.values():
        if file.text is not None:
            (folder / file.shown).parent.mkdir(exist_ok=True)
            (folder / file.shown).write_text(file.text)
    return Description(folder)


def told_by(policies: Iterable[Policy], plan: Plan) -> list[Told]:
    """What a pack reports of a plan. Outputs lack the settings, as Azure's do."""
    policies = list(policies)
    return [*_of_resources(policies, plan), *_of_stack(policies, plan)]


def _of_resources(policies: list[Policy], plan: Plan) -> Iterator[Told]:
    for resource in plan.resources.values():
        props = proxy.unknown_checking_proxy(wire(resource.inputs))
        for policy in policies:
            if isinstance(policy, ResourceValidationPolicy):
                args = ResourceValidationArgs(
                    resource.type, props, resource.urn, resource.name, _options(resource), None
                )
                yield from _called(policy, args, resource.urn)


def _of_stack(policies: list[Policy], plan: Plan) -> Iterator[Told]:
    shown = {urn: _policy_resource(resource) for urn, resource in plan.resources.items()}
    for urn, resource in plan.resources.items():
        shown[urn].parent = shown.get(resource.parent)
        shown[urn].dependencies = [shown[one] for one in resource.dependencies]
        shown[urn].property_dependencies = {
            name: [shown[one] for one in urns if one in shown] for name, urns in resource.property_dependencies.items()
        }
    if plan.outputs:
        urn = build_urn(plan.stack, plan.project, "", STACK_TYPE, f"{plan.project}-{plan.stack}")
        root = Resource(urn, STACK_TYPE, f"{plan.project}-{plan.stack}", "", False, plan.outputs)
        shown[urn] = _policy_resource(root)
    for policy in policies:
        if isinstance(policy, StackValidationPolicy):
            yield from _called(policy, StackValidationArgs(list(shown.values())), None)


def _called(policy: Any, args: Any, own: str | None) -> list[Told]:
    told: list[Told] = []
    level = policy.enforcement_level or EnforcementLevel.MANDATORY

    def report(message: str, urn: str | None = None) -> None:
        told.append((policy.name, level, message, own or urn))

    policy.validate(args, report)
    return told


def _policy_resource(resource: Resource) -> PolicyResource:
    outputs = {key: value for key, value in resource.inputs.items() if key != "siteConfig"}
    props = proxy.unknown_checking_proxy(wire({**outputs, "siteConfig": {"appSettings": None}}))
    return PolicyResource(resource.type, props, resource.urn, resource.name, _options(resource), None, None, [], {})


def _options(resource: Resource) -> PolicyResourceOptions:
    return PolicyResourceOptions(
        resource.protect, list(resource.ignore_changes), None, [], PolicyCustomTimeouts(0, 0, 0), [], resource.parent
    )


def wire(value: Any) -> Any:
    """A value as the SDK hands it to policies: unknowns as markers, numbers as floats, secrets as `decode_once` leaves them."""
    match value:
        case Secret():
            return Secret(wire(value.value))
        case Mapping():
            return {key: wire(item) for key, item in value.items()}
        case list():
            return [wire(item) for item in value]
        case bool():
            return value
        case int():
            return float(value)
    return proxy.UNKNOWN_STRING_VALUE if value is UNKNOWN else value
