"""At night one shell sees many cases: what is typed names the instance, and no list, file or id of the last case is acted on."""

from pathlib import Path

import pytest

from hubkeeper.runbook import starter_commands
from hubkeeper.runbook.commands import Target
from tests.runbook.bash_blocks import bash_of
from tests.runbook.needs import needs
from tests.runbook.stand_in_hub import PLAIN, RUNNING, Hub, block_with

pytestmark = needs("jq")

_CLAIM = PLAIN | {"name": "ProcessClaim"}
_MANY = "prod/genomics/act-on-many.md"
_ONE = "prod/claims/act-on-an-instance.md"
_RAISE = "prod/claims/raise-an-event.md"
_ACTIONS = ("/suspend", "/resume", "/restart", "/terminate", "durable DELETE")


@pytest.mark.parametrize("action", _ACTIONS)
def test_the_id_of_the_last_case_is_shown_and_stops_what_is_meant_for_this_one(
    pages: dict[str, str], tmp_path: Path, action: str
) -> None:
    hub = Hub(tmp_path, {"claim-1": _CLAIM, "claim-2": _CLAIM})
    block = block_with(pages[_ONE], action)
    typed = 'read() { printf -v "$4" "%s" "$(sed "s/claim-1/claim-2/; s/^Type //; s/ to go on: $//" <<< "$3")"; }\n'
    given = f"REASON=INC INSTANCE_ID=claim-1\n{block_with(pages[_ONE], 'durable() {')}\n"
    hub.bash(f'sed() {{ /bin/sed "$@"; }}\n{typed}{given}{block}')
    assert hub.posted == []
    assert [line.split()[1] for line in hub.asked] == ["claim-1"], "it was looked at"
    hub.bash(given + block)
    assert [one.split()[0] for one in hub.posted] == ["claim-1"]


def test_an_instance_that_the_hub_does_not_have_is_not_acted_on(pages: dict[str, str], tmp_path: Path) -> None:
    hub = Hub(tmp_path, {"claim-1": _CLAIM})
    for action in _ACTIONS:
        hub.run(pages[_ONE], action, ("claim-9",), "durable() {")
    assert hub.posted == []


def test_a_restarted_claim_keeps_its_id_and_a_running_one_is_left(pages: dict[str, str], tmp_path: Path) -> None:
    hub = Hub(tmp_path, {"claim-1": _CLAIM, "claim-2": RUNNING | {"name": "ProcessClaim"}})
    hub.run(pages[_ONE], "/restart", ("claim-1",), "durable() {")
    calls = hub.run(pages[_ONE], "/restart", ("claim-2",), "durable() {")
    assert [line for line in hub.asked if "/restart" in line or " restart " in line] == [
        "POST claim-1 restart taskHub=prodclaims&restartWithNewInstanceId=false"
    ]
    assert "left: Running" in calls.complaints


@pytest.mark.parametrize(
    ("payload", "raised"),
    [('{"field": 1}', True), ("null", True), ("", False), ("approved", False), ("1 2", False), (None, False)],
)
def test_what_is_not_one_json_value_is_not_raised(
    pages: dict[str, str], tmp_path: Path, payload: str | None, raised: bool
) -> None:
    hub = Hub(tmp_path, {"claim-1": RUNNING | {"name": "ProcessClaim"}})
    file = tmp_path / "payload.json"
    if payload is not None:
        file.write_text(payload)
    given = f"INSTANCE_ID=claim-1 EVENT_FILE={file}\n{block_with(pages[_RAISE], 'durable() {')}\n"
    calls = hub.bash(given + block_with(pages[_RAISE], "/raiseEvent/"))
    assert bool(hub.posted) is raised
    assert bool(calls.complaints) is not raised


def test_a_mistyped_file_leaves_no_list_to_act_on(pages: dict[str, str], tmp_path: Path) -> None:
    hub = Hub(tmp_path, {"one": PLAIN | {"name": "EnrichBatch"}})
    hub.write(("one",))
    taken, defined = block_with(pages[_MANY], "mapfile"), block_with(pages[_MANY], "durable_each() {")
    acting = block_with(pages[_MANY], "durable_each restart")
    calls = hub.bash(f"{taken}\nIDS_FILE={tmp_path}/mistyped\n{taken}\nREASON=INC\n{defined}\n{acting}")
    assert hub.asked == []
    assert "take the file in first" in calls.complaints


def test_a_file_that_was_not_taken_in_is_not_acted_on_in_another_s_name(pages: dict[str, str], tmp_path: Path) -> None:
    hub = Hub(tmp_path, {"one": PLAIN | {"name": "EnrichBatch"}})
    hub.write(("one",))
    taken, defined = block_with(pages[_MANY], "mapfile"), block_with(pages[_MANY], "durable_each() {")
    acting = block_with(pages[_MANY], "durable_each restart")
    calls = hub.bash(f"{taken}\nIDS_FILE={tmp_path}/next\nREASON=INC\n{defined}\n{acting}")
    assert hub.asked == []
    assert "take the file in first" in calls.complaints
    assert not (tmp_path / "next.log").exists()


def test_three_lines_and_the_rest_become_files_and_names_and_times_in_them_are_no_ids(
    pages: dict[str, str], tmp_path: Path
) -> None:
    states = {f"batch-{n}": PLAIN | {"name": "EnrichBatch"} for n in range(5)}
    hub = Hub(tmp_path, states)
    hub.write(tuple(f"{one}\tEnrichBatch\t2026-11-02T10:00:00Z" for one in states))
    page = pages[_MANY]
    taken, defined = block_with(page, "mapfile"), block_with(page, "durable_each() {")
    given = f"{block_with(page, 'tail -n +4')}\nIDS_FILE=$IDS_FILE.rest\n{taken}\nREASON=INC\n{defined}\n"
    calls = hub.bash(given + block_with(page, "durable_each restart"))
    assert calls.complaints == ""
    assert hub.posted == ["batch-3 restart", "batch-4 restart"]
    assert len((tmp_path / "ids.first").read_text().splitlines()) == 3
    assert (tmp_path / "ids.rest.log").exists()
    again = hub.bash(block_with(page, "tail -n +4"))
    assert again.complaints == ""
    assert len((tmp_path / "ids.first").read_text().splitlines()) == 3


@pytest.mark.parametrize(
    ("trigger", "held"),
    [
        ("queueTrigger", True),
        ("httpTrigger", True),
        ("orchestrationTrigger", False),
        ("activityTrigger", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("slot", ["production", "staging"])
def test_only_what_starts_instances_is_held(
    pages: dict[str, str], tmp_path: Path, trigger: str, held: bool, slot: str
) -> None:
    page = pages["prod/freight/when-a-partner-is-down.md"]
    blocks = [block for block in bash_of(page) if "appsettings set" in block]
    block = next(one for one in blocks if f"/{slot} $STARTER" in one)
    az = f'az() {{ command az "$@" > /dev/null; [ "$1" != rest ] || echo \'{trigger}\'; }}\n'
    calls = Hub(tmp_path, {}).bash(f"STARTER=Begin\n{az}{block}")
    settings = [call for call in calls.of("az") if "appsettings" in call]
    assert bool(settings) is held
    assert any(call[0] == "rest" and "/functions/Begin?" in " ".join(call) for call in calls.of("az"))
    if held:
        assert "AzureWebJobs_Begin_Disabled=true" in settings[0]
        assert ("staging" in settings[0]) is (slot == "staging")


@pytest.mark.parametrize(
    ("system", "setting"),
    [("linux", "AzureWebJobs_${STARTER}_Disabled"), ("windows", "AzureWebJobs.$STARTER.Disabled")],
)
def test_a_starter_is_held_by_the_name_that_its_system_takes(system: str, setting: str) -> None:
    target = Target("sub", "group", "app")
    assert f'"{setting}=true"' in starter_commands.hold(target, "/sites/app", system).script
    assert f'"{setting}"' in starter_commands.let_go(target, system).script


def test_where_nothing_may_be_rewound_or_restarted_no_page_offers_it(pages: dict[str, str]) -> None:
    for app, missing in (("claims", "rewind"), ("genomics", "rewind"), ("freight", "restart")):
        for name in ("act-on-an-instance", "act-on-many"):
            bash = "\n".join(bash_of(pages[f"prod/{app}/{name}.md"]))
            assert f"/{missing}" not in bash, (app, name)
            assert f"durable_each {missing}" not in bash, (app, name)
    assert "then rewind" not in pages["prod/claims/act-on-an-instance.md"]
    assert "restart it, or" not in pages["prod/freight/act-on-an-instance.md"]
