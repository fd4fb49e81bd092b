"""What the local Azure says about inputs before anything is created."""

from typing import Any

import pytest

from hubkeeper.local_azure.types import REGISTRY
from hubkeeper.local_azure.wire import UNKNOWN, Secret
from tests.local_azure.driver import Caller
from tests.local_azure.estate import STORAGE_ACCOUNT, VAULT

SITE: dict[str, Any] = {"resourceGroupName": "g", "name": "func-x", "location": "westeurope"}


def test_good_inputs_are_accepted(caller: Caller) -> None:
    assert caller.check("storage:StorageAccount", STORAGE_ACCOUNT) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"knd": "StorageV2"}, "'knd' is not a property of StorageAccount (did you mean 'kind'?)"),
        ({"sku": {"name": "Standard_ZRS", "size": "x"}}, "'sku.size' is not a property of sku"),
        ({"sku": {}}, "missing required property 'sku.name'"),
        ({"sku": None}, "missing required property 'sku'"),
        ({"kind": "StorageV3"}, "the value 'StorageV3' of 'kind' is not one of Storage, StorageV2, BlobStorage"),
        ({"minimumTlsVersion": "1.2"}, "the value '1.2' of 'minimumTlsVersion' is not one of TLS1_0"),
        ({"allowSharedKeyAccess": "no"}, "'allowSharedKeyAccess' should be a boolean but is a string"),
        ({"tags": ["a"]}, "'tags' should be an object but is a list"),
        ({"tags": {"a": True}}, "'tags.a' should be a string but is a boolean"),
        ({"location": None}, "missing required property 'location'"),
        ({"accountName": None}, "missing required property 'accountName'; the local Azure makes up no names"),
    ],
)
def test_a_mistake_is_refused_at_preview_with_its_path(caller: Caller, change: dict[str, Any], sentence: str) -> None:
    reasons = caller.check("storage:StorageAccount", STORAGE_ACCOUNT | change)
    assert len(reasons) == 1
    assert reasons[0].startswith(f"InvalidRequestContent: {sentence}")


@pytest.mark.parametrize(
    ("kind", "inputs", "code"),
    [
        ("storage:StorageAccount", STORAGE_ACCOUNT | {"accountName": "St-Dev"}, "AccountNameInvalid"),
        ("storage:StorageAccount", STORAGE_ACCOUNT | {"accountName": "s" * 25}, "AccountNameInvalid"),
        ("keyvault:Vault", VAULT | {"vaultName": "kv--dev"}, "VaultNameNotValid"),
        ("keyvault:Vault", VAULT | {"vaultName": "1kv"}, "VaultNameNotValid"),
        ("web:WebApp", SITE | {"name": "-func"}, "BadRequest"),
        ("web:WebAppSlot", SITE | {"slot": "Production"}, "BadRequest"),
        ("resources:ResourceGroup", {"resourceGroupName": "rg.", "location": "westeurope"}, "InvalidResourceGroup"),
    ],
)
def test_a_name_that_azure_refuses_is_refused_at_preview(
    caller: Caller, kind: str, inputs: dict[str, Any], code: str
) -> None:
    assert [reason.split(":")[0] for reason in caller.check(kind, inputs)] == [code]


def test_several_mistakes_are_reported_at_once(caller: Caller) -> None:
    change = {"knd": "x", "sku": {}, "kind": "y", "accountName": "St-Dev"}
    assert len(caller.check("storage:StorageAccount", STORAGE_ACCOUNT | change)) == 4


def test_a_mistake_deep_in_a_list_names_the_element(caller: Caller) -> None:
    settings = [{"name": "A", "value": "x"}, {"name": "B", "value": "y", "slotSetting": True}]
    reasons = caller.check("web:WebApp", SITE | {"siteConfig": {"appSettings": settings}})
    assert reasons == [
        "InvalidRequestContent: 'siteConfig.appSettings[1].slotSetting' is not a property of siteConfig.appSettings[1]"
    ]


def test_no_sentence_holds_a_secret_or_the_value_of_a_setting(caller: Caller) -> None:
    settings = [{"name": "A", "value": ["plain-value"]}, {"name": "B", "value": Secret({"deep": "hushed"})}]
    inputs = SITE | {
        "siteConfig": {"appSettings": settings, "ftpsState": Secret("hushed")},
        "httpsOnly": Secret("hushed"),
    }
    reasons = caller.check("web:WebApp", inputs)
    assert len(reasons) == 4
    assert "hushed" not in " ".join(reasons)
    assert "plain-value" not in " ".join(reasons)


def test_an_unknown_value_is_accepted_anywhere(caller: Caller) -> None:
    inputs = STORAGE_ACCOUNT | {"accountName": UNKNOWN, "sku": {"name": UNKNOWN}, "identity": UNKNOWN, "kind": UNKNOWN}
    assert caller.check("storage:StorageAccount", inputs) == []


def test_a_type_that_is_not_known_is_refused_with_the_known_ones(caller: Caller) -> None:
    reasons = caller.check("network:RouteTable", {"resourceGroupName": "g"})
    assert len(reasons) == 1
    assert reasons[0].startswith("InvalidResourceType: the local Azure does not know azure-native:network:RouteTable")


@pytest.mark.parametrize(
    ("properties", "sentence"),
    [
        ({"enablePurgeProtection": False}, 'The property "enablePurgeProtection" cannot be set to false.'),
        ({"enableSoftDelete": False}, 'The property "enableSoftDelete" cannot be set to false'),
        ({"softDeleteRetentionInDays": 91}, "'properties.softDeleteRetentionInDays' is 91; it can be 7 to 90"),
    ],
)
def test_a_vault_property_that_azure_never_takes_is_refused_at_preview(
    caller: Caller, properties: dict[str, Any], sentence: str
) -> None:
    inputs = VAULT | {"properties": VAULT["properties"] | properties}
    reasons = caller.check("keyvault:Vault", inputs)
    assert len(reasons) == 1
    assert sentence in reasons[0]


def test_a_location_left_out_is_that_of_the_group(caller: Caller) -> None:
    caller.create("resources:ResourceGroup", {"resourceGroupName": "rg-dev", "location": "North Europe"})
    inputs = {key: value for key, value in STORAGE_ACCOUNT.items() if key != "location"}
    assert caller.create("storage:StorageAccount", inputs).outputs["location"] == "northeurope"


def test_every_declared_type_exists_in_the_sdk_with_the_inputs_that_the_declaration_names() -> None:
    from hubkeeper.local_azure.sdk_types import inputs_of, outputs_of

    for kind in REGISTRY.values():
        known = inputs_of(kind.token).properties
        named = {*kind.id_inputs, *(path.split(".")[0] for path in kind.replaces), *(kind.updatable or ())}
        assert named <= known.keys(), kind.token
        # The SDK has no type among the outputs of a zone group, which is a part of its endpoint.
        always = {"name"} if kind.token.endswith(":PrivateDnsZoneGroup") else {"name", "type"}
        assert always <= outputs_of(kind.token).keys(), kind.token
