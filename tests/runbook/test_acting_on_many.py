"""Many instances from a reviewed file: each is looked at first, only what bears it is acted on, the first surprise ends it."""

from pathlib import Path
from typing import Any

import pytest

from tests.runbook.needs import needs
from tests.runbook.stand_in_hub import COMPENSATED, PLAIN, RUNNING, WITH_TIMERS, Hub

pytestmark = needs("jq")


@pytest.fixture
def page(pages: dict[str, str]) -> str:
    return pages["prod/freight/act-on-many.md"]


def test_only_those_that_bear_a_rewind_are_rewound_and_the_log_says_why_the_others_are_not(
    page: str, tmp_path: Path
) -> None:
    states = {"plain": PLAIN, "retried": WITH_TIMERS, "undone": COMPENSATED, "runs": RUNNING}
    hub = Hub(tmp_path, states)
    assert hub.run(page, "durable_each rewind", tuple(states)).complaints == ""
    assert hub.posted == ["plain rewind"]
    assert [line[1:] for line in hub.log] == [
        ["plain", "ready"],
        ["rewind", "asked for"],
        ["rewind", "new-1"],
        ["retried", "left: timers in its history"],
        ["undone", "left: it went on after the failure"],
        ["runs", "left: Running"],
    ]


def test_looking_at_the_list_changes_nothing_and_says_how_many_timers_there_are(page: str, tmp_path: Path) -> None:
    hub = Hub(tmp_path, {"plain": PLAIN, "retried": WITH_TIMERS})
    hub.run(page, "durable_each ''", ("plain", "retried"))
    assert [line[1:] for line in hub.log] == [
        ["plain", "Failed, 0 timers, last Enrich"],
        ["retried", "Failed, 1 timers, last nothing"],
    ]
    assert hub.posted == []


def test_the_first_that_does_not_answer_ends_it(page: str, tmp_path: Path) -> None:
    hub = Hub(tmp_path, {"one": PLAIN, "three": PLAIN})
    hub.run(page, "durable_each rewind", ("one", "two", "three"))
    assert hub.posted == ["one rewind"]
    assert hub.log[-1][1:] == ["two", "no answer: stopped"]


def test_what_was_restarted_from_a_file_is_not_restarted_from_it_again(pages: dict[str, str], tmp_path: Path) -> None:
    batch = PLAIN | {"name": "EnrichBatch"}
    hub = Hub(tmp_path, {"one": batch, "two": batch, "child": PLAIN | {"name": "EnrichSample"}})
    page = pages["prod/genomics/act-on-many.md"]
    hub.run(page, "durable_each restart", ("one",))
    hub.run(page, "durable_each restart", ("one", "child", "two"))
    assert hub.posted == ["one restart", "two restart"]
    assert ["one", "left: the log says that its restart was asked for"] in hub.log
    assert [line[1:] for line in hub.log if "child" in line] == [["child", "left: EnrichSample"]]
    assert "THE-KEY" not in str(hub.log)


def test_what_is_suspended_runs_and_what_is_resumed_is_suspended(page: str, tmp_path: Path) -> None:
    hub = Hub(tmp_path, {"runs": RUNNING, "rests": {"runtimeStatus": "Suspended"}, "failed": PLAIN})
    hub.run(page, "durable_each suspend", ("runs", "rests", "failed"))
    hub.run(page, "durable_each resume", ("runs", "rests", "failed"))
    assert hub.posted == ["runs suspend", "rests resume"]


@pytest.mark.parametrize(("state", "posted"), [(PLAIN, ["it rewind"]), (WITH_TIMERS, []), (COMPENSATED, [])])
def test_one_instance_is_not_rewound_either_where_it_would_fail_again(
    pages: dict[str, str], tmp_path: Path, state: dict[str, Any], posted: list[str]
) -> None:
    hub = Hub(tmp_path, {"it": state})
    calls = hub.run(pages["prod/freight/act-on-an-instance.md"], "/rewind", ("it",), "durable() {")
    assert hub.posted == posted
    assert ("left:" in calls.complaints) != bool(posted)
