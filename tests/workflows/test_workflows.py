"""The workflow files: well-formed, with no more rights than they need, and calling only what there is."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from environments import load_estate
from hubkeeper.cli import app
from hubkeeper.report.as_markdown import MARK
from policies.rules.everything import CATALOGUE
from tests.workflows.pipelines import AZURE, ROOT, WORKFLOWS, all_commands, loaded, named, scripts, steps

GITHUB = ["--builtin-schema", "vendor.github-workflows"]
PIPELINES = [
    *["--builtin-schema", "vendor.azure-pipelines"],
    *["--data-transform", "azure-pipelines", "--regex-variant", "nonunicode"],
]


def ids(value: object) -> str:
    return (
        value.name if isinstance(value, Path) else " ".join(map(str, value)) if isinstance(value, list) else str(value)
    )


@pytest.mark.parametrize(("schema", "files"), [(GITHUB, WORKFLOWS), (PIPELINES, [AZURE])], ids=["github", "azure"])
def test_the_files_fit_their_published_schema(schema: list[str], files: list[Path]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", *schema, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("file", "arguments"), all_commands("hubkeeper"), ids=ids)
def test_every_call_of_the_command_is_one_it_takes(file: str, arguments: list[str]) -> None:
    command: Any = get_command(app)
    with command.make_context("hubkeeper", list(arguments), resilient_parsing=True) as context:
        name, found, rest = command.resolve_command(context, list(arguments))
        with found.make_context(name, rest, parent=context) as parsed:
            assert parsed.params


def test_the_commands_of_both_services_are_the_ones_that_readers_are_promised() -> None:
    called = {(file, arguments[0]) for file, arguments in all_commands("hubkeeper")}
    assert called == {
        ("check.yml", "check"),
        ("check.yml", "runbook"),
        ("check.yml", "schema"),
        ("drift.yml", "check"),
        ("preview.yml", "check"),
        ("preview.yml", "preview"),
        ("provision.yml", "check"),
        ("provision.yml", "up"),
        *(("azure-pipelines.yml", name) for name in ("check", "runbook", "schema", "preview", "up")),
    }


@pytest.mark.parametrize(("file", "arguments"), all_commands("pulumi"), ids=ids)
def test_every_flag_for_the_engine_is_one_it_has(file: str, arguments: list[str], pulumi_cli: Path) -> None:
    words = [word for word in arguments if not word.startswith("-")]
    command = words[:2] if words[0] == "stack" else words[:1]
    told = subprocess.run([pulumi_cli, *command, "--help"], capture_output=True, text=True, check=True).stdout
    flags = [word.partition("=")[0] for word in arguments if word.startswith("--")]
    assert flags
    assert [flag for flag in flags if f"{flag} " not in told.replace("[", " ").replace("=", " ")] == []


@pytest.mark.parametrize(("file", "arguments"), all_commands("make"), ids=ids)
def test_every_target_that_is_made_is_in_the_makefile(file: str, arguments: list[str]) -> None:
    makefile = ROOT.joinpath("Makefile").read_text(encoding="utf-8")
    assert [target for target in arguments if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_every_file_that_is_named_is_there() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in [*WORKFLOWS, AZURE])
    found = re.findall(r"uses: \./(\S+)|cache-dependency-path: (\S+)|run: bash (\S+)|--policy-pack (\S+)", text)
    named_files = {name for groups in found for name in groups if name}
    assert len(named_files) == 4
    assert [name for name in named_files if not (ROOT / name).exists()] == []


def test_every_environment_that_is_described_is_previewed_provisioned_and_watched() -> None:
    described = set(load_estate(ROOT / "environments").environments)
    watched = [loaded(ROOT / ".github/workflows" / file) for file in ("preview.yml", "drift.yml")]
    matrices = [
        job["strategy"]["matrix"]["environment"] for one in watched for job in one["jobs"].values() if "strategy" in job
    ]
    assert [set(one) for one in matrices] == [described, described]
    up = loaded(ROOT / ".github/workflows/up.yml")["jobs"]
    assert {job["with"]["environment"] for job in up.values()} == described
    lists = re.findall(r"split\('([^']+)', ','\)", AZURE.read_text(encoding="utf-8"))
    assert [set(one.split(",")) for one in lists] == [described, described]


def test_production_waits_for_what_comes_before_it() -> None:
    jobs = loaded(ROOT / ".github/workflows/up.yml")["jobs"]
    assert {name: job.get("needs") for name, job in jobs.items()} == {"dev": None, "test": "dev", "prod": "test"}


# --- rights ---


@pytest.mark.parametrize("file", WORKFLOWS, ids=ids)
def test_a_workflow_has_no_right_but_those_its_jobs_name(file: Path) -> None:
    workflow = loaded(file)
    assert workflow["permissions"] == {}
    assert all(job.get("permissions") for job in workflow["jobs"].values())
    assert "pull_request_target" not in workflow["on"]


def test_no_job_that_runs_the_code_of_a_pull_request_may_write() -> None:
    for file in WORKFLOWS:
        for name, job in loaded(file)["jobs"].items():
            runs_code = any("checkout" in step.get("uses", "") for step in job.get("steps", []))
            writes = {right for right, level in job["permissions"].items() if level == "write"}
            assert not runs_code or writes <= {"id-token"}, f"{file.name}: {name}"


def test_the_check_of_a_pull_request_asks_for_no_credential() -> None:
    text = ROOT.joinpath(".github/workflows/check.yml").read_text(encoding="utf-8")
    assert "id-token" not in text
    assert "secrets." not in text


def test_no_stored_secret_is_used_anywhere() -> None:
    assert [file.name for file in WORKFLOWS if re.search(r"secrets\.", file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=ids)
def test_actions_are_pinned_and_the_checkout_leaves_no_token_behind(file: Path) -> None:
    for step in steps(file):
        uses = step.get("uses", "")
        assert not uses or re.fullmatch(r"[\w./-]+@(v[0-9][0-9.]*|[0-9a-f]{40})", uses), uses
        if uses.startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("file", WORKFLOWS, ids=ids)
def test_no_text_that_others_write_is_pasted_into_a_script(file: Path) -> None:
    """What stands in double braces in a script is run as code; an environment variable is not."""
    assert [script for script in scripts(loaded(file)) if "${{" in script] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=ids)
def test_no_job_runs_for_ever(file: Path) -> None:
    assert all("timeout-minutes" in job or "uses" in job for job in loaded(file)["jobs"].values())


def test_the_comment_is_found_by_the_mark_that_the_report_begins_with() -> None:
    assert f'startswith("{MARK}")' in named("check.yml", "One comment, edited by each later run")


def test_the_page_about_pull_requests_names_files_and_rules_that_are_there() -> None:
    page = ROOT.joinpath("docs", "pull-requests.md").read_text(encoding="utf-8")
    files = re.findall(r"`(\.github/[\w/.]+|azure-pipelines\.yml)`", page)
    assert {name for name in files if not (ROOT / name).is_file()} == set()
    assert len(files) == 5
    links = re.findall(r"\]\(([^)#]+)", page)
    assert [link for link in links if not (ROOT / "docs" / link).resolve().exists()] == []
    refs = {rule.ref for rule in CATALOGUE}
    assert set(re.findall(r"HK\d{3}", page)) <= refs
