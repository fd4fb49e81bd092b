"""The JSON Schema that editors check descriptions with says what the model says."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from environments import environment_schema
from environments.yaml_lines import read

BAD = Path(__file__).with_name("bad_input.yaml")

# What a schema cannot say, or what YAML itself says before any schema is asked.
BEYOND_A_SCHEMA = {
    "several documents",
    "a tag",
    "a merge key",
    "a duplicate key",
    "an application twice",
    "a flow that never ends",
    "a tab as indentation",
    "a character that YAML forbids",
    "brackets without end",
    "a key that is a list",
    "an alias of nothing",
    "an alias inside its own anchor",
    "an unquoted version of three parts",
    "an unquoted date",
    "an unquoted date where a text belongs",
    "an unquoted time",
    "a day that is not in the calendar",
    "an unknown runtime version",
    "a version without its point, where some are supported no more",
    "an orchestration that is stuck before it is done",
    "zones on a plan without",
    "zones with one instance",
    "zones over a store in one",
    "more instances at least than at most",
    "too many slots",
    "a setting that is derived",
    "a setting that is derived, in other letters",
    "a secret for a setting that is derived",
    "a setting and a secret of one name",
    "a tag that is derived",
    "a tag twice",
    "a group of people twice",
    "a budget from the middle of a month",
    "an owner whom alerts cannot mail",
    "too many tags",
    "an address of a virtual network",
    "everybody by an address",
    "everybody's Front Door",
    "every customer of Azure",
    "open and shut",
    "a deadline of an event that nobody waits for",
    "a deadline that is no timer",
    "payloads deleted by age",
    "who has the lease, deleted by age",
    "exports that are deleted twice",
    "payloads deleted while they may be needed",
    "the status endpoints among the open paths",
    "a secret's value glued to its setting, twice",
    "a slot of its own that lets nobody in",
    "addresses that a swap would take into production",
    "a sender of an event that nobody waits for",
    "a compensation of what is not compensated",
    "a starter that is the orchestration",
    "a deputy who is on call",
    "a hub over host.json where the platform scales",
    "partitions over host.json, in small letters",
    "a pace over host.json where the platform scales",
    "a secret for a hub",
    "queues in another store",
    "a store by a connection",
    "an identity by its resource id",
    "an orchestration that is off where its instances wait",
    "a key of two lines",
    "a hub name with a dash",
    "a hub name of a slot with a dash",
}


def as_editors_read_it(text: str) -> Any:
    """Editors read YAML 1.2, as we do."""
    return read(text, "dev.yaml")[0]


@pytest.fixture(scope="module")
def committed(project_root: Path) -> Any:
    return json.loads((project_root / "environments" / "environment.schema.json").read_text(encoding="utf-8"))


def test_the_committed_schema_is_the_models(committed: Any) -> None:
    assert committed == environment_schema(), "run `hubkeeper schema` and commit environment.schema.json"


def test_it_is_a_schema_of_the_draft_it_names(committed: Any) -> None:
    assert committed["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(committed)


def test_no_pattern_is_written_in_python_only(committed: Any) -> None:
    """ECMA 262 knows no inline flags, no named groups in Python's way, no anchors of the whole text."""
    text = json.dumps(committed)
    assert [mark for mark in ("(?s)", "(?i", "(?P", "\\\\A", "\\\\Z", "(?#") if mark in text] == []


@pytest.mark.parametrize("name", ["dev", "test", "prod"])
def test_shipped_descriptions_are_valid(name: str, committed: Any, project_root: Path) -> None:
    document = yaml.safe_load((project_root / "environments" / f"{name}.yaml").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(committed).iter_errors(document)) == []


def test_shipped_descriptions_tell_the_editor_where_their_schema_is(project_root: Path) -> None:
    for file in sorted((project_root / "environments").glob("[!P]*.yaml")):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=environment.schema.json"


def test_the_good_description_is_valid(committed: Any, good: str) -> None:
    assert list(Draft202012Validator(committed).iter_errors(as_editors_read_it(good))) == []


MISTAKES = yaml.safe_load(BAD.read_text(encoding="utf-8"))


def test_what_is_beyond_a_schema_is_still_tested_as_bad_input() -> None:
    assert BEYOND_A_SCHEMA - {one["mistake"] for one in MISTAKES} == set()


@pytest.mark.parametrize(
    "mistake",
    [one for one in MISTAKES if one["mistake"] not in BEYOND_A_SCHEMA],
    ids=lambda one: one["mistake"],
)
def test_an_editor_sees_the_mistake_too(mistake: dict[str, str], committed: Any, good: str) -> None:
    document = as_editors_read_it(good.replace(mistake["old"], mistake["new"]))
    assert not Draft202012Validator(committed).is_valid(document)
