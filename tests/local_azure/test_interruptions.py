"""Kills, stalls and throttling: what is left, and how the next run goes on."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import grpc
import pytest

from hubkeeper.local_azure import orphans
from hubkeeper.local_azure.database import Database
from tests.local_azure.driver import PROJECT_ROOT, Caller, Refused, process, urn_of
from tests.local_azure.estate import STORAGE_ACCOUNT, Estate

PREFIX = "urn:pulumi:dev::proto::"
STORE_URN = urn_of("storage:StorageAccount", "store")


def _write(path: Path, content: Any) -> str:
    path.write_text(json.dumps(content), "utf-8")
    return str(path)


def _create_store(caller: Caller) -> Any:
    return caller.create("storage:StorageAccount", STORAGE_ACCOUNT, "store")


def _create_and_tell(caller: Caller, outcome: list[str]) -> None:
    try:
        _create_store(caller)
    except (Refused, ValueError):  # gRPC raises ValueError where the channel was closed under a call
        outcome.append("refused")


@pytest.mark.parametrize(("point", "left"), [("before-create", 0), ("after-create", 1)])
def test_after_a_kill_the_next_run_adopts_what_was_created(tmp_path: Path, point: str, left: int) -> None:
    database = tmp_path / "azure.db"
    faults = _write(tmp_path / "faults.json", [{"at": point, "match": "StorageAccount", "do": "exit"}])
    with process(database, "--faults", faults) as (running, port):
        group = Estate(Caller(port)).group
        with pytest.raises(Refused):
            _create_store(Caller(port))
        assert running.wait(30) == 137
    found = orphans(database, PREFIX, [group.id.upper()])
    assert [entry["urn"] for entry in found] == [STORE_URN] * left

    with process(database) as (_, port):
        if left:
            with pytest.raises(Refused, match="cannot create already existing resource"):
                _create_store(Caller(port))
    with process(database, "--adopt", _write(tmp_path / "adopt.json", found)) as (_, port):
        store = _create_store(Caller(port))
    assert orphans(database, PREFIX, [group.id, store.id]) == []


def test_what_another_urn_created_is_not_adopted(tmp_path: Path) -> None:
    database = tmp_path / "azure.db"
    with process(database) as (_, port):
        Estate(Caller(port))
        store = _create_store(Caller(port))
    adopt = _write(tmp_path / "adopt.json", [{"urn": store.urn, "id": store.id}])
    with process(database, "--adopt", adopt) as (_, port), pytest.raises(Refused, match="already existing"):
        Caller(port).create("storage:StorageAccount", STORAGE_ACCOUNT, "another")


def test_nothing_is_written_for_a_caller_that_is_gone(tmp_path: Path) -> None:
    database, marker = tmp_path / "azure.db", tmp_path / "reached"
    stall = {"at": "before-create", "match": "StorageAccount", "do": "stall", "marker": str(marker)}
    with process(database, "--faults", _write(tmp_path / "faults.json", [stall])) as (running, port):
        Estate(Caller(port))
        leaving = Caller(port)
        outcome: list[str] = []
        waiting = threading.Thread(target=_create_and_tell, args=(leaving, outcome))
        waiting.start()
        while not marker.exists():
            time.sleep(0.02)
        leaving.channel.close()
        waiting.join(30)
        assert outcome == ["refused"]
        running.terminate()
        assert running.wait(30) == 0
    assert [entry["urn"] for entry in orphans(database, PREFIX, [])] == [
        urn_of("resources:ResourceGroup", "group-rg-dev")
    ]


@pytest.mark.parametrize(
    ("fault", "status", "sentence"),
    [
        ({"do": "throttle"}, grpc.StatusCode.RESOURCE_EXHAUSTED, 'Status=429 Code="TooManyRequests"'),
        (
            {"do": "refuse", "code": "Boom", "message": "no"},
            grpc.StatusCode.FAILED_PRECONDITION,
            'Code="Boom" Message="no"',
        ),
    ],
)
def test_an_ordered_refusal_hits_the_nth_call_and_then_no_more(
    tmp_path: Path, fault: dict[str, Any], status: grpc.StatusCode, sentence: str
) -> None:
    ordered = [{"at": "before-update", "nth": 2} | fault]
    with process(tmp_path / "azure.db", "--faults", _write(tmp_path / "faults.json", ordered)) as (_, port):
        caller = Caller(port)
        group = Estate(caller).group
        caller.update(group, group.inputs)
        with pytest.raises(Refused, match=sentence) as refused:
            caller.update(group, group.inputs)
        assert refused.value.status == status
        caller.update(group, group.inputs)


def test_two_processes_on_one_database_give_a_global_name_once(tmp_path: Path) -> None:
    database = tmp_path / "azure.db"
    with process(database) as (_, first), process(database) as (_, second):
        estate = Estate(Caller(first))
        other = Estate(Caller(second), "rg-other")
        assert estate.store.id
        with pytest.raises(Refused, match="already in another resource group"):
            other.caller.create("storage:StorageAccount", STORAGE_ACCOUNT | {"resourceGroupName": "rg-other"})


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    starter = (
        "import os, subprocess, sys\n"
        "command = [sys.executable, '-m', 'hubkeeper.local_azure', '--database', sys.argv[1], '--parent', str(os.getpid())]\n"
        "running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, stderr=2)\n"
        "running.stdout.readline()\n"
    )
    # Standard error is inherited, so this returns when the local Azure has ended, not when its parent has.
    command = [sys.executable, "-c", starter, str(tmp_path / "azure.db")]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=60, check=True, cwd=PROJECT_ROOT)
    assert done.stderr == ""


def test_the_journal_tells_what_was_called(estate: Estate, database: Path) -> None:
    estate.caller.diff("storage:StorageAccount", estate.store.inputs, STORAGE_ACCOUNT)
    methods = [method for method, urn in Database(database).journal() if urn == STORE_URN]
    assert methods == ["Check", "Create"]
    assert Database(database).journal()[-1][0] == "Diff"


def _start(*options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "hubkeeper.local_azure", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT_ROOT)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("no json", "expected a list of faults"),
        ('[{"at": "at-noon", "do": "exit"}]', "0.at: Input should be 'before-create'"),
        ('[{"at": "before-create", "do": "exit", "wen": 1}]', "0.wen: Extra inputs are not permitted"),
    ],
)
def test_a_broken_faults_file_is_one_line(tmp_path: Path, content: str, sentence: str) -> None:
    (tmp_path / "faults.json").write_text(content, "utf-8")
    done = _start("--database", str(tmp_path / "azure.db"), "--faults", str(tmp_path / "faults.json"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert sentence in done.stderr


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "azure.db").write_text("this is not a database, and long enough to be looked at as one\n" * 20, "utf-8")
    done = _start("--database", str(tmp_path / "azure.db"))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "not a database of the local Azure" in done.stderr


def test_help_describes_the_faults(tmp_path: Path) -> None:
    shown = _start("--help")
    assert shown.returncode == 0
    assert "before-create" in shown.stdout
    assert "PULUMI_DEBUG_PROVIDERS" in shown.stdout
