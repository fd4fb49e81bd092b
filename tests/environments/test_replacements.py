"""What a change of a resource does to it: our table beside the local Azure's own reading of the sources."""

import pytest

from environments.replacements import called, forces, hub_holders, name_in_azure, replacements
from hubkeeper.local_azure.types import REGISTRY
from hubkeeper.local_azure.types.declaration import ResourceType


def test_every_type_that_azure_is_asked_for_is_in_the_table_and_no_other() -> None:
    assert sorted(replacements()) == sorted(REGISTRY)


@pytest.mark.parametrize("kind", REGISTRY.values(), ids=lambda kind: kind.token)
def test_the_table_and_the_local_azure_replace_for_the_same_changes(kind: ResourceType) -> None:
    ours = replacements()[kind.token]
    assert ours.id == kind.id_inputs
    assert set(ours.forced) == set(kind.replaces)
    assert (None if ours.updatable is None else set(ours.updatable)) == kind.updatable


def test_what_holds_hubs_or_data_is_called_by_a_word_and_known_by_its_name_in_azure() -> None:
    assert {called(token) for token in hub_holders()} == {
        *("resource group", "storage account", "scheduler", "task hub", "SQL server", "database"),
    }
    assert all(facts.called for facts in replacements().values() if facts.holds)
    in_a_group = {"resourceGroupName": "rg-claims"}
    assert name_in_azure("azure-native:keyvault:Vault", {**in_a_group, "vaultName": "kv-claims"}) == "kv-claims"
    assert name_in_azure("azure-native:keyvault:Vault", in_a_group) is None
    assert name_in_azure("azure-native:authorization:RoleAssignment", {"roleAssignmentName": "4f0c"}) is None


@pytest.mark.parametrize(
    ("token", "path", "replaced"),
    [
        ("azure-native:storage:StorageAccount", "accountName", True),
        ("azure-native:storage:StorageAccount", "sku.name", False),
        ("azure-native:storage:StorageAccount", "kind", True),
        ("azure-native:storage:StorageAccount", "encryption.requireInfrastructureEncryption", True),
        ("azure-native:durabletask:Scheduler", "properties.sku.name", True),
        ("azure-native:durabletask:Scheduler", "properties.sku.capacity", False),
        ("azure-native:web:WebApp", "siteConfig.appSettings[3].value", False),
        ("azure-native:example:Unknown", "name", False),
    ],
)
def test_a_path_of_any_depth_is_looked_up(token: str, path: str, *, replaced: bool) -> None:
    assert forces(token, path) is replaced


def test_settings_and_what_the_site_runs_on_restart_it_and_its_tags_do_not() -> None:
    site = replacements()["azure-native:web:WebApp"]
    assert site.restarts_on("siteConfig.appSettings[3].value")
    assert site.restarts_on("serverFarmId")
    assert not site.restarts_on("tags.owner")
    assert not site.restarts_on("siteConfigurations")
