"""What an environment of the shipped estate becomes: names, tags, protection, order, and the handoff."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from environments import Environment, Estate, task_hubs
from plan import Plan, Resource, Secret
from tests.components.dependencies import needs

ROLE = "azure-native:authorization:RoleAssignment"
SITES = ("azure-native:web:WebApp", "azure-native:web:WebAppSlot")
NO_TAGS = {
    ROLE,
    "azure-native:authorization:ManagementLockByScope",
    "azure-native:monitor:DiagnosticSetting",
    "azure-native:storage:BlobContainer",
    "azure-native:storage:BlobServiceProperties",
    "azure-native:storage:ManagementPolicy",
    "azure-native:web:WebAppAuthSettingsV2",
    "azure-native:web:WebAppAuthSettingsV2Slot",
    "azure-native:web:WebAppFtpAllowed",
    "azure-native:web:WebAppFtpAllowedSlot",
    "azure-native:web:WebAppScmAllowed",
    "azure-native:web:WebAppScmAllowedSlot",
    "azure-native:web:WebAppSlotConfigurationNames",
}
# The input that names a resource in Azure; where there is none, the name is of the parent resource.
NAMED_BY = {
    "azure-native:resources:ResourceGroup": "resourceGroupName",
    "azure-native:operationalinsights:Workspace": "workspaceName",
    "azure-native:applicationinsights:Component": "resourceName",
    "azure-native:applicationinsights:Workbook": "resourceName",
    "azure-native:managedidentity:UserAssignedIdentity": "resourceName",
    "azure-native:storage:StorageAccount": "accountName",
    "azure-native:storage:BlobServiceProperties": "blobServicesName",
    "azure-native:storage:ManagementPolicy": "managementPolicyName",
    "azure-native:storage:BlobContainer": "containerName",
    "azure-native:keyvault:Vault": "vaultName",
    ROLE: "roleAssignmentName",
    "azure-native:authorization:ManagementLockByScope": "lockName",
    "azure-native:monitor:ActionGroup": "actionGroupName",
    "azure-native:monitor:MetricAlert": "ruleName",
    "azure-native:monitor:ScheduledQueryRule": "ruleName",
}
# Azure keeps these in no region.
GLOBAL = {"azure-native:monitor:ActionGroup", "azure-native:monitor:MetricAlert"}


def of_azure(plan: Plan) -> Iterator[Resource]:
    return (resource for resource in plan.resources.values() if resource.type.startswith("azure-native:"))


def app_of(plan: Plan, resource: Resource) -> str | None:
    above = (one.name for one in plan.ancestors(resource) if one.type == "hubkeeper:index:DurableApp")
    return next(above, None)


def leaves(value: object, at: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{at}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, at)
    else:
        yield at, value


@pytest.mark.parametrize(("name", "protected"), [("dev", False), ("test", True), ("prod", True)])
def test_what_holds_hubs_is_protected_but_in_development(name: str, protected: bool, plans: dict[str, Plan]) -> None:
    plan = plans[name]
    holders = [
        *plan.of_type("azure-native:resources:ResourceGroup"),
        *plan.of_type("azure-native:storage:StorageAccount"),
    ]
    assert len(holders) == 4
    assert {holder.protect for holder in holders} == {protected}


def test_nothing_else_is_protected_so_that_it_can_be_replaced(plans: dict[str, Plan]) -> None:
    protected = {resource.type for resource in plans["prod"].resources.values() if resource.protect}
    assert protected == {"azure-native:resources:ResourceGroup", "azure-native:storage:StorageAccount"}


@pytest.mark.parametrize("name", ["dev", "test", "prod"])
def test_every_resource_of_an_application_carries_its_owner(name: str, estate: Estate, plans: dict[str, Plan]) -> None:
    plan, environment = plans[name], estate[name]
    untagged = {resource.type for resource in of_azure(plan) if "tags" not in resource.inputs}
    assert untagged <= NO_TAGS
    for resource in of_azure(plan):
        if resource.type not in NO_TAGS:
            app = app_of(plan, resource)
            tags = resource.inputs["tags"]
            assert tags == environment.tags_of(app)
            assert tags["owner"] == (environment.owner_of(app) if app else environment.owner).team


@pytest.mark.parametrize("name", ["dev", "test", "prod"])
def test_everything_goes_to_the_subscription_and_the_region_of_the_description(
    name: str, estate: Estate, plans: dict[str, Plan]
) -> None:
    plan, environment = plans[name], estate[name]
    [provider] = plan.of_type("pulumi:providers:azure-native")
    assert provider.inputs["subscriptionId"] == environment.subscription_id
    assert provider.inputs["tenantId"] == environment.tenant_id
    for resource in of_azure(plan):
        assert resource.provider.startswith(f"{provider.urn}::")
        where = "global" if resource.type in GLOBAL else environment.location
        assert resource.inputs.get("location", where) == where
        assert resource.inputs.get("resourceGroupName", environment.resource_names.resource_group) == (
            environment.resource_names.resource_group
        )


@pytest.mark.parametrize("name", ["dev", "test", "prod"])
def test_names_are_literals_in_a_preview(name: str, estate: Estate, plans: dict[str, Plan]) -> None:
    plan, environment = plans[name], estate[name]
    for resource in of_azure(plan):
        named = resource.inputs[NAMED_BY.get(resource.type, "name")]
        assert isinstance(named, str)
        assert isinstance(resource.inputs.get("slot", ""), str)
    for app in environment.apps:
        of_app = {
            resource.inputs[NAMED_BY.get(resource.type, "name")]
            for resource in of_azure(plan)
            if app_of(plan, resource) == app
        }
        names = {
            kind: name
            for kind, name in vars(environment.app_names(app)).items()
            if kind not in ("scheduler", "sql_server")
        }
        assert set(names.values()) <= of_app


def test_no_name_that_must_be_unique_in_the_world_is_wanted_twice(plans: dict[str, Plan]) -> None:
    for token in ("azure-native:storage:StorageAccount", "azure-native:keyvault:Vault", "azure-native:web:WebApp"):
        wanted = [one.inputs[NAMED_BY.get(token, "name")] for plan in plans.values() for one in plan.of_type(token)]
        assert len(set(wanted)) == len(wanted) == 9


def test_role_assignment_names_are_guids_that_hang_on_nothing_unknown(
    estate: Estate, plans: dict[str, Plan], planned: Callable[..., Plan]
) -> None:
    again = {one.urn: one.inputs["roleAssignmentName"] for one in planned(estate["prod"]).of_type(ROLE)}
    assert again == {one.urn: one.inputs["roleAssignmentName"] for one in plans["prod"].of_type(ROLE)}
    names = [str(UUID(one.inputs["roleAssignmentName"])) for plan in plans.values() for one in plan.of_type(ROLE)]
    assert len(set(names)) == len(names) == 45
    for one in plans["prod"].of_type(ROLE):
        assert "roleAssignmentName" not in one.property_dependencies


def test_an_application_may_do_five_things_and_no_more(plans: dict[str, Plan]) -> None:
    roles = [
        one.inputs["roleDefinitionId"].rsplit("/", 1)[-1]
        for one in plans["prod"].of_type(ROLE)
        if app_of(plans["prod"], one) == "claims"
    ]
    # "Azure built-in roles", learn.microsoft.com, read 2026-11-22
    assert sorted(roles) == sorted(
        [
            "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",  # Storage Blob Data Owner
            "974c5e8b-45b9-4653-ba55-5f855dd0fb88",  # Storage Queue Data Contributor
            "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",  # Storage Table Data Contributor
            "4633458b-17de-408a-b874-0445c86b69e6",  # Key Vault Secrets User
            "3913510d-42f4-4e42-8a64-420c390055eb",  # Monitoring Metrics Publisher
        ]
    )


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_nothing_runs_as_an_identity_before_it_may(name: str, plans: dict[str, Plan]) -> None:
    plan = plans[name]
    sites = [site for token in SITES for site in plan.of_type(token)]
    assert len(sites) == 5
    for site in sites:
        granted = {one.urn for one in plan.of_type(ROLE) if app_of(plan, one) == app_of(plan, site)}
        assert len(granted) == 5
        assert granted <= needs(plan, site)
        assert granted <= set(site.property_dependencies["identity"])


def test_a_slot_waits_for_the_list_of_sticky_settings(plans: dict[str, Plan]) -> None:
    plan = plans["prod"]
    for slot in plan.of_type("azure-native:web:WebAppSlot"):
        [sticky] = [
            one
            for one in plan.of_type("azure-native:web:WebAppSlotConfigurationNames")
            if app_of(plan, one) == app_of(plan, slot)
        ]
        assert sticky.urn in needs(plan, slot)


def test_everything_waits_for_the_resource_it_is_part_of(plans: dict[str, Plan]) -> None:
    plan = plans["prod"]
    parts = {
        "azure-native:storage:BlobContainer": "azure-native:storage:StorageAccount",
        "azure-native:storage:BlobServiceProperties": "azure-native:storage:StorageAccount",
        "azure-native:storage:ManagementPolicy": "azure-native:storage:StorageAccount",
        "azure-native:web:WebApp": "azure-native:web:AppServicePlan",
        "azure-native:web:WebAppSlot": "azure-native:web:WebApp",
        "azure-native:web:WebAppSlotConfigurationNames": "azure-native:web:WebApp",
        "azure-native:web:WebAppAuthSettingsV2": "azure-native:web:WebApp",
        "azure-native:web:WebAppAuthSettingsV2Slot": "azure-native:web:WebAppSlot",
        "azure-native:web:WebAppFtpAllowed": "azure-native:web:WebApp",
        "azure-native:web:WebAppScmAllowed": "azure-native:web:WebApp",
        "azure-native:web:WebAppFtpAllowedSlot": "azure-native:web:WebAppSlot",
        "azure-native:web:WebAppScmAllowedSlot": "azure-native:web:WebAppSlot",
    }
    [group] = plan.of_type("azure-native:resources:ResourceGroup")
    for resource in of_azure(plan):
        before = needs(plan, resource)
        assert resource is group or group.urn in before
        if resource.type in parts:
            wholes = [
                one.urn for one in plan.of_type(parts[resource.type]) if app_of(plan, one) == app_of(plan, resource)
            ]
            assert before & set(wholes)


def handoff_of(plan: Plan) -> dict[str, Any]:
    handoff: dict[str, Any] = plan.outputs["handoff"]
    return handoff


@pytest.mark.parametrize("name", ["dev", "test", "prod"])
def test_the_handoff_names_every_hub_with_its_store_and_its_owner(
    name: str, estate: Estate, plans: dict[str, Plan]
) -> None:
    environment: Environment = estate[name]
    handoff = handoff_of(plans[name])
    for hub in task_hubs(environment):
        app = handoff["apps"][hub.app]
        assert app["task_hubs"][hub.slot or "production"] == {
            "name": hub.name,
            "store": hub.store,
            "backend": "azure-storage",
            "partitions": environment.apps[hub.app].task_hub.partition_count,
        }
        assert app["owner"] == environment.owner_of(hub.app).model_dump(exclude_none=True)
        assert app["store"]["name"] == hub.store
        assert (hub.slot in app["slots"]) == (hub.slot is not None)


def test_the_handoff_holds_no_secret(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        found = list(leaves(handoff_of(plan)))
        assert len(found) > 50
        assert [at for at, value in found if isinstance(value, Secret)] == []
        spoken = {word for at, _ in found for word in at.lower().replace("_", ".").split(".")}
        assert spoken & {"key", "secret", "secrets", "connection", "password", "token", "settings"} == set()


def test_a_soft_deleted_vault_is_brought_back_where_it_is_named_and_nowhere_else(
    estate: Estate, planned: Callable[..., Plan]
) -> None:
    lost = estate["dev"].app_names("claims").key_vault
    vaults = planned(estate["dev"], frozenset({lost})).of_type("azure-native:keyvault:Vault")
    modes = {vault.inputs["vaultName"]: vault.inputs["properties"].get("createMode") for vault in vaults}
    assert modes.pop(lost) == "recover"
    assert set(modes.values()) == {None}
    assert {vault.ignore_changes for vault in vaults} == {("properties.createMode",)}, "the next `up` names none"


@pytest.mark.parametrize(("name", "protected"), [("dev", False), ("test", True), ("prod", True)])
def test_vaults_are_protected_from_purging_by_tier_and_never_by_saying_no(
    name: str, protected: bool, plans: dict[str, Plan]
) -> None:
    """Azure refuses `enablePurgeProtection: false`, so where it is not wanted it is not there at all."""
    for vault in plans[name].of_type("azure-native:keyvault:Vault"):
        assert vault.inputs["properties"].get("enablePurgeProtection", "absent") == (True if protected else "absent")
