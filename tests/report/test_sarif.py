"""SARIF for code scanning, read back by models of the standard."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sarif_pydantic import Sarif

from hubkeeper.report import render
from policies.rules.everything import CATALOGUE
from tests.report.findings import ALL, CAP, HOSTILE, KNOWN, SHARED, WAIVED, result


def run_of(*findings: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render(result(*findings), "sarif"))["runs"][0]
    return document


def lost(written: Any, read: Any, path: str = "") -> list[str]:
    """What of our document a reader of the standard did not take up, or took up as something else."""
    if isinstance(written, dict) and isinstance(read, dict):
        return [line for key in written for line in lost(written[key], read.get(key), f"{path}.{key}")]
    if isinstance(written, list) and isinstance(read, list) and len(written) == len(read):
        pairs = enumerate(zip(written, read, strict=True))
        return [line for position, pair in pairs for line in lost(*pair, f"{path}[{position}]")]
    return [] if written == read else [f"{path}: {written!r} became {read!r}"]


@pytest.mark.parametrize("findings", [(), ALL], ids=["nothing", "everything"])
def test_a_reader_of_the_standard_takes_up_every_word(findings: tuple[Any, ...]) -> None:
    text = render(result(*findings), "sarif")
    read = json.loads(Sarif.model_validate_json(text).model_dump_json(by_alias=True, exclude_none=True))
    assert lost(json.loads(text), read) == []


def test_it_says_which_version_of_the_standard_it_is() -> None:
    document = json.loads(render(result(), "sarif"))
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("/sarif-schema-2.1.0.json")


def test_every_rule_is_there_with_help_and_results_point_at_theirs() -> None:
    run = run_of(*ALL)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.ref for rule in CATALOGUE]
    assert all(rule["help"]["markdown"] and rule["fullDescription"]["text"] for rule in rules)
    for one in run["results"]:
        if "ruleIndex" in one:
            assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
    assert [one["ruleId"] for one in run["results"] if "ruleIndex" not in one] == ["HK901"]


def test_a_result_is_at_its_line_and_one_without_a_file_is_at_the_project() -> None:
    shared, cap = (one["locations"][0]["physicalLocation"] for one in run_of(SHARED, CAP)["results"])
    assert shared["artifactLocation"] == {"uri": "environments/prod.yaml", "uriBaseId": "PROJECT"}
    assert shared["region"] == {"startLine": 31}
    assert cap["artifactLocation"]["uri"] == "Pulumi.yaml"


def test_a_file_of_any_name_is_a_uri() -> None:
    document = json.loads(render(result(replace(SHARED, file="src my/ü%20/host.json")), "sarif"))
    (found,) = document["runs"][0]["results"]
    place = found["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "src%20my/%C3%BC%2520/host.json", "uriBaseId": "PROJECT"}
    document = json.loads(render(result(replace(SHARED, file="/etc/b l/baseline.json")), "sarif"))
    (found,) = document["runs"][0]["results"]
    place = found["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "file:///etc/b%20l/baseline.json"}


def test_levels_are_those_of_the_standard() -> None:
    assert [one["level"] for one in run_of(*ALL)["results"]] == [
        "error",
        "error",
        "warning",
        "note",
        "error",
        "error",
        "error",
        "error",
    ]


def test_what_is_waived_or_known_is_suppressed_with_the_reason() -> None:
    shared, waived, known = run_of(SHARED, WAIVED, KNOWN)["results"]
    assert "suppressions" not in shared
    assert waived["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "waived until 2026-12-01: drained by Friday"}
    ]
    assert known["baselineState"] == "unchanged"
    assert known["suppressions"][0]["justification"] == "known, in the baseline"


def fingerprint(finding: Any) -> str:
    (found,) = run_of(finding)["results"]
    text: str = found["partialFingerprints"]["hubkeeper/v1"]
    return text


def test_a_fingerprint_outlives_other_lines_and_words_and_tells_places_apart() -> None:
    assert fingerprint(SHARED) == fingerprint(replace(SHARED, line=99, message="other words", fix="other"))
    others = [
        replace(SHARED, slot=None),
        replace(SHARED, app="freight"),
        replace(SHARED, environment="test"),
        replace(SHARED, ref="HK104"),
        replace(SHARED, resource=CAP.resource),
        replace(SHARED, place="apps.claims"),
    ]
    assert len({fingerprint(one) for one in [SHARED, *others]}) == len(others) + 1


def test_the_stack_and_the_project_of_a_resource_are_not_in_its_fingerprint() -> None:
    assert CAP.resource is not None
    assert fingerprint(CAP) == fingerprint(replace(CAP, resource=CAP.resource.replace("prod::p::", "prod::other::")))


def test_a_hostile_text_is_text() -> None:
    (found,) = run_of(HOSTILE)["results"]
    assert HOSTILE.message in found["message"]["text"]
