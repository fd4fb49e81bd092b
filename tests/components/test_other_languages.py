"""Components as `pulumi package add` offers them to programs in other languages."""

import json
import typing
from collections.abc import Callable
from typing import Any

import pulumi
import pytest
from pulumi.provider.experimental.component import ComponentProvider

import components
from plan import UNKNOWN, Plan

COMPONENTS = [
    kind
    for kind in (getattr(components, name) for name in components.__all__)
    if isinstance(kind, type) and issubclass(kind, pulumi.ComponentResource)
]


# On plans, backends and bounds that the shipped environments do not have, and what each of them may ask for.
NOT_SHIPPED = (
    "Budget", "FlexFunctionApp", "HubOperators", "LoadScaling", "OperatorRoles", "PrivateEndpoint", "PrivateNetwork",
    "TaskHubDatabase", "TaskHubScheduler", "TelemetryLink",
)  # fmt: skip


@pytest.fixture(scope="module")
def provider() -> ComponentProvider:
    return ComponentProvider(COMPONENTS, "hubkeeper")


@pytest.fixture(scope="module")
def schema(provider: ComponentProvider) -> dict[str, Any]:
    assert provider.schema is not None
    read: dict[str, Any] = json.loads(provider.schema)
    return read


def test_every_component_is_offered(schema: dict[str, Any]) -> None:
    assert {"DurableApp", "FlexFunctionApp", "TaskHubStore"} < {kind.__name__ for kind in COMPONENTS}
    assert schema["resources"].keys() == {f"hubkeeper:index:{kind.__name__}" for kind in COMPONENTS}


def test_a_component_of_another_language_has_the_type_it_has_here(
    schema: dict[str, Any], plans: dict[str, Plan]
) -> None:
    here = {one.type for one in plans["prod"].resources.values() if one.type.startswith("hubkeeper:")}
    elsewhere = {f"hubkeeper:index:{kind}" for kind in NOT_SHIPPED}
    assert here | elsewhere == schema["resources"].keys()


@pytest.mark.parametrize("kind", COMPONENTS, ids=lambda kind: kind.__name__)
def test_every_input_and_output_says_what_it_is(kind: type, schema: dict[str, Any]) -> None:
    offered = schema["resources"][f"hubkeeper:index:{kind.__name__}"]
    assert offered["description"]
    silent = [
        name
        for side in ("inputProperties", "properties")
        for name, node in offered[side].items()
        if "description" not in node
    ]
    assert silent == []


def test_every_part_of_the_arguments_says_what_it_is(schema: dict[str, Any]) -> None:
    assert {name.rsplit(":", 1)[-1] for name in schema["types"]} == {
        "AlertSplit",
        "AppNetworkSpec",
        "AuthenticationArgs",
        "DatabaseSpec",
        "DiagnosticArgs",
        "EndpointSpec",
        "FlexScale",
        "Grant",
        "LifecycleRuleArgs",
        "LinkedResource",
        "LinkedZone",
        "LogAlertArgs",
        "LongTermSpec",
        "MetricAlertArgs",
        "OperatorRoleArgs",
        "SiteAccess",
        "SourceArgs",
        "OwnNetwork",
        "OwnScope",
        "SchedulerSpec",
        "ScopeEndpoint",
        "SiteArgs",
        "SiteNetwork",
        "SlotSettings",
        "SubnetSpec",
    }
    silent = [
        f"{name}.{key}"
        for name, node in schema["types"].items()
        for key, part in node["properties"].items()
        if "description" not in part
    ]
    assert silent == []


@pytest.mark.parametrize("kind", COMPONENTS, ids=lambda kind: kind.__name__)
def test_what_may_be_left_out_there_may_be_left_out_here(kind: type, schema: dict[str, Any]) -> None:
    args = typing.get_type_hints(kind.__init__)["args"]
    offered = schema["resources"][f"hubkeeper:index:{kind.__name__}"]
    assert len(offered["requiredInputs"]) == len(args.__required_keys__)
    assert len(offered["inputProperties"]) == len(args.__annotations__)


def test_a_program_in_another_language_gets_the_resources_and_the_outputs(
    provider: ComponentProvider, recorded: Callable[[Callable[[], object]], Plan]
) -> None:
    site = {
        "resourceGroupName": "rg-own",
        "location": "westeurope",
        "siteName": "func-own",
        "planId": "/plans/own",
        "identityId": "/identities/own",
        "linuxFxVersion": "Node|22",
        "alwaysOn": False,
        "elasticMinimumInstances": 2.0,
        "appSettings": {"TASKHUB_NAME": "ownhub"},
        "tags": {"owner": "orders"},
    }

    def program() -> None:
        inputs: dict[str, Any] = {"site": site, "stickySettings": ["TASKHUB_NAME"]}
        made = provider.construct("own", "hubkeeper:index:FunctionApp", inputs)
        pulumi.export("state", made.state)

    plan = recorded(program)
    assert plan.outputs["state"] == {"siteId": UNKNOWN, "hostName": UNKNOWN, "settledName": "func-own"}
    [one] = plan.of_type("azure-native:web:WebApp")
    assert one.inputs["siteConfig"]["appSettings"] == [{"name": "TASKHUB_NAME", "value": "ownhub"}]
    assert one.inputs["siteConfig"]["minimumElasticInstanceCount"] == 2


def test_settings_and_grants_keep_their_own_names_on_the_way(
    provider: ComponentProvider, recorded: Callable[[Callable[[], object]], Plan]
) -> None:
    def program() -> None:
        grant = {"name": "one", "roleDefinitionId": "role-1", "scope": "/stores/own", "scopeKey": "stown"}
        inputs: dict[str, Any] = {
            "resourceGroupName": "rg-own",
            "location": "westeurope",
            "identityName": "id-own",
            "subscriptionId": "7c4e91d0-2a35-4b86-8f1e-52d90a6b3c27",
            "grants": [grant],
            "tags": {"cost-center": "4711"},
        }
        provider.construct("own", "hubkeeper:index:AppIdentity", inputs)

    plan = recorded(program)
    [role] = plan.of_type("azure-native:authorization:RoleAssignment")
    assert role.inputs["roleDefinitionId"].endswith("/role-1")
    [identity] = plan.of_type("azure-native:managedidentity:UserAssignedIdentity")
    assert identity.inputs["tags"] == {"cost-center": "4711"}
