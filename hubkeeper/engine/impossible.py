"""Stops a run that Azure would stop half-way: names that are still held, and plans that cannot go while they are used."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from environments import catalogue
from environments.replacements import called, name_in_azure, replacements
from hubkeeper.engine.guard import Step, plain_type, text_at
from hubkeeper.engine.impossible_databases import impossible_databases
from hubkeeper.engine.impossible_networks import impossible_networks
from hubkeeper.engine.impossible_stores import impossible_stores

_PLAN = "azure-native:web:AppServicePlan"
_GROUP = "azure-native:resources:ResourceGroup"
_REPLACES = {"replace", "create-replacement", "delete-replaced"}


def impossible(steps: Sequence[Step]) -> list[str]:
    """A line for each step that Azure is certain to refuse, in any tier: before anything is touched is the time to know it."""
    return sorted(
        {
            *_names_held(steps),
            *_plans_in_use(steps),
            *impossible_networks(steps),
            *impossible_databases(steps),
            *impossible_stores(steps),
        }
    )


def _names_held(steps: Sequence[Step]) -> Iterator[str]:
    """The engine makes what is new before it deletes what is gone, and a name in Azure is taken until then."""
    held = {_id(step.type, step.inputs) for step in steps if step.op == "delete"} - {None}
    taken = [step for step in steps if step.op == "create" and _id(step.type, step.inputs) in held]
    known = [step for step in taken if name_in_azure(plain_type(step.type), step.inputs or {})]
    for step in known or taken:
        yield (
            f"{called(plain_type(step.type))} {step.name} would be made anew while the old one still has the name, and goes only "
            "afterwards: give another name (`names: {…}`)"
        )


def _plans_in_use(steps: Sequence[Step]) -> Iterator[str]:
    """No plan is deleted while an application is on it; to Flex Consumption and back none changes with one on it.

    terraform-provider-azurerm issue 13377; "Migrate Consumption plan apps to the Flex Consumption plan", 2026.
    """
    if any(plain_type(step.type) == _GROUP and step.op in _REPLACES for step in steps):
        return  # then all that is in the group goes before its plans
    for step in steps:
        if plain_type(step.type) != _PLAN:
            continue
        before, after = _hosting(step.inputs), _hosting(step.wanted)
        if step.op in _REPLACES and _id(step.type, step.inputs) == _id(step.type, step.wanted):
            because = f"changed: {', '.join(step.keys)}" if step.keys else "another one"
            yield (
                f"plan {step.name} would be replaced ({because}) under the name it has, and none can be deleted while an "
                "application is on it: give the new one another name (`names: {plan: …}`)"
            )
        elif step.op == "update" and before != after and "flex" in (before, after):
            yield (
                f"plan {step.name} would go from {before} to {after}, and no application is moved there: give plan and "
                "function app other names (`names: {plan: …, function_app: …}`)"
            )


def _hosting(inputs: Mapping[str, Any] | None) -> str | None:
    known = catalogue.plans().get(text_at(inputs, "sku.name"))
    return known.hosting if known else None


def _id(token: str, inputs: Mapping[str, Any] | None) -> tuple[str, ...] | None:
    """What the id in Azure is made of, as Azure compares it; None where that is not known before the run."""
    facts = replacements().get(plain_type(token))
    parts = [(inputs or {}).get(key) for key in facts.id] if facts else []
    texts = [part.lower() for part in parts if isinstance(part, str) and not part.startswith(_UNKNOWN)]
    return (plain_type(token), *texts) if parts and len(texts) == len(parts) else None


#: How the engine's events write what is not known yet. pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go, 3.255.
_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
