"""Create, read, update, delete: what comes back, and what Azure's own rules refuse."""

import pytest
from pulumi.runtime.proto import provider_pb2

from hubkeeper.local_azure.wire import UNKNOWN, decode
from tests.local_azure.driver import OTHER_SUBSCRIPTION, SUBSCRIPTION, Caller, Refused
from tests.local_azure.estate import GROUP, LOCATION, STORAGE_ACCOUNT, Estate


def test_a_storage_account_comes_back_with_id_and_endpoints(estate: Estate) -> None:
    store = estate.store
    assert store.id == (
        f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{GROUP}/providers/Microsoft.Storage/storageAccounts/stdevclaims"
    )
    assert store.outputs["primaryEndpoints"]["queue"] == "https://stdevclaims.queue.core.windows.net/"
    assert store.outputs["type"] == "Microsoft.Storage/storageAccounts"
    assert store.outputs["sku"] == {"name": "Standard_ZRS", "tier": "Standard"}


def test_ids_of_the_world_are_the_same_in_every_run(estate: Estate) -> None:
    again = estate.caller.read(estate.identity)
    assert again
    assert again.outputs["principalId"] == estate.identity.outputs["principalId"]
    assert again.outputs["principalId"] != again.outputs["clientId"]


def test_identities_go_in_as_a_list_and_come_out_as_a_map(estate: Estate) -> None:
    identity = {"type": "UserAssigned", "userAssignedIdentities": [estate.identity.id]}
    app = estate.app(estate.plan(), identity=identity)
    principal = estate.identity.outputs["principalId"]
    assert app.outputs["identity"]["userAssignedIdentities"][estate.identity.id]["principalId"] == principal


def test_an_identity_that_does_not_exist_is_refused(estate: Estate) -> None:
    identity = {"type": "UserAssigned", "userAssignedIdentities": [estate.group.id + "/providers/x/y/z"]}
    with pytest.raises(Refused, match="FailedIdentityOperation"):
        estate.app(estate.plan(), identity=identity)


def test_two_provider_instances_of_one_process_work_in_two_subscriptions(port: int) -> None:
    ours, theirs = Caller(port), Caller(port, OTHER_SUBSCRIPTION)
    for caller in (ours, theirs):
        inputs = {"resourceGroupName": GROUP, "location": LOCATION}
        group = caller.create("resources:ResourceGroup", inputs)
        assert group.id == f"/subscriptions/{caller.subscription}/resourceGroups/{GROUP}"


@pytest.mark.parametrize("subscription", ["", "prod"])
def test_a_provider_without_a_proper_subscription_is_refused(port: int, subscription: str) -> None:
    with pytest.raises(Refused, match="must be a GUID"):
        Caller(port, subscription)


def test_a_program_can_ask_who_is_logged_in(caller: Caller) -> None:
    asked = caller.call("Invoke", provider_pb2.InvokeRequest(tok="azure-native:authorization:getClientConfig"))
    assert decode(getattr(asked, "return"))["subscriptionId"] == SUBSCRIPTION


def test_keys_are_not_to_be_had(caller: Caller) -> None:
    with pytest.raises(Refused, match="does not answer azure-native:storage:listStorageAccountKeys"):
        caller.call("Invoke", provider_pb2.InvokeRequest(tok="azure-native:storage:listStorageAccountKeys"))


def test_a_storage_name_taken_in_another_subscription_is_refused(estate: Estate, port: int) -> None:
    assert estate.store.id
    elsewhere = Estate(Caller(port, OTHER_SUBSCRIPTION))
    with pytest.raises(Refused, match=r"StorageAccountAlreadyTaken.*named stdevclaims is already taken"):
        elsewhere.caller.create("storage:StorageAccount", STORAGE_ACCOUNT)


def test_a_host_name_taken_by_a_slot_of_another_app_is_refused(estate: Estate) -> None:
    plan = estate.plan()
    estate.app(plan)
    estate.slot(plan, "staging")
    with pytest.raises(Refused, match="Website with given name func-dev-claims-staging already exists"):
        estate.app(plan, name="func-dev-claims-staging")


def test_what_exists_already_cannot_be_created(estate: Estate) -> None:
    with pytest.raises(Refused, match=f'cannot create already existing resource "{estate.store.id}"'):
        estate.caller.create("storage:StorageAccount", STORAGE_ACCOUNT, "another")


def test_a_missing_group_is_refused(caller: Caller) -> None:
    with pytest.raises(Refused, match=r"ResourceGroupNotFound.*'rg-dev' could not be found"):
        caller.create("storage:StorageAccount", STORAGE_ACCOUNT)


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [
        ("storage:BlobContainer", {"accountName": "stnone", "containerName": "packages"}),
        ("storage:BlobServiceProperties", {"accountName": "stnone", "blobServicesName": "default"}),
        ("web:WebAppSlot", {"name": "func-none", "slot": "staging", "location": LOCATION}),
        ("web:WebAppSlotConfigurationNames", {"name": "func-none", "appSettingNames": []}),
        ("web:WebAppFtpAllowedSlot", {"name": "func-none", "slot": "staging", "allow": False}),
    ],
)
def test_a_missing_parent_is_refused(estate: Estate, kind: str, inputs: dict[str, object]) -> None:
    with pytest.raises(Refused, match=r"ParentResourceNotFound.*Parent resource '(stnone|func-none)' not found"):
        estate.caller.create(kind, {"resourceGroupName": GROUP} | inputs)


def test_a_second_assignment_of_the_same_role_is_refused(estate: Estate) -> None:
    estate.assignment("11111111-0000-4000-8000-000000000000")
    with pytest.raises(Refused, match=r"RoleAssignmentExists.*11111111000040008000000000000000"):
        estate.assignment("22222222-0000-4000-8000-000000000000")


def test_an_assignment_name_used_on_another_scope_is_refused(estate: Estate) -> None:
    first = estate.assignment("11111111-0000-4000-8000-000000000000")
    with pytest.raises(Refused, match="RoleAssignmentUpdateNotPermitted"):
        estate.caller.create("authorization:RoleAssignment", first.inputs | {"scope": estate.group.id}, "other")


def test_the_role_of_an_assignment_cannot_be_changed(estate: Estate) -> None:
    first = estate.assignment("11111111-0000-4000-8000-000000000000")
    role = "/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe"
    assert (
        estate.caller.diff(
            "authorization:RoleAssignment", first.inputs, {**first.inputs, "roleDefinitionId": role}
        ).replaces
        == []
    )
    with pytest.raises(Refused, match="RoleAssignmentUpdateNotPermitted"):
        estate.caller.update(first, first.inputs | {"roleDefinitionId": role})


def test_a_plan_with_apps_on_it_cannot_be_deleted(estate: Estate) -> None:
    plan = estate.plan()
    estate.app(plan)
    with pytest.raises(Refused, match=r"'plan-dev' cannot be deleted because it has web app\(s\) func-dev-claims"):
        estate.caller.delete(plan)


def test_a_group_with_resources_in_it_is_not_deleted(estate: Estate) -> None:
    assert estate.store.id
    with pytest.raises(Refused, match=r"ResourceGroupNotEmpty.*still holds 1 resources"):
        estate.caller.delete(estate.group)
    assert estate.caller.read(estate.store)


def test_a_deleted_account_takes_containers_and_assignments_with_it(estate: Estate) -> None:
    container = estate.caller.create(
        "storage:BlobContainer",
        {"resourceGroupName": GROUP, "accountName": estate.store.outputs["name"], "containerName": "packages"},
    )
    assignment = estate.assignment("11111111-0000-4000-8000-000000000000")
    estate.caller.delete(estate.store)
    assert estate.caller.read(container) is None
    assert estate.caller.read(assignment) is None
    estate.caller.delete(container)


def test_a_singleton_is_there_with_its_parent_and_reset_by_delete(estate: Estate) -> None:
    estate.app(estate.plan())
    inputs = {"resourceGroupName": GROUP, "name": "func-dev-claims", "allow": False}
    policy = estate.caller.create("web:WebAppFtpAllowed", inputs)
    assert policy.id.endswith("/sites/func-dev-claims/basicPublishingCredentialsPolicies/ftp")
    estate.caller.delete(policy)
    assert estate.caller.create("web:WebAppFtpAllowed", inputs).id == policy.id


def test_an_update_keeps_the_name_and_changes_the_rest(estate: Estate) -> None:
    changed = estate.caller.update(estate.store, estate.store.inputs | {"tags": {"owner": "claims"}})
    assert changed.outputs["tags"] == {"owner": "claims"}
    again = estate.caller.read(changed)
    assert again
    assert (again.inputs, again.outputs) == (changed.inputs, changed.outputs)


def test_a_preview_knows_inputs_and_nothing_else(caller: Caller) -> None:
    outputs = caller.preview("storage:StorageAccount", STORAGE_ACCOUNT)
    assert outputs["kind"] == "StorageV2"
    assert outputs["sku"] == {"name": "Standard_ZRS", "tier": UNKNOWN}
    assert outputs["name"] is UNKNOWN
    assert outputs["primaryEndpoints"] is UNKNOWN


def test_the_preview_of_an_update_still_knows_the_name(estate: Estate) -> None:
    changed = estate.caller.update(estate.identity, estate.identity.inputs | {"tags": {"a": "b"}}, preview=True)
    assert changed.outputs["name"] == "id-dev"
    assert changed.outputs["principalId"] is UNKNOWN


def test_a_resource_that_is_gone_reads_as_gone(estate: Estate) -> None:
    estate.caller.delete(estate.store)
    assert estate.caller.read(estate.store) is None


def test_an_import_gets_the_inputs_of_the_resource(estate: Estate) -> None:
    from dataclasses import replace

    found = estate.caller.read(replace(estate.store, inputs={}, outputs={}))
    assert found
    assert found.inputs == STORAGE_ACCOUNT
