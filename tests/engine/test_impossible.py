"""What Azure would refuse half-way is refused before anything is touched, with what would work; and that works."""

from collections.abc import Callable
from typing import Any

import pytest

from hubkeeper.engine.guard import Step
from hubkeeper.engine.impossible import impossible
from tests.engine.workbench import Workbench

PLAN, SITE, GROUP = (
    "azure-native:web:AppServicePlan",
    "azure-native:web:WebApp",
    "azure-native:resources:ResourceGroup",
)
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


@pytest.fixture(scope="module")
def up_in_development(new_project: Callable[..., Workbench], project_root: Any) -> Workbench:
    bench = new_project()
    bench.describe_as(project_root / "examples" / "elastic-premium")
    bench.describe("prod", lambda it: it.update(tier="development"))
    answer = bench.run("up", "prod", "--local", "--yes")
    assert answer.code == 0, answer.out + answer.err
    return bench


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
