"""Names: valid wherever Azure takes them, the same for ever, and overridden one by one.

The golden table holds them across versions. A changed name is a lost hub: Azure makes a new store and the running
orchestrations stay in the old one. After a new environment, application or slot: `python tests/environments/test_names.py`
"""

import json
import re
import typing
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from environments import Environment, Estate, canonical, load_estate, names, task_hubs, values

Files = Mapping[str, str | bytes]
Table = dict[str, dict[str, str]]

GOLDEN = Path(__file__).with_name("golden_names.json")
SHIPPED = Path(__file__).parents[2] / "environments"
# Organization, environment, application and slots at their shortest, their longest, and with all the dashes they take.
EXTREMES = [
    ("ab", "d", "ab", ["qa"]),
    (
        "abcdefghijklmnopqrstuvwx",
        "environment1",
        "abcdefghijklmnopqrst",
        ["abcdefghijklmnopqrs", "abcdefghijklmnopqrt"],
    ),
    ("a-b-c", "prod", "a-b-c-d-e-f-g-h-i-jk", ["staging"]),
    ("acme", "environment1", "a-bcdefghijklmnop-rs", ["staging"]),
]


def described(environment: Environment) -> Table:
    """What an environment of the estate is called, by environment and by application."""
    table: Table = {f"{environment.organization}/{environment.name}": vars(environment.resource_names)}
    for app in environment.apps:
        hubs = {f"hub {hub.slot or 'production'}": hub.name for hub in task_hubs(environment) if hub.app == app}
        ids = {
            f"host id {slot or 'production'}": names.host_id(environment.name, app, slot)
            for slot in environment.apps[app].all_slots
        }
        table[f"{environment.organization}/{environment.name}/{app}"] = {
            **vars(environment.app_names(app)),
            **hubs,
            **ids,
        }
    return table


def derived(organization: str, environment: str, app: str, slots: list[str]) -> Table:
    """What names.py makes of these four, without any description."""
    both = [(slot, slot or "production") for slot in (None, *slots)]
    return {
        f"{organization}/{environment}": vars(names.environment_names(organization, environment)),
        f"{organization}/{environment}/{app}": {
            **vars(names.app_names(organization, environment, app)),
            **{f"hub {called}": names.hub_name(environment, app, slot) for slot, called in both},
            **{f"host id {called}": names.host_id(environment, app, slot) for slot, called in both},
        },
    }


def golden_table() -> dict[str, Table]:
    """Every name of the shipped estate, and of the extremes."""
    shipped: Table = {}
    for environment in load_estate(SHIPPED):
        shipped |= described(environment)
    extremes: Table = {}
    for one in EXTREMES:
        extremes |= derived(*one)
    return {"estate": shipped, "extremes": extremes}


def test_no_name_has_changed() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    now = golden_table()
    lost = [
        f"{part}: {owner}: {kind}: {name} is now {now[part].get(owner, {}).get(kind)}"
        for part, table in golden.items()
        for owner, entries in table.items()
        for kind, name in entries.items()
        if now[part].get(owner, {}).get(kind) != name
    ]
    assert lost == [], "a changed name is a lost hub; what exists already belongs under `names:`"


def test_every_name_is_in_the_golden_table() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    now = golden_table()
    missing = [
        owner for part in now for owner in now[part] if now[part][owner].keys() != golden[part].get(owner, {}).keys()
    ]
    assert missing == [], "run `python tests/environments/test_names.py` and commit golden_names.json"


def legal(kind: object) -> st.SearchStrategy[str]:
    """Every text that the value type takes."""
    pattern = next(part.pattern for part in typing.get_args(kind) if hasattr(part, "pattern"))
    return st.from_regex(pattern, fullmatch=True)


ORGANIZATIONS = legal(values.OrganizationName)
ENVIRONMENTS = legal(values.EnvironmentName)
APPS = legal(values.AppName)
SLOTS = st.none() | legal(values.SlotName)

# "Naming rules and restrictions for Azure resources", read 2026-11-22; written anew here, not taken from values.py.
LIMITS = {
    "storage_account": r"[a-z0-9]{3,24}",
    "scheduler": r"[a-zA-Z0-9-]{3,64}",
    "sql_server": r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
    "key_vault": r"(?=.{3,24}$)[a-z]([a-z0-9]|-(?!-))*[a-z0-9]",
    "function_app": r"(?=.{2,60}$)[a-z0-9][a-z0-9-]*[a-z0-9]",
    "plan": r"[A-Za-z0-9-]{1,60}",
    "identity": r"[A-Za-z0-9][A-Za-z0-9_-]{2,127}",
    "resource_group": r"(?=.{1,90}$)[A-Za-z0-9_().-]*[A-Za-z0-9_()-]",
    "workspace": r"(?=.{4,63}$)[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]",
    "application_insights": r"(?=.{1,255}$)[A-Za-z0-9_().-]*[A-Za-z0-9_()-]",
}


@given(ORGANIZATIONS, ENVIRONMENTS, APPS)
def test_azure_takes_every_name(organization: str, environment: str, app: str) -> None:
    made = {
        **vars(names.environment_names(organization, environment)),
        **vars(names.app_names(organization, environment, app)),
    }
    assert made.keys() == LIMITS.keys()
    assert [(kind, name) for kind, name in made.items() if not re.fullmatch(LIMITS[kind], name)] == []


@given(ENVIRONMENTS, APPS, SLOTS)
def test_azure_takes_every_hub_and_every_host_id(environment: str, app: str, slot: str | None) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]{2,44}", names.hub_name(environment, app, slot))
    host_id = names.host_id(environment, app, slot)
    assert len(host_id) <= 32
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", host_id)


@given(ORGANIZATIONS, ENVIRONMENTS, APPS, SLOTS)
def test_a_slot_of_any_name_still_has_an_address(
    organization: str, environment: str, app: str, slot: str | None
) -> None:
    site = names.app_names(organization, environment, app).function_app
    assert len(site) <= 32, "the host would derive its id from the first 32 characters"
    assert len(f"{site}-{slot}" if slot else site) <= 63, "a part of a host name has 63 characters at most"


@given(ENVIRONMENTS, APPS, SLOTS, SLOTS)
def test_no_two_slots_share_a_hub_or_a_host_id(environment: str, app: str, one: str | None, other: str | None) -> None:
    assume(one != other)
    first, second = (names.hub_name(environment, app, slot) for slot in (one, other))
    assert canonical(first) != canonical(second)
    assert names.host_id(environment, app, one) != names.host_id(environment, app, other)


@given(st.tuples(ORGANIZATIONS, ENVIRONMENTS, APPS), st.tuples(ORGANIZATIONS, ENVIRONMENTS, APPS))
def test_no_two_owners_want_the_same_name_in_the_world(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assume(one != other)
    first, second = names.app_names(*one), names.app_names(*other)
    assert first.storage_account != second.storage_account
    assert first.key_vault != second.key_vault
    assert first.sql_server != second.sql_server
    assert first.function_app != second.function_app


@pytest.mark.parametrize(("one", "other"), [("ordersProd", "ordersprod"), ("orders-prod", "ordersprod"), ("a_b", "AB")])
def test_hubs_are_compared_as_azure_compares_them(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


APP_OVERRIDES = {
    "function_app": "Orders-Site",
    "plan": "old-plan",
    "identity": "old_identity",
    "storage_account": "oldstore1",
    "scheduler": "Old-Scheduler",
    "sql_server": "old-sql",
    "key_vault": "Old-Vault",
}
ENVIRONMENT_OVERRIDES = {"resource_group": "RG_(old)", "workspace": "old-log", "application_insights": "old.appi"}


@pytest.mark.parametrize("kind", APP_OVERRIDES)
def test_one_given_name_of_an_application_changes_no_other(
    kind: str, good: str, estate_of: Callable[[Files], Estate]
) -> None:
    given = f"    names: {{{kind}: {APP_OVERRIDES[kind]}}}\n    orchestrations:\n"
    made = estate_of({"dev.yaml": good.replace("    orchestrations:\n", given)})["dev"].app_names("orders")
    assert vars(made) == {**vars(names.app_names("acme", "dev", "orders")), kind: APP_OVERRIDES[kind]}


@pytest.mark.parametrize("kind", ENVIRONMENT_OVERRIDES)
def test_one_given_name_of_an_environment_changes_no_other(
    kind: str, good: str, estate_of: Callable[[Files], Estate]
) -> None:
    given = f"names: {{{kind}: {ENVIRONMENT_OVERRIDES[kind]}}}\napps:\n"
    made = estate_of({"dev.yaml": good.replace("apps:\n", given)})["dev"].resource_names
    assert vars(made) == {**vars(names.environment_names("acme", "dev")), kind: ENVIRONMENT_OVERRIDES[kind]}


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(golden_table(), indent=2) + "\n", encoding="utf-8")
