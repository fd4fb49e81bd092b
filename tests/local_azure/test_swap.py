"""A swap in the local Azure: what travels, what stays, and what the engine hears of it (nothing)."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hubkeeper.local_azure.swap import CannotSwap, swap
from tests.local_azure.driver import PROJECT_ROOT
from tests.local_azure.estate import GROUP, Estate

SITE = "func-dev-claims"


def _settings(**values: str) -> dict[str, Any]:
    return {"appSettings": [{"name": name, "value": value} for name, value in values.items()]}


def stored(database: Path, kind: str) -> dict[str, Any]:
    """The siteConfig that the local Azure holds."""
    with sqlite3.connect(database) as connection:
        [row] = connection.execute("select inputs from resources where type = ?", (f"azure-native:web:{kind}",))
    config: dict[str, Any] = json.loads(row[0])["siteConfig"]
    return config


def digests(database: Path, kind: str) -> dict[str, str]:
    return {one["name"]: one["digest"] for one in stored(database, kind)["appSettings"]}


@pytest.fixture
def two_slots(estate: Estate) -> Estate:
    plan = estate.plan()
    config = {"alwaysOn": False, "linuxFxVersion": "PYTHON|3.12"}
    estate.app(plan, siteConfig=config | _settings(TASKHUB_NAME="one", PACKAGE="1.0"))
    estate.slot(
        plan,
        siteConfig=config | {"linuxFxVersion": "PYTHON|3.13"} | _settings(TASKHUB_NAME="two", PACKAGE="1.1", NEW="x"),
    )
    names = {"resourceGroupName": GROUP, "name": SITE, "appSettingNames": ["TASKHUB_NAME"]}
    estate.caller.create("web:WebAppSlotConfigurationNames", names, "sticky")
    return estate


def test_what_is_not_sticky_goes_to_the_other_slot(two_slots: Estate, database: Path) -> None:
    one, two = digests(database, "WebApp"), digests(database, "WebAppSlot")
    swap(database, SITE, "staging")
    after, beside = digests(database, "WebApp"), digests(database, "WebAppSlot")
    assert after == {"TASKHUB_NAME": one["TASKHUB_NAME"], "PACKAGE": two["PACKAGE"], "NEW": two["NEW"]}
    assert beside == {"TASKHUB_NAME": two["TASKHUB_NAME"], "PACKAGE": one["PACKAGE"]}
    assert stored(database, "WebApp")["linuxFxVersion"] == "PYTHON|3.13"


def test_two_swaps_are_none(two_slots: Estate, database: Path) -> None:
    before = digests(database, "WebApp"), digests(database, "WebAppSlot")
    swap(database, SITE, "staging")
    assert (digests(database, "WebApp"), digests(database, "WebAppSlot")) != before
    swap(database, SITE, "staging")
    assert (digests(database, "WebApp"), digests(database, "WebAppSlot")) == before


def test_a_refresh_hears_nothing_of_it(two_slots: Estate, database: Path) -> None:
    plan = two_slots.plan("S1", "plan-other")
    app = two_slots.app(plan, name="func-other", siteConfig=_settings(PACKAGE="1.0"))
    slot = two_slots.site(plan, name="func-other", slot="next", siteConfig=_settings(PACKAGE="1.1"))
    two_slots.caller.create("web:WebAppSlot", slot, "next")
    swap(database, "func-other", "next")
    read = two_slots.caller.read(app)
    assert read is not None
    assert read.inputs["siteConfig"] == app.inputs["siteConfig"]


@pytest.mark.parametrize(
    ("site", "slot", "says"), [("func-none", "staging", "no site"), (SITE, "none", "has no slot 'none'")]
)
def test_what_is_not_there_is_not_swapped(two_slots: Estate, database: Path, site: str, slot: str, says: str) -> None:
    with pytest.raises(CannotSwap, match=says):
        swap(database, site, slot)


def test_the_command_says_in_one_line_what_is_wrong(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hubkeeper.local_azure.swap", "--database", str(tmp_path / "none.db")]
    done = subprocess.run(
        [*command, "--site", "a", "--slot", "b"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "no such database" in done.stderr


def test_who_may_call_stays_with_its_slot(estate: Estate, database: Path) -> None:
    plan = estate.plan()
    rules = [{"name": "allow-100", "priority": 100, "action": "Allow", "ipAddress": "198.51.100.0/27"}]
    estate.app(plan, siteConfig={"ipSecurityRestrictionsDefaultAction": "Allow"} | _settings(PACKAGE="1.0"))
    shut = {"ipSecurityRestrictions": rules, "ipSecurityRestrictionsDefaultAction": "Deny"}
    estate.slot(plan, siteConfig=shut | _settings(PACKAGE="1.1"))
    two = digests(database, "WebAppSlot")
    swap(database, SITE, "staging")
    assert digests(database, "WebApp") == two, "the code went"
    assert stored(database, "WebApp")["ipSecurityRestrictionsDefaultAction"] == "Allow"
    assert stored(database, "WebAppSlot")["ipSecurityRestrictions"] == rules
