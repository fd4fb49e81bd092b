"""JUnit, GitHub's annotations, Markdown and the text with its excerpts, each read back as its reader reads it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from junitparser import Failure, JUnitXml, Skipped
from junitparser.junitparser import TestCase as Case
from junitparser.junitparser import TestSuite as Suite

from hubkeeper.report import render
from hubkeeper.report.as_markdown import MARK
from policies.finding import Finding
from tests.report.findings import ALL, CAP, HOSTILE, KNOWN, NOTE, SHARED, WAIVED, result

# --- JUnit ---


def suites(*findings: Finding) -> dict[str, list[Case]]:
    read = JUnitXml.fromstring(render(result(*findings), "junit").encode())
    return {
        str(suite.name): [case for case in suite if isinstance(case, Case)]
        for suite in read
        if isinstance(suite, Suite)
    }


def test_junit_has_a_suite_for_each_environment_and_a_case_for_each_finding() -> None:
    found = suites(*ALL)
    assert {name: len(cases) for name, cases in found.items()} == {"prod": 7, "test": 1, "the estate": 1}
    assert found["test"][0].name == "nothing found"


def test_junit_fails_what_stops_skips_what_is_waived_or_known_and_passes_the_rest() -> None:
    (cases,) = [cases for name, cases in suites(SHARED, CAP, NOTE, WAIVED, KNOWN).items() if name == "prod"]
    kinds = [type(case.result[0]) if case.result else None for case in cases]
    assert kinds == [Failure, None, None, Skipped, Skipped]
    assert "the workspace has no daily cap" in str(cases[1].system_out)


@pytest.mark.parametrize("findings", [(), (SHARED,), ALL], ids=["none", "one", "all"])
def test_junit_counts_are_what_is_there(findings: tuple[Finding, ...]) -> None:
    read = JUnitXml.fromstring(render(result(*findings), "junit").encode())
    said = (read.tests, read.failures, read.errors)
    read.update_statistics()
    assert said == (read.tests, read.failures, read.errors)
    assert read.failures == sum(one.stops for one in findings)


def test_junit_keeps_a_hostile_text_and_drops_only_what_xml_cannot_write() -> None:
    (case,) = suites(HOSTILE)["prod"]
    assert isinstance(case.result, list)
    text = str(case.result[0].text)
    assert '100% of <b>"it"</b> & ]]> | `x` ::error::' in text
    assert "\x00" not in text


# --- GitHub's workflow commands, read as the runner reads them (actions/runner, ActionCommand.cs) ---


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(\w+) ([^:]*(?:%3A[^:]*)*)::(.*)", line)
        if match:
            properties = dict(pair.split("=", 1) for pair in match[2].split(","))
            shown = {key: unescaped(value) for key, value in properties.items()}
            found.append((match[1], shown, unescaped(match[3])))
    return found


def unescaped(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_an_annotation_stands_at_the_line_with_level_title_and_fix() -> None:
    ((name, properties, message),) = commands(render(result(SHARED), "github"))
    assert name == "error"
    assert properties == {
        "file": "environments/prod.yaml",
        "line": "31",
        "title": "HK101 unique-task-hub (critical)",
    }
    assert message == f"prod/claims/staging: {SHARED.message}\nFix: {SHARED.fix}"


def test_every_finding_is_one_command_whatever_is_in_it() -> None:
    text = render(result(*ALL), "github")
    names = [name for name, _, _ in commands(text)]
    assert names == ["error", "error", "warning", "notice", "error", "notice", "notice", "error"]
    assert len(text.splitlines()) == len(ALL) + 1
    assert commands(render(result(HOSTILE), "github"))[0][2].startswith(f"prod/claims/staging: {HOSTILE.message}")


def test_a_colon_and_a_comma_in_a_file_name_stay_in_it() -> None:
    odd = replace(SHARED, file="environments/a,b:c.yaml")
    assert commands(render(result(odd), "github"))[0][1]["file"] == "environments/a,b:c.yaml"


# --- Markdown ---


def rows(text: str) -> list[list[str]]:
    """The cells of the table, as GitHub parts them: at bars that have no backslash before them."""
    table = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]
    return [re.split(r"(?<!\\)\|", line)[1:-1] for line in table[1:]]


def test_markdown_begins_with_the_mark_by_which_its_comment_is_found_again() -> None:
    text = render(result(SHARED), "markdown")
    assert text.splitlines()[:2] == [MARK, "### Hubkeeper: 1 critical"]
    assert "stops this change" in text
    assert "stops nothing" in render(result(CAP), "markdown")


def test_markdown_has_a_row_for_what_counts_and_folds_the_rest_away() -> None:
    text = render(result(*ALL), "markdown")
    assert len(rows(text)) == len(ALL) - 2
    assert "<details><summary>2 waived or known</summary>" in text
    assert "waived until 2026-12-01: drained by Friday" in text


def test_markdown_shows_a_hostile_text_as_text_in_one_cell() -> None:
    text = render(result(HOSTILE), "markdown")
    (row,) = rows(text)
    assert len(row) == 5
    for live in ("<b>", "<script>", " @team", " #1", "[a](http"):
        assert live not in text
    assert "`a\\|b`" in row[4]


def test_markdown_fits_into_a_comment_and_says_that_more_is_in_the_log() -> None:
    text = render(result(*[SHARED] * 800, *[WAIVED] * 800), "markdown")
    assert len(text) < 65_536
    assert text.count("lines more, in the job's log") == 2
    assert text.count("<details>") == text.count("</details>") == 1


def test_markdown_of_nothing_is_short() -> None:
    assert render(result(), "markdown") == (
        f"{MARK}\n### Hubkeeper: nothing found\n\n33 rules on prod, test · stops nothing\n"
    )


# --- text ---


@pytest.fixture
def described(tmp_path: Path) -> Path:
    folder = tmp_path / "environments"
    folder.mkdir()
    lines = [f"# {number}" for number in range(1, 31)]
    lines += [
        "    slots:",
        "      staging:",
        "        hub_binding: slot",
        "        task_hub: prodclaims",
        "    settings:",
        "      PARTNER_PASSWORD: hunter2",
        "    secrets: {KEY: hunter3}",
    ]
    (folder / "prod.yaml").write_text("\n".join(["apps:", "  claims:", *lines[2:]]) + "\n")
    return tmp_path


def excerpt(project: Path, line: int) -> list[str]:
    text = render(result(replace(SHARED, line=line)), root=project)
    return [shown.strip() for shown in text.splitlines() if re.match(r" +\d+ \| ", shown)]


def test_text_shows_the_lines_of_the_description_under_a_finding(described: Path) -> None:
    assert excerpt(described, 31) == ["31 |     slots:", "32 |       staging:", "33 |         hub_binding: slot"]
    assert excerpt(described, 34) == ["34 |         task_hub: prodclaims"]


@pytest.mark.parametrize("line", [35, 36, 37, 99])
def test_text_never_shows_lines_that_may_hold_a_secret_or_are_not_there(described: Path, line: int) -> None:
    assert excerpt(described, line) == []


def test_text_never_shows_a_secret_that_stands_where_none_belongs(described: Path) -> None:
    file = described / "environments" / "prod.yaml"
    file.write_text(file.read_text() + "tags:\n  db_password: hunter4\n  team: claims\n")
    assert excerpt(described, 38) == ["38 | tags:", "40 |   team: claims"]


def test_text_shows_the_lines_of_a_file_that_only_the_reader_of_descriptions_can_read(described: Path) -> None:
    file = described / "environments" / "prod.yaml"
    file.write_text(file.read_text() + "tier:\tproduction\n")
    assert excerpt(described, 38) == ["38 | tier:\tproduction"]
    assert excerpt(described, 37) == []


def test_text_shows_no_lines_of_a_file_that_cannot_be_read_any_more(described: Path) -> None:
    (described / "environments" / "prod.yaml").write_text("a: 1\nb: [\n")
    assert excerpt(described, 1) == []


def test_text_shows_no_lines_of_a_program(tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text("password = 'hunter2'\n")
    text = render(result(replace(SHARED, file="__main__.py", line=1)), root=tmp_path)
    assert "hunter2" not in text


def test_text_counts_known_findings_and_shows_the_others() -> None:
    text = render(result(KNOWN, CAP))
    assert "genomics" not in text
    assert text.endswith("1 warning, 1 known: 33 rules on prod, test.\n")
