"""A check that is told what was before, what is deployed, or what is known: `--base`, `--state`, `--baseline`, and waivers."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from environments import UnknownEnvironment
from hubkeeper.check import Against, BadInput, CheckResult, check, judging, write_baseline
from hubkeeper.check.plans import Plans
from hubkeeper.project import find_project
from hubkeeper.recording import record_environment
from hubkeeper.report import render
from plan import Plan
from policies.baseline import read_baseline
from policies.finding import Finding
from policies.rule import Level
from policies.rules.changes import CHANGES
from tests.check.projects import TODAY, copied, replace_in

LATE = date(2027, 2, 2)
WAIVER = """\
waivers:
  - rule: history-review-due
    target: prod/genomics
    reason: The data protection officer is away until March
    owner: lab-informatics
    expires: "2027-03-31"
"""


@pytest.fixture
def planned(project_root: Path, tmp_path: Path) -> Path:
    """A copy of the project, looked at as a user would."""
    return copied(project_root, tmp_path / "project")


@pytest.fixture
def project(planned: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of which only the description is looked at: nothing that is tested with it shows in a plan."""

    def empty(self: Plans, environment: str) -> Plan:
        return Plan(project="hubkeeper", stack=environment)

    def nothing(*given: object) -> list[Finding]:
        return []

    monkeypatch.setattr(Plans, "of", empty)
    monkeypatch.setattr(judging, "_in_plan", nothing)
    return planned


@pytest.fixture
def repository(project: Path) -> Path:
    """The project in a subfolder of a repository, with one commit."""
    git(project.parent, "init", "--quiet", "--initial-branch", "main")
    commit(project, "begin")
    return project


def git(folder: Path, *arguments: str) -> str:
    names = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(folder: Path, what: str) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", what)
    return git(folder, "rev-parse", "HEAD")


def since(project: Path, base: str = "main", environments: list[str] | None = None) -> CheckResult:
    return check(project, environments, TODAY, against=Against(base=base))


def told(result: CheckResult) -> set[tuple[str, str, str | None, int | None]]:
    return {(one.rule, one.level.value, one.file, one.line) for one in result.findings}


def waived(project: Path, text: str = WAIVER) -> None:
    (project / "policies").mkdir()
    (project / "policies" / "waivers.yaml").write_text(text)


# --- the change, against a revision ---


def test_no_change_finds_nothing_and_says_how_many_rules_looked(repository: Path) -> None:
    result = since(repository)
    assert result.findings == ()
    assert result.summary.rules == check(repository, None, TODAY).summary.rules + len(CHANGES)


def test_a_renamed_hub_is_critical_at_its_line_though_nothing_is_committed(repository: Path) -> None:
    replace_in(repository / "environments" / "prod.yaml", "task_hub:\n", "task_hub:\n      name: claims2\n")
    result = since(repository)
    line = [*(repository / "environments" / "prod.yaml").read_text().splitlines()].index("      name: claims2") + 1
    assert told(result) == {("hub-left-behind", "critical", "environments/prod.yaml", line)}
    assert result.fails
    assert check(repository, None, TODAY).findings == ()


def test_only_what_this_branch_changed_is_judged_not_what_main_did_meanwhile(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "feature")
    git(repository, "checkout", "--quiet", "main")
    replace_in(repository / "environments" / "prod.yaml", "history_days: 90", "history_days: 120")
    commit(repository, "keep longer")
    git(repository, "checkout", "--quiet", "feature")
    assert since(repository, "main").findings == ()


def test_an_environment_that_is_gone_is_found_where_all_are_checked(repository: Path) -> None:
    (repository / "environments" / "test.yaml").unlink()
    result = since(repository)
    assert [(one.rule, one.level, one.environment) for one in result.findings] == [("app-removed", Level.ERROR, "test")]
    assert since(repository, "main", ["dev"]).findings == ()


def test_a_description_that_is_a_link_is_followed(repository: Path) -> None:
    file = repository / "environments" / "prod.yaml"
    (repository / "shared").mkdir()
    file.rename(repository / "shared" / "production.yaml")
    file.symlink_to("../shared/production.yaml")
    commit(repository, "link")
    replace_in(file, "task_hub:\n", "task_hub:\n      name: claims2\n")
    assert file.is_symlink()
    assert [(one.rule, one.environment) for one in since(repository).findings] == [("hub-left-behind", "prod")]


def test_a_description_that_was_a_link_to_nowhere_is_told(repository: Path) -> None:
    file = repository / "environments" / "prod.yaml"
    text = file.read_text()
    file.unlink()
    file.symlink_to("/elsewhere/prod.yaml")
    commit(repository, "link")
    file.unlink()
    file.write_text(text)
    (found,) = since(repository).findings
    assert found.rule == "base-unreadable"
    assert "environments/prod.yaml:1: a link to what was not in the repository, expected a file" in found.message


def test_a_revision_before_the_first_description_has_nothing_to_lose(project: Path) -> None:
    git(project.parent, "init", "--quiet", "--initial-branch", "main")
    (project.parent / "other").write_text("x")
    git(project.parent, "add", "other")
    git(project.parent, "commit", "--quiet", "--message", "before")
    assert since(project, "main").findings == ()


def test_a_base_that_cannot_be_read_is_told_and_does_not_stop_the_change_that_mends_it(repository: Path) -> None:
    file = repository / "environments" / "prod.yaml"
    replace_in(file, "tier: production", "tier: producton")
    broken = commit(repository, "break")
    replace_in(file, "tier: producton", "tier: production")
    result = since(repository, broken)
    assert [(one.rule, one.level) for one in result.findings] == [("base-unreadable", Level.WARNING)]
    assert "environments/prod.yaml:2: tier" in result.findings[0].message
    assert not result.fails


@pytest.mark.parametrize("revision", ["nowhere", "--help", "HEAD~9", "", "a b", "main:environments"])
def test_a_bad_revision_is_one_line(repository: Path, revision: str) -> None:
    with pytest.raises(BadInput, match=r"no such revision|git says") as caught:
        since(repository, revision or " ")
    assert len(str(caught.value).splitlines()) == 1


def test_a_folder_that_is_no_repository_is_one_line(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent.parent))
    with pytest.raises(BadInput, match="git says: not a git repository") as caught:
        since(project)
    assert len(str(caught.value).splitlines()) == 1


def test_without_git_it_says_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BadInput, match="git is not installed"):
        since(repository)


# --- the change, against what is deployed ---


def exported(project: Path, environment: str, target: Path) -> Path:
    plan = record_environment(find_project(project), environment)
    target.write_text(json.dumps(plan.to_deployment()))
    return target


def test_what_is_deployed_as_planned_finds_nothing(project_root: Path, tmp_path: Path) -> None:
    state = exported(project_root, "prod", tmp_path / "prod.json")
    assert check(project_root, None, TODAY, against=Against(state=state)).findings == ()


def test_a_plan_that_would_replace_the_deployed_store_is_critical(planned: Path, tmp_path: Path) -> None:
    state = exported(planned, "prod", tmp_path / "prod.json")
    state.write_text(state.read_text().replace('"kind": "StorageV2"', '"kind": "BlobStorage"', 1))
    result = check(planned, ["prod"], TODAY, against=Against(state=state))
    assert [(one.rule, one.level, one.environment) for one in result.findings] == [
        ("store-replaced", Level.CRITICAL, "prod")
    ]
    assert "kind blobstorage becomes storagev2" in result.findings[0].message


def test_a_deployed_store_of_hubs_that_no_site_names_is_critical_too(planned: Path, tmp_path: Path) -> None:
    state = exported(planned, "prod", tmp_path / "prod.json")
    document = json.loads(state.read_text().replace('"kind": "StorageV2"', '"kind": "BlobStorage"'))
    for site in document["deployment"]["resources"]:
        config = site.get("inputs", {}).get("siteConfig", {})
        config["appSettings"] = [one for one in config.get("appSettings", []) if one["name"] != "TASKHUB_NAME"]
    state.write_text(json.dumps(document))
    result = check(planned, ["prod"], TODAY, against=Against(state=state))
    lost = [one for one in result.findings if one.rule == "store-replaced"]
    assert {one.level for one in lost} == {Level.CRITICAL}
    assert {one.app for one in lost} == {"claims", "freight", "genomics"}
    assert all(one.message.endswith("every task hub in it is lost") for one in lost)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "the file cannot be read (No such file or directory), expected the output of `pulumi stack export`"),
        ("{", ":1: not JSON"),
        ("\ufeff[", ":1: not JSON"),
        ("[]", "version: got None, expected a deployment of version 3 or 4"),
        ('{"version": 3, "deployment": {"resources": [{"urn": "x"}]}}', "expected a resource with URN and type"),
        ('{"version": 3, "a": ' + "[" * 100_000, "nothing that an engine wrote"),
        ('{"version": 3, "a": ' + "9" * 5_000 + "}", "nothing that an engine wrote"),
        (
            '{"version": 3, "deployment": {"resources": [{"urn": "urn:pulumi:prod::shop::a:b:C::s", "type": "a:b:C", '
            '"parent": "urn:pulumi:prod::shop::a:b:C::s"}]}}',
            "s is its own parent",
        ),
        (
            '{"version": 3, "deployment": {"resources": [{"urn": "urn:pulumi:prod::shop::pulumi:pulumi:Stack::s", '
            '"type": "pulumi:pulumi:Stack"}]}}',
            "the export of a stack of 'shop', expected one of 'hubkeeper'",
        ),
        (
            '{"version": 3, "deployment": {"resources": [{"urn": "urn:pulumi:live::hubkeeper::pulumi:pulumi:Stack::s", '
            '"type": "pulumi:pulumi:Stack"}]}}',
            "the export of stack 'live', expected one of dev",
        ),
    ],
)
def test_an_export_that_is_none_or_anothers_is_one_line(
    project_root: Path, tmp_path: Path, text: str | None, expected: str
) -> None:
    file = tmp_path / "state.json"
    if text is not None:
        file.write_text(text)
    with pytest.raises(BadInput) as caught:
        check(project_root, ["dev"], TODAY, against=Against(state=file))
    assert expected in str(caught.value)
    assert str(caught.value).startswith(str(file))
    assert len(str(caught.value).splitlines()) == 1


def test_another_number_of_partitions_than_the_deployed_one_is_critical_though_no_resource_has_it(
    planned: Path, tmp_path: Path
) -> None:
    state = exported(planned, "prod", tmp_path / "prod.json")
    replace_in(planned / "environments" / "prod.yaml", "partition_count: 8", "partition_count: 12")
    result = check(planned, ["prod"], TODAY, against=Against(state=state))
    (finding,) = [one for one in result.findings if one.rule == "hub-repartitioned"]
    assert (finding.level, finding.app) == (Level.CRITICAL, "freight")
    assert "partition_count 8 becomes 12" in finding.message


def test_names_of_changed_settings_are_told_and_never_their_values(planned: Path, tmp_path: Path) -> None:
    git(planned.parent, "init", "--quiet", "--initial-branch", "main")
    commit(planned, "begin")
    state = exported(planned, "prod", tmp_path / "prod.json")
    known = 'settings: {CLAIM_DOCUMENT_REMINDER_HOURS: "48"}'
    replace_in(planned / "environments" / "prod.yaml", known, 'settings: {CLAIM_DOCUMENT_REMINDER_HOURS: "7317"}')
    for against in (Against(state=state), Against(base="main")):
        (finding,) = check(planned, ["prod"], TODAY, against=against).findings
        assert (finding.rule, finding.level, finding.app) == ("host-restarted", Level.NOTE, "claims")
        assert finding.message == "restarts the application (settings changed: CLAIM_DOCUMENT_REMINDER_HOURS)"


def test_what_the_change_does_is_told_beside_the_findings_in_each_report_for_people(planned: Path) -> None:
    git(planned.parent, "init", "--quiet", "--initial-branch", "main")
    commit(planned, "begin")
    replace_in(planned / "environments" / "prod.yaml", "max_items_per_second: 20", "max_items_per_second: 25")
    result = check(planned, None, TODAY, against=Against(base="main"))
    setting = "AzureFunctionsJobHost__logging__applicationInsights__samplingSettings__maxTelemetryItemsPerSecond"
    assert f"prod/claims: restarts staging (settings changed: {setting})" in result.changes
    assert [line for line in result.changes if not line.startswith("prod/")] == []
    assert f"  prod/claims: restarts staging (settings changed: {setting})" in render(result, "text").splitlines()
    assert "**What the change does**" in render(result, "markdown")
    assert check(planned, None, TODAY).changes == ()


def test_a_stack_without_resources_has_nothing_to_lose(project_root: Path, tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text('{"version": 3, "deployment": {"manifest": {}}}')
    assert check(project_root, ["dev"], TODAY, against=Against(state=file)).findings == ()


def test_what_both_the_revision_and_the_deployment_show_is_said_once(planned: Path, tmp_path: Path) -> None:
    git(planned.parent, "init", "--quiet", "--initial-branch", "main")
    commit(planned, "begin")
    state = exported(planned, "prod", tmp_path / "prod.json")
    replace_in(planned / "environments" / "prod.yaml", "task_hub:\n", "task_hub:\n      name: claims2\n")
    result = check(planned, ["prod"], TODAY, against=Against(base="main", state=state))
    assert [one.rule for one in result.findings] == ["hub-left-behind"]


# --- waivers ---


def test_a_waived_finding_is_in_the_result_and_fails_nothing(project: Path) -> None:
    assert check(project, ["prod"], LATE).fails
    waived(project)
    result = check(project, ["prod"], LATE)
    assert not result.fails
    (finding,) = [one for one in result.findings if one.waived]
    assert (finding.rule, finding.app, finding.level) == ("history-review-due", "genomics", Level.ERROR)
    assert finding.waived is not None
    assert finding.waived["owner"] == "lab-informatics"


def test_an_expired_waiver_covers_nothing_and_is_told(project: Path) -> None:
    waived(project)
    result = check(project, ["prod"], date(2027, 4, 1))
    assert result.fails
    assert ("waiver-expired", "warning", "policies/waivers.yaml", 2) in told(result)
    assert not any(one.waived for one in result.findings)


def test_an_unused_waiver_is_told_only_where_its_environment_was_checked(project: Path) -> None:
    waived(project)
    assert told(check(project, None, TODAY)) == {("waiver-unused", "warning", "policies/waivers.yaml", 2)}
    assert told(check(project, ["prod"], TODAY)) == {("waiver-unused", "warning", "policies/waivers.yaml", 2)}
    assert told(check(project, ["dev"], TODAY)) == set()


def test_a_waiver_of_a_change_is_spent_when_the_change_is_through(repository: Path) -> None:
    text = WAIVER.replace("history-review-due", "hub-left-behind").replace("prod/genomics", "prod/claims/production")
    waived(repository, text)
    file = repository / "environments" / "prod.yaml"
    replace_in(file, "task_hub:\n", "task_hub:\n      name: claims2\n")
    assert not since(repository).fails
    assert told(check(repository, None, TODAY)) == set()
    commit(repository, "moved")
    assert told(since(repository)) == {("waiver-unused", "note", "policies/waivers.yaml", 2)}


def test_waivers_that_cannot_be_read_stop_the_check_a_line_each(project: Path) -> None:
    waived(project, WAIVER.replace("    owner: lab-informatics\n", "").replace("history-review-due", "history-review"))
    with pytest.raises(BadInput) as caught:
        check(project, ["dev"], TODAY)
    assert str(caught.value) == (
        "policies/waivers.yaml:2: waivers[0].owner: missing, expected who sees to it that it goes\n"
        "policies/waivers.yaml:2: waivers[0].rule: no rule 'history-review', expected a slug or a ref like "
        "unique-task-hub or HK101; did you mean history-review-due?"
    )


# --- the baseline ---


def baseline_of(project: Path, file: Path, day: date = LATE, *, may_grow: bool = False) -> None:
    write_baseline(project, None, day, file, may_grow=may_grow)


def test_only_what_is_new_fails_wherever_the_old_stands_now(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    baseline_of(project, file)
    against = Against(baseline=file)
    replace_in(project / "environments" / "prod.yaml", "tier: production", "# moved\n\ntier: production")
    before = check(project, None, LATE, against=against)
    assert not before.fails
    assert before.findings
    assert all(one.known for one in before.findings)
    replace_in(project / "environments" / "prod.yaml", "personal_data: true\n      review_due", "personal_data: true #")
    after = check(project, None, LATE, against=against)
    assert after.fails
    assert {(one.rule, one.app) for one in after.findings if one.stops} == {("history-review-due", "claims")}


def test_what_is_mended_leaves_the_baseline_and_nothing_new_gets_in(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    baseline_of(project, file)
    held = {entry.place for entry in read_baseline(file)}
    assert any("prod/genomics" in place for place in held)
    replace_in(project / "environments" / "prod.yaml", 'review_due: "2027-02-01"', 'review_due: "2027-12-01"')
    replace_in(project / "environments" / "dev.yaml", 'review_due: "2027-05-01"', 'review_due: "2027-01-01"')
    result = check(project, None, LATE, against=Against(baseline=file))
    (outdated,) = [one for one in result.findings if one.rule == "baseline-outdated"]
    assert "history-review-due at prod/genomics" in outdated.message
    baseline_of(project, file)
    after = {entry.place for entry in read_baseline(file)}
    assert after < held
    assert not any("dev/claims" in place for place in after)
    baseline_of(project, file, may_grow=True)
    assert any("dev/claims" in entry.place for entry in read_baseline(file))


def test_environments_that_were_not_checked_stay_in_the_baseline(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    baseline_of(project, file)
    whole = file.read_text()
    write_baseline(project, ["dev"], LATE, file, may_grow=False)
    assert file.read_text() == whole
    write_baseline(project, ["dev"], LATE, file, may_grow=True)
    assert file.read_text() == whole
    assert not check(project, ["dev"], LATE, against=Against(baseline=file)).fails


def test_a_second_finding_at_a_known_place_is_new(planned: Path, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    settings, known = "settings: {CLAIM_DOCUMENT_REMINDER_HOURS", "settings: {OLD_PASSWORD: hunter22, CLAIM"
    prod = planned / "environments" / "prod.yaml"
    replace_in(prod, settings, known + "_DOCUMENT_REMINDER_HOURS")
    write_baseline(planned, ["prod"], TODAY, file, may_grow=False)
    before = check(planned, ["prod"], TODAY, against=Against(baseline=file))
    assert [one.known for one in before.findings if one.rule == "no-literal-secret"]
    assert not before.fails
    replace_in(prod, "OLD_PASSWORD: hunter22", "OLD_PASSWORD: hunter22, NEW_PASSWORD: hunter33")
    assert check(planned, ["prod"], TODAY, against=Against(baseline=file)).fails


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", ":1: not JSON"),
        ("[]", ":1: not a baseline"),
        ('{"version": 2, "findings": []}', ":1: version 2, expected 1"),
        ('{"version": 1, "findings": [{}]}', ":1: not a baseline"),
        ('{"version": 1}', ":1: not a baseline"),
    ],
)
def test_a_file_that_is_no_baseline_is_one_line(project_root: Path, tmp_path: Path, text: str, expected: str) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(text)
    with pytest.raises(BadInput) as caught:
        check(project_root, ["dev"], TODAY, against=Against(baseline=file))
    assert f"{file}{expected}" in str(caught.value)
    with pytest.raises(BadInput):
        baseline_of(project_root, file)


def test_a_baseline_that_is_not_there_is_one_line(project_root: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="the file cannot be read"):
        check(project_root, ["dev"], TODAY, against=Against(baseline=tmp_path / "none.json"))


def test_an_unknown_environment_is_still_answered(repository: Path) -> None:
    with pytest.raises(UnknownEnvironment):
        since(repository, "main", ["prd"])
