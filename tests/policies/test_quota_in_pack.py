"""Quotas of schedulers are counted over the whole estate, also where the engine deploys only one environment of it."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from policies.pack import policies_of
from tests.policies.engine_calls import described_in, told_by
from tests.policies.on_scheduler import on_scheduler
from tests.policies.sound import sound
from tests.policies.world import World


def consumption(world: World) -> None:
    on_scheduler()(world)
    hub = world.described["apps"]["claims"]["task_hub"]
    hub["scheduler"] = {"sku": "Consumption", "ip_allow_list": ["203.0.113.0/28"]}
    hub["history_days"] = 30


def beside(world: World, name: str, **over: Any) -> None:
    """Another environment with an application of one slot: two hubs."""
    other = deepcopy(world.described) | {"name": name, **over}
    del other["apps"]["claims"]["names"]
    world.elsewhere.append(other)


@pytest.mark.parametrize(
    ("others", "over", "findings"),
    [(["test"], {}, 0), (["test", "dev"], {}, 1), (["test", "dev"], {"location": "northeurope"}, 0)],
    ids=["four hubs", "six hubs", "six hubs in two regions"],
)
def test_a_sixth_hub_on_consumption_is_one_too_many_wherever_the_others_are_described(
    others: list[str], over: dict[str, Any], findings: int, tmp_path: Path
) -> None:
    world = sound()
    consumption(world)
    for name in others:
        beside(world, name, **over)
    told = told_by(policies_of(described_in(tmp_path, world)), world.plan)
    quota = [message for name, _, message, _ in told if name == "scheduler-quota"]
    assert len(quota) == findings
    assert all("6 task hubs of SKU Consumption in westeurope" in message for message in quota)
