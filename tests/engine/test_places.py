"""Where adoption looks for a resource is where the local Azure, a second reading of the sources, has it."""

from pathlib import Path

import pytest

from environments import Environment, load_estate
from hubkeeper.engine.adoption import places_of
from hubkeeper.local_azure.types import REGISTRY
from hubkeeper.project import find_project
from hubkeeper.recording import record_described, record_environment
from plan import Plan

#: Not looked for: a name says not which service of a store it is for.
NOT_LOOKED_FOR = {"azure-native:monitor:DiagnosticSetting", "azure-native:consumption:Budget"}


@pytest.mark.parametrize("environment", ["dev", "test", "prod"])
def test_every_resource_is_looked_for_where_it_is(environment: str, project_root: Path) -> None:
    assert_found(record_environment(find_project(project_root), environment))


def test_so_is_every_part_of_a_network_and_of_the_scope_of_its_telemetry(project_root: Path) -> None:
    described = load_estate(project_root / "examples/private-network/environments")["prod"].model_dump(
        exclude_unset=True
    )
    described["telemetry"]["private_link"] = {"ingestion_access_mode": "Open", "query_access_mode": "Open"}
    plan = record_described(find_project(project_root), Environment.model_validate(described))
    assert plan.of_type("azure-native:monitor:PrivateLinkScope")
    assert_found(plan)


def assert_found(plan: Plan) -> None:
    places = places_of(plan)
    azure = {urn: one for urn, one in plan.resources.items() if one.type.startswith("azure-native:")}
    assert {one.type for urn, one in azure.items() if urn not in places} <= NOT_LOOKED_FOR
    (provider,) = plan.of_type("pulumi:providers:azure-native")
    for urn, place in places.items():
        resource = azure[urn]
        names = {key: value for key, value in resource.inputs.items() if isinstance(value, str)}
        known = {**names, "subscriptionId": provider.inputs["subscriptionId"], "scope": place.inputs.get("scope")}
        assert place.id == REGISTRY[resource.type].id_form.format(**known)


def test_what_is_put_into_the_state_is_only_what_the_id_is_made_of(project_root: Path) -> None:
    plan = record_environment(find_project(project_root), "prod")
    for urn, place in places_of(plan).items():
        assert place.inputs, urn
        assert all(value in place.id for value in place.inputs.values())
