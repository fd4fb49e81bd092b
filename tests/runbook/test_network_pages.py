"""Pages of an environment in a private network: whose it is, what leads where, and what is looked at when names do not."""

from pathlib import Path
from typing import Any

import pytest

from environments import Environment, Estate, load_estate
from hubkeeper.runbook import render
from hubkeeper.runbook.risks import open_risks
from tests.runbook.bash_blocks import run
from tests.runbook.markdown_pages import tables

HUB = "/subscriptions/7c4e91d0-2a35-4b86-8f1e-52d90a6b3c27/resourceGroups/rg-hub/providers/Microsoft.Network"
BLOB = "privatelink.blob.core.windows.net"


@pytest.fixture(scope="module")
def own(project_root: Path) -> Environment:
    """An environment that makes its network."""
    return load_estate(project_root / "examples/private-network/environments")["prod"]


@pytest.fixture(scope="module")
def given(own: Environment) -> Environment:
    """The same in the network of another team, which also has the zone of blobs."""
    described: dict[str, Any] = own.model_dump(exclude_unset=True)
    zones = {"blob": f"{HUB}/privateDnsZones/{BLOB}"}
    place = {"subnet_resource_id": f"{HUB}/virtualNetworks/vnet-hub/subnets/pe", "private_dns_zone_resource_ids": zones}
    described["network"] = {"private_endpoints": place}
    for name, app in described["apps"].items():
        subnet = f"{HUB}/virtualNetworks/vnet-hub/subnets/{name}"
        app["network"] = {"subnet_resource_id": subnet, "public": app["network"].get("public", True)}
    return Environment.model_validate(described)


@pytest.fixture(scope="module")
def written(own: Environment, project_root: Path) -> dict[str, str]:
    return render(Estate({"prod": own}, {}), ["prod"], project=project_root)


def risks_of(environment: Environment) -> list[str]:
    return [risk.what for risk in open_risks(environment)]


def test_every_name_is_told_with_its_zone_and_whose_it_is(given: Environment, project_root: Path) -> None:
    page = render(Estate({"prod": given}, {}), ["prod"], project=project_root)["prod/orders.md"]
    store = given.app_names("orders").storage_account
    [asked] = [table for table in tables(page) if table[0][1].strip() == "Name that is asked for"]
    rows = {row[1].strip(" `"): (row[2].strip(" `"), row[3].strip()) for row in asked[2:]}
    theirs = "**another team's**: `rg-hub in 7c4e91d0-2a35-4b86-8f1e-52d90a6b3c27`"
    assert rows[f"{store}.blob.core.windows.net"] == (BLOB, theirs)
    assert rows[f"{store}.queue.core.windows.net"] == ("privatelink.queue.core.windows.net", "made here")
    assert len(rows) == 6
    assert "of another team (resource group and subscription: `rg-hub in" in page


def test_the_look_asks_every_name_and_shows_where_it_leads(
    own: Environment, written: dict[str, str], tmp_path: Path
) -> None:
    page = written["prod/orders.md"]
    look = page[page.index("### When names lead") : page.index("Healthy: behind each name an address")]
    calls = run(look, tmp_path)
    names = own.app_names("orders")
    assert [call[-1] for call in calls.of("curl")] == [
        *(f"https://{names.storage_account}.{part}.core.windows.net/" for part in ("blob", "queue", "table")),
        f"https://{names.key_vault}.vault.azure.net/",
        f"https://{names.function_app}.azurewebsites.net/",
        f"https://{names.function_app}-staging.azurewebsites.net/",
    ]
    assert all("%{remote_ip}" in call for call in calls.of("curl"))


def test_who_takes_over_confirms_the_network_where_there_is_one(written: dict[str, str], pages: dict[str, str]) -> None:
    assert "| it gets into the network, where every name leads" in written["prod/hand_over.md"]
    assert "from a machine in the network every name leads into it" in written["prod/orders/take-over.md"]
    assert "(#when-names-lead-nowhere-or-outside)" in written["prod/orders.md"]
    assert not [path for path, page in pages.items() if "gets into the network" in page or "when-names-lead" in page]


def test_what_others_own_and_who_gets_in_are_risks_that_somebody_carries(own: Environment, given: Environment) -> None:
    assert "no machine in the network is named" not in risks_of(own)
    assert "telemetry leaves the network by public addresses" not in risks_of(own)
    assert not [what for what in risks_of(own) if "another team's" in what]
    assert {"the network is another team's", "zones for blob are another team's"} <= set(risks_of(given))
    linked: dict[str, Any] = own.model_dump(exclude_unset=True)
    linked["telemetry"]["private_link"]["query_access_mode"] = "PrivateOnly"
    assert "the scope of telemetry is PrivateOnly" in risks_of(Environment.model_validate(linked))
    del linked["telemetry"]["private_link"]
    assert "telemetry leaves the network by public addresses" in risks_of(Environment.model_validate(linked))
    unnamed: dict[str, Any] = own.model_dump(exclude_unset=True) | {"operators": {}}
    assert "no machine in the network is named" in risks_of(Environment.model_validate(unnamed))
