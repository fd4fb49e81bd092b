"""Each application of staging and production has a workbook, listed under the environment's Application Insights."""

import json
from collections.abc import Callable

import pytest

from environments import Estate
from plan import Plan

WORKBOOK = "azure-native:applicationinsights:Workbook"


@pytest.mark.parametrize("name", ["test", "prod"])
def test_each_application_has_one_below_the_environments_component(
    name: str, estate: Estate, plans: dict[str, Plan]
) -> None:
    plan = plans[name]
    [insights] = plan.of_type("azure-native:applicationinsights:Component")
    found = plan.of_type(WORKBOOK)
    assert [one.inputs["displayName"] for one in found] == [f"{app} in {name}" for app in estate[name].apps]
    for one in found:
        assert one.property_dependencies["sourceId"] == (insights.urn,)
        assert one.inputs["kind"] == "shared"
        assert json.loads(one.inputs["serializedData"])["version"] == one.inputs["version"]


def test_development_has_none_unless_it_asks_for_them(
    estate: Estate, plans: dict[str, Plan], planned: Callable[..., Plan]
) -> None:
    assert plans["dev"].of_type(WORKBOOK) == []
    dev = estate["dev"].model_copy(update={"workbooks": True})
    assert len(planned(dev).of_type(WORKBOOK)) == 3
    prod = estate["prod"].model_copy(update={"workbooks": False})
    assert planned(prod).of_type(WORKBOOK) == []
