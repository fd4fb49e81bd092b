"""What Azure would refuse half-way is refused before anything is touched, with what would work; and that works."""

from typing import Any

import pytest

from hubkeeper.engine.guard import Step
from hubkeeper.engine.impossible import impossible
from tests.engine.already_up import AlreadyUp
from tests.engine.workbench import Workbench

PLAN, SITE, GROUP = (
    "azure-native:web:AppServicePlan",
    "azure-native:web:WebApp",
    "azure-native:resources:ResourceGroup",
)
STORE = "azure-native:storage:StorageAccount"
HERE = {"resourceGroupName": "rg-prod"}


def step(op: str, token: str, before: dict[str, Any] | None, after: dict[str, Any] | None = None) -> Step:
    was, will_be = ({**HERE, **one} if one else None for one in (before, after))
    return Step(op, f"urn:pulumi:prod::hubkeeper::{token}::one", token, ("reserved",), was or will_be, wanted=will_be)


def sku(name: str) -> dict[str, Any]:
    return {"name": "plan-claims", "sku": {"name": name}}


def test_a_plan_that_is_replaced_under_its_own_name_wants_another() -> None:
    (line,) = impossible([step("replace", PLAN, sku("EP1"), sku("EP1"))])
    assert line.startswith("plan plan-claims would be replaced (changed: reserved) under the name it has")
    assert impossible([step("replace", PLAN, sku("EP1"), {**sku("EP1"), "name": "plan-other"})]) == []


def test_a_plan_that_goes_with_its_group_is_no_matter() -> None:
    group = step("replace", GROUP, HERE, HERE)
    assert impossible([group, step("replace", PLAN, sku("EP1"), sku("EP1"))]) == []


def test_no_plan_goes_to_flex_consumption_or_back_in_place() -> None:
    (line,) = impossible([step("update", PLAN, sku("EP1"), sku("FC1"))])
    assert "plan plan-claims would go from elastic to flex" in line
    assert impossible([step("update", PLAN, sku("EP1"), sku("EP2"))]) == []


def test_a_name_that_goes_only_afterwards_is_still_held() -> None:
    site = {"name": "func-claims"}
    (line,) = impossible([step("create", SITE, None, {"name": "FUNC-claims"}), step("delete", SITE, site)])
    assert line.startswith("function app FUNC-claims would be made anew while the old one still has the name")
    assert impossible([step("create", SITE, None, {"name": "func-new"}), step("delete", SITE, site)]) == []


DATABASE = "azure-native:sql:Database"


def database(tier: str, zones: bool = False, backups: str = "Zone") -> dict[str, Any]:
    kept = {"zoneRedundant": zones, "requestedBackupStorageRedundancy": backups}
    return {"databaseName": "prodclaims", "sku": {"name": "any", "tier": tier}, **kept}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (database("Hyperscale"), database("Premium"), "tier Hyperscale becomes Premium"),
        (database("Basic"), database("Hyperscale"), "tier Basic becomes Hyperscale"),
        (
            database("Hyperscale"),
            database("Hyperscale", zones=True),
            "zone redundancy of a Hyperscale database, false,",
        ),
        (database("Hyperscale"), database("Hyperscale", backups="Geo"), "the redundancy of backups of a Hyperscale"),
    ],
)
def test_a_database_keeps_what_azure_changes_of_none(before: dict[str, Any], after: dict[str, Any], says: str) -> None:
    (line,) = impossible([step("update", DATABASE, before, after)])
    assert line.startswith(f"database prodclaims: {says}")


def store(copies: str) -> dict[str, Any]:
    return {"accountName": "stclaims", "sku": {"name": f"Standard_{copies}"}}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("LRS", "ZRS", "--sku Standard_ZRS --name default` asks for it (days, and hubs go on working); when"),
        (
            "GZRS",
            "LRS",
            "--sku Standard_GRS --name default` asks for it (days, and hubs go on working), then LRS in place; when",
        ),
    ],
)
def test_a_store_gets_no_zones_in_place_and_the_command_that_asks_for_them_is_told(
    before: str, after: str, says: str
) -> None:
    (line,) = impossible([step("update", STORE, store(before), store(after))])
    assert (
        f"storage account stclaims would go from {before} to {after}, which Azure refuses in place: `az storage account"
        in line
    )
    assert f"--account-name stclaims --resource-group rg-prod {says}" in line


@pytest.mark.parametrize(("before", "after"), [("LRS", "RAGRS"), ("ZRS", "GZRS"), ("ZRS", "ZRS")])
def test_a_store_gets_another_region_in_place(before: str, after: str) -> None:
    assert impossible([step("update", STORE, store(before), store(after))]) == []


@pytest.mark.parametrize("after", [database("Hyperscale", zones=True, backups="Geo"), database("BusinessCritical")])
def test_a_database_that_azure_may_take_is_left_to_it(after: dict[str, Any]) -> None:
    assert impossible([step("update", DATABASE, database("GeneralPurpose"), after)]) == []
    assert impossible([step("update", DATABASE, database("Hyperscale"), database("GeneralPurpose"))]) == []


ENDPOINT = "azure-native:network:PrivateEndpoint"
SUBNETS = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets"


def endpoint(nic: str | None, connection: str = "pe-blob", subnet: str = "pe") -> dict[str, Any]:
    named = {"customNetworkInterfaceName": nic} if nic else {}
    place = {"subnet": {"id": f"{SUBNETS}/{subnet}"}, "privateLinkServiceConnections": [{"name": connection}]}
    return {"privateEndpointName": "pe-blob", **named, **place}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (endpoint("nic-old"), endpoint("nic-pe-blob"), "the network interface name nic-pe-blob in place of nic-old"),
        (endpoint("nic-old"), endpoint(None), "the network interface name (none) in place of nic-old"),
        (endpoint(None, "by-hand"), endpoint(None), "the private service connection name pe-blob in place of by-hand"),
        (endpoint(None), endpoint(None, subnet="other"), "would move to another subnet"),
    ],
)
def test_what_an_endpoint_keeps_for_good_is_asked_for(before: Any, after: Any, says: str) -> None:
    (line,) = impossible([step("update", ENDPOINT, before, after)])
    assert line.startswith("private endpoint pe-blob would ")
    assert says in line


def test_an_endpoint_that_keeps_its_names_or_is_made_anew_is_no_matter() -> None:
    same = {**endpoint("nic-a"), "tags": {"owner": "others"}}
    assert impossible([step("update", ENDPOINT, endpoint("nic-a"), same)]) == []
    assert impossible([step("replace", ENDPOINT, endpoint("nic-a"), endpoint("nic-b"))]) == []


def test_a_subnet_that_would_be_replaced_is_in_use() -> None:
    subnet = step("replace", "azure-native:network:Subnet", {"subnetName": "snet-a"}, {"subnetName": "snet-b"})
    (line,) = impossible([subnet])
    assert line.startswith("subnet snet-a would be replaced, and none goes while")
    assert impossible([subnet, step("replace", GROUP, HERE, HERE)]) == []


@pytest.fixture(scope="module")
def up_in_development(already_up: AlreadyUp, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return already_up.example(tmp_path_factory.mktemp("up") / "project", "elastic-premium", "development")[0]


@pytest.mark.engine
def test_another_system_is_refused_until_the_plan_has_another_name_and_then_comes_up(
    up_in_development: Workbench,
) -> None:
    bench = up_in_development
    bench.describe("prod", lambda it: it["apps"]["orders"]["plan"].update(os="linux"))
    before = bench.in_azure()

    refused = bench.run("up", "prod", "--local", "--yes")
    bench.describe("prod", lambda it: it["apps"]["orders"].update(names={"plan": "plan-orders-on-linux"}))
    agreed = bench.run("up", "prod", "--local", "--yes")

    assert refused.code == 1
    assert "plan plan-orders-prod would be replaced (changed: reserved) under the name it has" in refused.err
    assert agreed.code == 0, agreed.out + agreed.err
    assert len(bench.in_azure()) == len(before)
    assert any(id.endswith("/plan-orders-on-linux") for _, id in bench.in_azure())
