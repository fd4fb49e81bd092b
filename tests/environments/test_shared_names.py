"""Two things of one name are refused before anything of either is made."""

from collections.abc import Callable

import pytest

from environments import Estate
from tests.environments.conftest import Files

Problems = Callable[[Files], list[str]]


def second(good: str, **names: str) -> str:
    """The application a second time, as `bills`, with names given to both."""
    given = ", ".join(f"{kind}: {name}" for kind, name in names.items())
    head, _, orders = good.partition("  orders:\n")
    both = f"    names: {{{given}}}\n{orders}" if names else orders
    return f"{head}  orders:\n{both}  bills:\n{both.replace('x-1', 'X-1')}"


@pytest.mark.parametrize(
    ("kind", "what"),
    [("function_app", "function app"), ("plan", "plan"), ("identity", "identity"), ("key_vault", "vault")],
)
def test_two_applications_of_one_environment_share_no_name_in_any_case(
    kind: str, what: str, good: str, problems_of: Problems
) -> None:
    (line,) = problems_of({"dev.yaml": second(good, **{kind: "name-x-1"})})
    assert line.startswith("environments/dev.yaml:")
    assert line.endswith(
        f"apps.bills.names.{kind}: the {what} name-x-1 is that of dev/orders as well, expected a name of its own "
        "(resource-name-rules, read 2026-11-22)"
    )


def test_two_environments_of_one_subscription_have_no_group_in_common(good: str, problems_of: Problems) -> None:
    text = f"names: {{resource_group: rg-both, workspace: log-both}}\n{good}"
    group, workspace = problems_of({"dev.yaml": text, "test.yaml": text})
    assert group == (
        "environments/test.yaml:1: names.resource_group: the resource group rg-both is that of dev as well, expected a name of "
        "its own (resource-name-rules, read 2026-11-22)"
    )
    assert workspace.startswith(
        "environments/test.yaml:1: names.workspace: the workspace log-both is that of dev as well"
    )


def test_what_is_unique_in_a_group_only_may_have_one_name_in_two(
    good: str, estate_of: Callable[[Files], Estate], problems_of: Problems
) -> None:
    plan = good.replace("    runtime:", "    names: {plan: plan-orders}\n    runtime:")
    assert len(estate_of({"dev.yaml": plan, "test.yaml": plan}).environments) == 2
    elsewhere = good.replace("7c4e91d0", "7c4e91d1")
    group = "names: {resource_group: rg-orders}\n"
    assert len(estate_of({"dev.yaml": group + good, "test.yaml": group + elsewhere}).environments) == 2
    vault = good.replace("    runtime:", "    names: {key_vault: kv-orders}\n    runtime:")
    (line,) = problems_of({"dev.yaml": vault, "test.yaml": vault.replace("7c4e91d0", "7c4e91d1")})
    assert "apps.orders.names.key_vault: the vault kv-orders is that of dev/orders as well" in line


def test_a_name_of_what_is_not_made_is_nobodys(good: str, estate_of: Callable[[Files], Estate]) -> None:
    assert len(estate_of({"dev.yaml": second(good, scheduler="dts-old")}).environments) == 1


def test_no_application_with_alerts_of_its_own_is_called_like_the_organization(
    good: str, estate_of: Callable[[Files], Estate], problems_of: Problems
) -> None:
    text = good.replace("  orders:\n", "  acme:\n")
    (line,) = problems_of({"prod.yaml": text})
    assert line == (
        "environments/prod.yaml:13: apps.acme: the action group ag-acme-prod of its alerts is the environment's as well, "
        "expected an application that is not called like the organization"
    )
    assert len(estate_of({"prod.yaml": text.replace("tier: staging", "tier: development")}).environments) == 1


def test_two_hosts_of_one_store_have_no_id_in_common(
    good: str, estate_of: Callable[[Files], Estate], problems_of: Problems
) -> None:
    given = second(good, storage_account="stboth", host_id="orders-host").replace(
        "staging: {hub", "staging: {host_id: orders-staging, hub"
    )
    production, staging = problems_of({"dev.yaml": given})
    assert production.endswith(
        "apps.bills.names.host_id: the host id orders-host is that of dev/orders/production as well, expected a name of its own "
        "(storage-considerations, 2026)"
    )
    assert "apps.bills.slots.staging.host_id: the host id orders-staging is that of dev/orders/staging" in staging
    apart = second(good, host_id="orders-host")
    assert len(estate_of({"dev.yaml": apart})["dev"].apps) == 2


def test_a_slot_does_not_have_the_host_id_of_production(good: str, problems_of: Problems) -> None:
    (line,) = problems_of({"dev.yaml": good.replace("staging: {hub", "staging: {host_id: dev-orders, hub")})
    assert "apps.orders.slots.staging.host_id: the host id dev-orders is that of dev/orders/production as well" in line
