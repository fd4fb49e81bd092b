"""What the application answers counts as the hub's answer only where it is all of it."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from environments import Estate, TaskHub, task_hubs
from hubkeeper.engine.drained import Answer, read_answers
from hubkeeper.runbook.commands import Target
from hubkeeper.runbook.hub_wide_commands import ask_for_open
from tests.runbook.needs import needs

pytestmark = needs("jq")

# Writes what the host would, and behind it what it is told to write: an older curl knows no header and writes its name.
_CURL = """#!{python}
import sys
sys.stdin.read()
told = sys.argv[sys.argv.index("--write-out") + 1].replace("\\\\n", "\\n")
header = "%header{{x-ms-continuation-token}}"
assert header in told
print({body!r} + told.replace(header, {token!r}), end="")
"""


@pytest.fixture
def hub(estate: Estate) -> TaskHub:
    return next(iter(task_hubs(estate["prod"])))


def asked(hub: TaskHub, folder: Path, body: str, token: str = "") -> tuple[list[Answer], str]:
    """The answer that is read of what the block writes, if anything, and what it complains about."""
    (folder / "az").write_text("#!/bin/sh\necho looked-up\n")
    (folder / "curl").write_text(_CURL.format(python=sys.executable, body=body, token=token))
    (folder / "jq").symlink_to(shutil.which("jq") or "")
    for name in ("az", "curl"):
        (folder / name).chmod(0o755)
    script = ask_for_open(Target("00000000-0000-0000-0000-000000000000", "rg", "func"), hub).script
    path = f"{folder}:{os.environ['PATH']}"
    done = subprocess.run(["/bin/bash", "-c", script], env={"PATH": path}, capture_output=True, text=True, check=False)
    file = folder / "answer.json"
    file.write_text(done.stdout)
    return (read_answers([file], datetime.now(tz=UTC)) if done.stdout else []), done.stderr


def instances(count: int, status: str = "Running", **more: Any) -> list[dict[str, Any]]:
    return [{"instanceId": f"one-{n}", "runtimeStatus": status, **more} for n in range(count)]


def test_one_page_that_is_all_is_an_answer(hub: TaskHub, tmp_path: Path) -> None:
    body = [*instances(2), *instances(1, "ContinuedAsNew"), *instances(3, instanceId="@counter@a")]
    (answer,), complaints = asked(hub, tmp_path, json.dumps(body, indent=1))
    assert (answer.hub, answer.store, answer.open, answer.wrong, complaints) == (hub.name, hub.store, 3, "", "")


def test_nothing_unfinished_is_an_answer(hub: TaskHub, tmp_path: Path) -> None:
    (answer,), _ = asked(hub, tmp_path, "[]")
    assert (answer.open, answer.wrong) == (0, "")


@pytest.mark.parametrize(
    ("body", "token"), [([], "bmV4dA=="), (instances(1000), ""), (instances(1000, instanceId="@counter@a"), "")]
)
def test_a_page_of_several_is_none_however_little_it_holds(
    hub: TaskHub, tmp_path: Path, body: list[dict[str, Any]], token: str
) -> None:
    (answer,), _ = asked(hub, tmp_path, json.dumps(body), token)
    assert answer.wrong == "the answer is only a part (more is not null)"


@pytest.mark.parametrize("body", ["", "{}", '{"message": "no"}', "<html>"])
def test_what_is_no_list_of_instances_is_none(hub: TaskHub, tmp_path: Path, body: str) -> None:
    answers, complaints = asked(hub, tmp_path, body)
    assert answers == []
    assert "jq: error" in complaints


def test_a_curl_that_does_not_know_of_headers_answers_nothing(hub: TaskHub, tmp_path: Path) -> None:
    answers, complaints = asked(hub, tmp_path, "[]", "%header{x-ms-continuation-token}")
    assert answers == []
    assert "curl 7.84 or later is needed" in complaints
