"""Stops a run that Azure would stop half-way in a private network: what is in use there, and what an endpoint keeps for good.

pulumi/registry issue 6396, Azure/bicep issue 14470 and Azure/bicep-registry-modules issue 1513, read 2026-11-23.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hubkeeper.engine.guard import Step, plain_type, text_at

_ENDPOINT = "azure-native:network:PrivateEndpoint"
_GROUP = "azure-native:resources:ResourceGroup"
_IN_USE = {
    "azure-native:network:VirtualNetwork": ("virtual network", "virtualNetworkName"),
    "azure-native:network:Subnet": ("subnet", "subnetName"),
}
_REPLACES = {"replace", "create-replacement", "delete-replaced"}


def impossible_networks(steps: Sequence[Step]) -> Iterator[str]:
    """A line for each step on a network that is certain to be refused."""
    if any(plain_type(step.type) == _GROUP and step.op in _REPLACES for step in steps):
        return  # then all that is in the group goes with it
    for step in steps:
        token = plain_type(step.type)
        if token in _IN_USE and step.op in _REPLACES:
            what, key = _IN_USE[token]
            yield (
                f"{what} {text_at(step.inputs, key)} would be replaced, and none goes while an application or a private endpoint "
                "is in it: leave the name that it has, under `names:` if it is not the derived one"
            )
        elif token == _ENDPOINT and step.op == "update":
            yield from _kept(step)


def _kept(step: Step) -> Iterator[str]:
    """What Azure changes of no endpoint. Ids that are not known before the run are left to it."""
    name = text_at(step.inputs, "privateEndpointName")
    before, after = _of(step.inputs), _of(step.wanted)
    for key, was in before.items():
        if was != after[key]:
            yield (
                f"private endpoint {name} would get the {key.replace('_', ' ')} {after[key] or '(none)'} in place of "
                f"{was or '(none)'}, which Azure refuses: say what it has (`names: {{private_endpoints: {{…: {{{key}: …}}}}}}`)"
            )
    subnets = [text_at(inputs, "subnet.id").lower() for inputs in (step.inputs, step.wanted)]
    if all(one.startswith("/") for one in subnets) and subnets[0] != subnets[1]:
        yield (
            f"private endpoint {name} would move to another subnet, which Azure refuses: give the new one another name "
            "(`names: {private_endpoints: {…: {name: …}}}`)"
        )


def _of(inputs: Mapping[str, Any] | None) -> dict[str, str]:
    listed = (inputs or {}).get("privateLinkServiceConnections")
    first = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], Mapping) else {}
    return {
        "network_interface_name": text_at(inputs, "customNetworkInterfaceName"),
        "private_service_connection_name": text_at(first, "name"),
    }
