"""Which changes replace a resource: what holds a task hub must never be replaced unseen."""

from typing import Any

import pytest

from hubkeeper.local_azure.types import REGISTRY
from hubkeeper.local_azure.wire import UNKNOWN, Secret
from tests.local_azure.driver import Caller
from tests.local_azure.estate import STORAGE_ACCOUNT

SITE: dict[str, Any] = {"resourceGroupName": "g", "name": "f", "location": "westeurope", "kind": "functionapp,linux"}
PLAN: dict[str, Any] = {"resourceGroupName": "g", "name": "p", "location": "westeurope", "reserved": True}


def test_equal_inputs_are_no_change(caller: Caller) -> None:
    assert caller.diff("storage:StorageAccount", STORAGE_ACCOUNT, STORAGE_ACCOUNT).kinds == {}


@pytest.mark.parametrize(
    "change",
    [
        {"location": "northeurope"},
        {"accountName": "stother"},
        {"resourceGroupName": "rg-other"},
        {"isHnsEnabled": True},
        {"kind": "BlockBlobStorage"},
        {"enableNfsV3": True},
        {"dnsEndpointType": "AzureDnsZone"},
        {"extendedLocation": {"name": "edge", "type": "EdgeZone"}},
        {"encryption": {"keySource": "Microsoft.Storage", "requireInfrastructureEncryption": True}},
        {"location": UNKNOWN},
    ],
)
def test_a_storage_account_is_replaced_by(caller: Caller, change: dict[str, Any]) -> None:
    olds = STORAGE_ACCOUNT | ({"encryption": {"keySource": "Microsoft.Storage"}} if "encryption" in change else {})
    difference = caller.diff("storage:StorageAccount", olds, olds | change)
    assert difference.replaces
    assert difference.delete_before_replace


@pytest.mark.parametrize(
    "change",
    [
        {"tags": {"a": "b"}},
        {"sku": {"name": "Standard_GZRS"}},
        {"allowSharedKeyAccess": True},
        {"minimumTlsVersion": "TLS1_3"},
        {"location": "West Europe"},
    ],
)
def test_a_storage_account_is_not_replaced_by(caller: Caller, change: dict[str, Any]) -> None:
    difference = caller.diff("storage:StorageAccount", STORAGE_ACCOUNT, STORAGE_ACCOUNT | change)
    assert difference.replaces == []
    assert not difference.delete_before_replace


@pytest.mark.parametrize(
    ("kind", "olds", "change", "replaces"),
    [
        ("web:WebApp", SITE, {"kind": "functionapp"}, ["kind"]),
        ("web:WebApp", SITE, {"serverFarmId": UNKNOWN}, []),
        ("web:WebAppSlot", SITE | {"slot": "a"}, {"slot": "b"}, ["slot"]),
        ("web:AppServicePlan", PLAN, {"reserved": False}, ["reserved"]),
        ("web:AppServicePlan", PLAN, {"sku": {"name": "EP2"}}, []),
        ("resources:ResourceGroup", {"resourceGroupName": "g", "location": "a"}, {"location": "b"}, ["location"]),
        (
            "authorization:RoleAssignment",
            {"principalId": "a", "scope": "/s"},
            {"principalId": UNKNOWN},
            ["principalId"],
        ),
        (
            "applicationinsights:Component",
            {"applicationType": "web"},
            {"applicationType": "other"},
            ["applicationType"],
        ),
    ],
)
def test_other_types_are_replaced_by_what_azure_cannot_change(
    caller: Caller, kind: str, olds: dict[str, Any], change: dict[str, Any], replaces: list[str]
) -> None:
    assert caller.diff(kind, olds, olds | change).replaces == replaces


def test_a_change_deep_inside_is_named_by_its_path(caller: Caller) -> None:
    olds = SITE | {"siteConfig": {"appSettings": [{"name": "A", "value": "1"}]}}
    news = SITE | {"siteConfig": {"appSettings": [{"name": "A", "value": "2"}, {"name": "B", "value": "3"}]}}
    assert caller.diff("web:WebApp", olds, news).kinds == {
        "siteConfig.appSettings[0].value": "UPDATE",
        "siteConfig.appSettings[1]": "ADD",
    }


def test_a_secret_is_compared_by_its_value(caller: Caller) -> None:
    olds = SITE | {"siteConfig": {"ftpsState": Secret("Disabled")}}
    assert caller.diff("web:WebApp", olds, olds).kinds == {}
    changed = caller.diff("web:WebApp", olds, SITE | {"siteConfig": {"ftpsState": Secret("FtpsOnly")}})
    assert changed.kinds == {"siteConfig.ftpsState": "UPDATE"}


def test_every_replacement_has_a_source() -> None:
    for kind in REGISTRY.values():
        assert kind.source.strip(), kind.token
        for path, source in kind.replaces.items():
            assert any(character.isdigit() for character in source) or "learn.microsoft.com" in source, (
                kind.token,
                path,
            )
