"""`up` is killed at many points and run again: it converges, with nothing there twice and nothing lost.

A chain of kills: each run goes on where the one before it died, and dies a step later. Each resource depends on the one
before, so no run has passed a point that is still to come. What was made just before a kill is nobody's yet, so it is made,
and the next one killed, at the same point again.
"""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.already_up import AlreadyUp
from tests.engine.workbench import Answer, Workbench, end, is_running, processes_below, wait_for

pytestmark = pytest.mark.engine

Point = tuple[str, str]
PROVIDER, ENGINE, COMMAND = "provider", "engine", "command"
GROUP, STORE, ROLE = "ResourceGroup::group", "StorageAccount::claims-store", "RoleAssignment::claims-blobs"
SITE, STICKY, SLOT = "WebApp::claims-site", "::claims-sticky", "WebAppSlot::claims-staging-slot"

CHAIN: list[tuple[str, Point]] = [
    (ENGINE, ("before-create", GROUP)),
    (PROVIDER, ("after-create", GROUP)),
    (PROVIDER, ("before-create", STORE)),
    (ENGINE, ("after-create", STORE)),
    (COMMAND, ("after-create", STORE)),
    (ENGINE, ("before-create", ROLE)),
    (PROVIDER, ("after-create", ROLE)),
    (PROVIDER, ("after-create", SITE)),
    (ENGINE, ("after-create", SITE)),
    (ENGINE, ("after-create", STICKY)),
    (COMMAND, ("before-create", SLOT)),
    (PROVIDER, ("after-create", SLOT)),
]


def order(bench: Workbench, point: Point, what: str) -> dict[str, str]:
    """Orders a fault from the local Azure; the variable that hands it over."""
    marker = bench.root / "hit"
    marker.unlink(missing_ok=True)
    file = bench.root / "faults.json"
    file.write_text(json.dumps([{"at": point[0], "match": point[1], "do": what, "marker": str(marker)}]))
    return {"HUBKEEPER_LOCAL_FAULTS": str(file)}


def was_hit(bench: Workbench) -> bool:
    return (bench.root / "hit").exists()


def provider_dies(bench: Workbench, point: Point) -> Answer:
    return bench.run("up", "dev", "--local", "--yes", **order(bench, point, "exit"))


def engine_is_killed(bench: Workbench, point: Point) -> Answer:
    return killed(bench, point, lambda program: program.split()[0].endswith("pulumi"))


def command_is_killed(bench: Workbench, point: Point) -> Answer:
    return killed(bench, point, lambda program: "hubkeeper.cli" in program)


def killed(bench: Workbench, point: Point, is_meant: Callable[[str], bool]) -> Answer:
    """Kills one of the processes of an `up` that stands still at the point, and waits for the others to end by themselves."""
    process = bench.start("up", "dev", "--local", "--yes", **order(bench, point, "stall"))
    wait_for(f"{point}", lambda: was_hit(bench) or process.poll() is not None)
    family = processes_below(process.pid)
    meant = [one for one, program in family.items() if is_meant(program)]
    assert meant, "".join(process.communicate())
    end(meant[0])
    out, err = process.communicate()
    wait_for(f"the end of {family}", lambda: not any(map(is_running, family)))
    return Answer(process.returncode, out, err)


KILL = {PROVIDER: provider_dies, ENGINE: engine_is_killed, COMMAND: command_is_killed}


def created_again(bench: Workbench, known: list[tuple[str, str]], calls_before: int) -> list[str]:
    """What the engine knew already and created nevertheless."""
    urns = {urn for urn, _ in known}
    return [urn for method, urn in bench.calls()[calls_before:] if method == "Create" and urn in urns]


def test_up_converges_however_often_it_is_killed(small: Workbench) -> None:
    for who, point in CHAIN:
        known, before = small.in_state("dev"), len(small.calls())
        answer = KILL[who](small, point)
        assert was_hit(small), f"{who} {point}: {answer.out}{answer.err}"
        assert answer.code != 0
        assert "Traceback" not in answer.err
        assert created_again(small, known, before) == []

    known, before = small.in_state("dev"), len(small.calls())
    last = small.run("up", "dev", "--local", "--yes")

    assert last.code == 0, last.out + last.err
    assert created_again(small, known, before) == []
    assert small.in_azure() == small.in_state("dev")
    assert wanted(small) == [urn for urn, _ in small.in_azure()]
    assert not small.state("dev").get("pending_operations")
    assert "Delete" not in {method for method, _ in small.calls()}
    assert "nothing to change" in small.run("up", "dev", "--local", "--yes").summary


def wanted(bench: Workbench) -> list[str]:
    """The URNs of all resources of Azure that the description wants."""
    document = json.loads(bench.run("plan", "dev").out)
    urns = (one["urn"] for one in document["deployment"]["resources"] if one["type"].startswith("azure-native:"))
    return sorted(urns)


def test_an_engine_that_died_while_it_wrote_its_state_can_still_be_run_again(
    already_up: AlreadyUp, tmp_path: Path
) -> None:
    """It writes the attributes of a file in place, so a kill can leave them empty."""
    bench = already_up.applications(tmp_path / "project", "dev", "claims")
    state = bench.root / ".hubkeeper" / "local" / "state"
    attributes = [file for file in state.rglob("*.attrs") if file.name in ("dev.json.attrs", "meta.yaml.attrs")]
    for file in attributes:
        file.write_bytes(b"")

    again = bench.run("preview", "dev", "--local")

    assert "dev.json.attrs" in {file.name for file in attributes}
    assert again.code == 0, again.out + again.err
    assert "to create" not in again.out


def test_an_up_that_is_stopped_at_the_keyboard_can_simply_be_run_again(small: Workbench) -> None:
    process = small.start("up", "dev", "--local", "--yes", **order(small, ("after-create", SITE), "stall"))
    wait_for("the site", lambda: was_hit(small) or process.poll() is not None)

    meanwhile = small.run("up", "dev", "--local", "--yes")
    family = processes_below(process.pid)
    interrupt(process.pid)
    _, err = process.communicate()
    wait_for(f"the end of {family}", lambda: not any(map(is_running, family)))
    again = small.run("up", "dev", "--local", "--yes")

    assert meanwhile.code == 1
    assert "dev is in use" in meanwhile.err
    assert meanwhile.err.count("\n") == 1
    assert process.returncode == 1
    assert err == "stopped; it can simply be run again\n"
    assert again.code == 0, again.out + again.err
    assert small.in_azure() == small.in_state("dev")


def interrupt(group: int) -> None:
    """Ctrl-C: the terminal tells it to every process of the group."""
    os.killpg(group, signal.SIGINT)
