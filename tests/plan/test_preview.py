"""Values that only Azure will know: what a provider would answer in a preview, without a provider."""

from collections.abc import Callable
from typing import Any

import pulumi
from pulumi import CustomResource, Input, Output
from pulumi_azure_native import authorization, managedidentity, resources, web

from plan import UNKNOWN, Plan, record


def recorded(program: Callable[[], object]) -> Plan:
    return record(program, project="sample", stack="dev")


def named(plan: Plan, name: str) -> dict[str, Any]:
    return next(resource.inputs for resource in plan.resources.values() if resource.name == name)


class Thing(CustomResource):
    def __init__(self, name: str, **inputs: Input[object]) -> None:
        super().__init__("sample:index:Thing", name, inputs)


def test_identities_go_in_as_a_list_and_come_out_as_a_map() -> None:
    def program() -> None:
        identity = managedidentity.UserAssignedIdentity("identity", resource_name_="id", resource_group_name="rg")
        cases: dict[str, Input[str]] = {"known": "/identities/one", "unknown": identity.id}
        for name, identity_id in cases.items():
            app = web.WebApp(
                name,
                name=name,
                resource_group_name="rg",
                identity=web.ManagedServiceIdentityArgs(
                    type=web.ManagedServiceIdentityType.USER_ASSIGNED, user_assigned_identities=[identity_id]
                ),
            )
            principal = app.identity.apply(lambda found: found.user_assigned_identities if found else None)
            pulumi.export(name, principal)

    plan = recorded(program)
    client = {"clientId": UNKNOWN, "principalId": UNKNOWN}
    outputs = {
        app.name: app.outputs["identity"]["userAssignedIdentities"] for app in plan.of_type("azure-native:web:WebApp")
    }
    assert outputs == {"known": {"/identities/one": client}, "unknown": UNKNOWN}


def test_an_unknown_principal_reaches_its_role_assignment_as_unknown() -> None:
    def program() -> None:
        identity = managedidentity.UserAssignedIdentity("identity", resource_name_="id", resource_group_name="rg")
        authorization.RoleAssignment(
            "role",
            principal_id=identity.principal_id,
            principal_type="ServicePrincipal",
            role_definition_id="/role",
            scope=Output.concat("/x", identity.id),
        )

    inputs = named(recorded(program), "role")
    assert (inputs["principalId"], inputs["scope"]) == (UNKNOWN, UNKNOWN)
    assert (inputs["principalType"], inputs["roleDefinitionId"]) == ("ServicePrincipal", "/role")


def test_what_is_only_looked_up_is_marked_and_its_values_are_unknown() -> None:
    def program() -> None:
        found = resources.ResourceGroup.get("shared", "/subscriptions/s/resourceGroups/shared")
        Thing("inside", location=found.location, group=found.id)

    plan = recorded(program)
    assert plan.of_type("azure-native:resources:ResourceGroup")[0].external
    assert named(plan, "inside") == {"group": "/subscriptions/s/resourceGroups/shared", "location": UNKNOWN}


def test_a_stack_reference_gives_unknown_values() -> None:
    def program() -> None:
        other = pulumi.StackReference("organization/other/prod")
        Thing("user", network=other.get_output("network"))

    assert named(recorded(program), "user") == {"network": UNKNOWN}


def test_a_provider_function_is_answered_by_whoever_the_caller_names() -> None:
    def program() -> None:
        thing = Thing("new")
        pulumi.export("who", authorization.get_client_config().client_id)
        asked = pulumi.InvokeOutputOptions(depends_on=[thing])
        pulumi.export("later", authorization.get_client_config_output(opts=asked).client_id)

    asked: list[str] = []

    def answer(token: str, arguments: dict[str, object]) -> dict[str, object]:
        asked.append(token)
        return {"clientId": "me", **arguments}

    plan = record(program, project="sample", stack="dev", lookup=answer)
    assert asked == ["azure-native:authorization:getClientConfig"], "nobody asks about what does not exist yet"
    assert plan.outputs == {"who": "me", "later": UNKNOWN}
