"""Hosting plans, languages and slots: what cannot go together gets one line, where it stands, with what works instead."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from environments import DescriptionError, Environment, Estate, settings_of, sticky_names
from environments.plans_page import PAGE, page

Problems = Callable[[Mapping[str, str]], list[str]]
EstateOf = Callable[[Mapping[str, str]], Estate]

PLAN = "    plan:\n      sku: EP1\n      zone_redundant: true\n      minimum_instances: 2\n"
RUNTIME = 'runtime: {language: python, version: "3.12"}'
SLOTS = "    slots:\n      staging: {hub_binding: slot}\n"
PYTHON, NODE = '{language: python, version: "3.12"}', '{language: node, version: "22"}'


def described(good: str, plan: str, runtime: str = PYTHON, slots: str = "", more: str = "") -> str:
    """The good description on another plan, in lines 15 (runtime) and 16 (plan), without slots unless given."""
    assert good.count(PLAN) == good.count(RUNTIME) == good.count(SLOTS) == 1
    text = good.replace(PLAN, f"    plan: {plan}\n").replace(RUNTIME, f"runtime: {runtime}")
    return text.replace(SLOTS, f"{more}    slots: {{{slots}}}\n" if slots else more)


class Refused(NamedTuple):
    """What of a description cannot be, and the line that says so."""

    what: str
    plan: str
    says: str
    runtime: str = NODE
    slots: str = ""
    more: str = ""


STAGING = "staging: {hub_binding: slot}"

REFUSED = [
    Refused(**entry) for entry in yaml.safe_load(Path(__file__).with_name("bad_plans.yaml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("one", REFUSED, ids=lambda one: one.what)
def test_what_cannot_go_together_gets_one_line(one: Refused, good: str, problems_of: Problems) -> None:
    text = described(good, one.plan, one.runtime, one.slots, one.more)
    assert problems_of({"dev.yaml": text}) == [f"environments/dev.yaml:{one.says}"]


@pytest.mark.parametrize(
    ("sku", "setting", "because"),
    [
        ("FC1", "FUNCTIONS_WORKER_RUNTIME", "Flex Consumption takes it from functionAppConfig or does not know it"),
        ("FC1", "TZ", "Flex Consumption takes it from functionAppConfig or does not know it"),
        (
            "EP1",
            "website_contentshare",
            "a content share is reached with the store's key only, and the store takes none",
        ),
    ],
)
def test_a_setting_that_azure_refuses_is_refused_before(
    sku: str, setting: str, because: str, good: str, problems_of: Problems
) -> None:
    text = described(good, f"{{sku: {sku}}}").replace("REMINDER_HOURS", setting)
    [line] = problems_of({"dev.yaml": text})
    assert line.startswith(
        f"environments/dev.yaml:21: apps.orders.settings.{setting}: not on {sku}: {because}, expected it"
    )


def of(estate: Estate) -> Environment:
    return estate["dev"]


def test_flex_has_no_setting_that_it_refuses(good: str, estate_of: EstateOf) -> None:
    names = {one.name for one in settings_of(of(estate_of({"dev.yaml": described(good, "{sku: FC1}")})), "orders")}
    left_out = {"FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE"}
    assert not names & left_out
    assert {"TASKHUB_NAME", "AzureWebJobsStorage__accountName", "APPLICATIONINSIGHTS_CONNECTION_STRING"} <= names


@pytest.mark.parametrize(
    ("plan", "runtime", "setting"),
    [
        ("{sku: Y1}", NODE, ("WEBSITE_NODE_DEFAULT_VERSION", "~22")),
        ("{sku: Y1}", "{language: custom}", ("FUNCTIONS_WORKER_RUNTIME", "custom")),
        ("{sku: EP1}", NODE, None),
    ],
)
def test_windows_is_told_the_version_of_node_by_a_setting(
    plan: str, runtime: str, setting: tuple[str, str] | None, good: str, estate_of: EstateOf
) -> None:
    settings = settings_of(of(estate_of({"dev.yaml": described(good, plan, runtime)})), "orders")
    pairs = {one.name: one.value for one in settings}
    if setting is None:
        assert "WEBSITE_NODE_DEFAULT_VERSION" not in pairs
    else:
        assert pairs[setting[0]] == setting[1]


@pytest.mark.parametrize(("binding", "stays"), [("slot", True), ("code", False)])
def test_the_hub_stays_or_travels_as_declared_and_the_host_id_always_stays(
    binding: str, stays: bool, good: str, estate_of: EstateOf
) -> None:
    text = described(good, "{sku: EP1}", slots=f"staging: {{hub_binding: {binding}}}")
    sticky = sticky_names(of(estate_of({"dev.yaml": text})), "orders")
    assert ("TASKHUB_NAME" in sticky) is stays
    assert "AzureFunctionsWebHost__hostid" in sticky


def test_another_binding_is_no_other_hub(good: str, estate_of: EstateOf) -> None:
    hubs = [
        [hub.name for hub in estate_of({"dev.yaml": described(good, "{sku: EP1}", slots=slots)}).task_hubs()]
        for slots in (STAGING, STAGING.replace("slot}", "code}"))
    ]
    assert hubs[0] == hubs[1]


@pytest.mark.parametrize(
    ("plan", "name"),
    [("{sku: EP1}", "AzureWebJobs_NightlyCleanup_Disabled"), ("{sku: Y1}", "AzureWebJobs.NightlyCleanup.Disabled")],
)
def test_a_disabled_function_is_off_in_its_slot_only_and_stays_off(
    plan: str, name: str, good: str, estate_of: EstateOf
) -> None:
    slots = "staging: {hub_binding: slot, disabled_functions: [NightlyCleanup]}"
    environment = of(estate_of({"dev.yaml": described(good, plan, NODE, slots=slots)}))
    assert {one.name: one.value for one in settings_of(environment, "orders", "staging")}[name] == "true"
    assert name not in {one.name for one in settings_of(environment, "orders")}
    assert name in sticky_names(environment, "orders")


def test_the_page_of_plans_says_what_the_catalogue_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m environments.plans_page` and commit the page"


def test_what_the_page_says_is_refused_is_refused(good: str, estate_of: EstateOf) -> None:
    with pytest.raises(DescriptionError, match="2028-09-30"):
        estate_of({"dev.yaml": described(good, "{sku: Y1, os: linux}", NODE)})
    assert "2028-09-30" in page()
