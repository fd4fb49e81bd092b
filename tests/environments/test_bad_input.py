"""Every mistake in a description gets one line that says where it is and what was expected, and nothing else is said."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from environments import DescriptionError, Estate, UnknownEnvironment, load_estate
from tests.environments.mistakes import Mistake, mistakes_in

Files = Mapping[str, str | bytes]
Problems = Callable[[Files], list[str]]

SECRET = "Hunter2!Sesame"


MISTAKES = mistakes_in(Path(__file__).with_name("bad_input.yaml"))


def test_the_description_that_is_broken_below_is_good(good: str, estate_of: Callable[[Files], Estate]) -> None:
    assert list(estate_of({"dev.yaml": good}).environments) == ["dev"]


@pytest.mark.parametrize("one", MISTAKES, ids=lambda one: one.mistake)
def test_a_mistake_gets_exactly_its_lines(one: Mistake, good: str, problems_of: Problems) -> None:
    assert good.count(one.old) == 1
    lines = problems_of({"dev.yaml": good.replace(one.old, one.new)})
    assert lines == [f"environments/dev.yaml:{line}" for line in one.says]


def test_no_line_repeats_a_value_that_is_a_secret(good: str, problems_of: Problems) -> None:
    with_secrets = [one for one in MISTAKES if SECRET in one.new]
    assert with_secrets
    for one in with_secrets:
        lines = problems_of({"dev.yaml": good.replace(one.old, one.new)})
        assert not [line for line in lines if SECRET in line]


def test_a_secret_is_not_repeated_by_another_mistake_of_the_same_file(good: str, problems_of: Problems) -> None:
    text = good.replace("carrier-api-key", SECRET).replace("westeurope", "mars").replace('"48"', "[48]")
    lines = problems_of({"dev.yaml": text})
    assert len(lines) == 3
    assert SECRET not in "\n".join(lines)


SHORT: list[tuple[str, str | bytes, str]] = [
    ("an empty file", "", "1: the file is empty, expected a mapping: tier, location, owner, apps, …"),
    ("only a comment", "# soon\n", "1: the file is empty, expected a mapping: tier, location, owner, apps, …"),
    ("only a text", "hello\n", "1: the file holds a text, expected a mapping: tier, location, owner, apps, …"),
    ("a list", "# prod\n- tier\n", "2: the file holds a list, expected a mapping: tier, location, owner, apps, …"),
    (
        "another alphabet",
        b"tier: staging\nowner: \xe9\n",
        "2: the file cannot be read (it is not UTF-8), expected UTF-8",
    ),
    (
        "a line break that only some see",
        "# one\n# two\u2028tier: a\n",
        "2: the character U+2028 is not allowed, expected a line break, or nothing",
    ),
    ("UTF-16", "tier: a".encode("utf-16"), "1: the file cannot be read (it is not UTF-8), expected UTF-8"),
]


@pytest.mark.parametrize(("name", "content", "says"), SHORT, ids=[name for name, _, _ in SHORT])
def test_a_file_that_is_no_description_gets_one_line(
    name: str, content: str | bytes, says: str, problems_of: Problems
) -> None:
    assert problems_of({"dev.yaml": content}) == [f"environments/dev.yaml:{says}"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            'team: "a\\e]0;b\\a"',
            "owner.team: the control character U+001B is in the text, expected text that can be printed",
        ),
        (
            '"te\\nam": x',
            "owner: a key that is no plain name, expected a plain text as key, and each key written out (no <<)",
        ),
    ],
    ids=["a value", "a key"],
)
def test_what_a_terminal_obeys_is_in_no_name_and_in_no_text(line: str, says: str, problems_of: Problems) -> None:
    assert f"environments/dev.yaml:3: {says}" in problems_of({"dev.yaml": f"tier: staging\nowner:\n  {line}\n"})


@pytest.mark.parametrize("name", ["Prod.yaml", "my-env.yaml", "prod.old.yaml", "1st.yaml", "thirteenchars.yaml"])
def test_a_file_name_that_is_no_environment_name_gets_one_line(name: str, good: str, problems_of: Problems) -> None:
    expected = "1 to 12 lower-case letters and digits, a letter first"
    line = f"environments/{name}:1: the file's name is no environment name, expected {expected}"
    assert problems_of({name: good}) == [line]


@pytest.mark.parametrize("name", ["prod.yml", "prod.YAML", "prod.YML"])
def test_a_file_that_is_almost_a_description_is_not_passed_over(name: str, good: str, problems_of: Problems) -> None:
    line = f"environments/{name}:1: the file would not be read, expected the name prod.yaml"
    assert problems_of({"dev.yaml": good, name: good}) == [line]


def test_files_of_the_engine_and_hidden_ones_are_none_of_ours(good: str, estate_of: Callable[[Files], Estate]) -> None:
    others = {"Pulumi.dev.yaml": "encryptionsalt: x", ".dev.yaml.swp.yaml": "\x00", "notes.md": "x"}
    assert list(estate_of({"dev.yaml": good, **others}).environments) == ["dev"]


def test_a_folder_named_like_a_description_gets_one_line(good: str, problems_of: Problems, tmp_path: Path) -> None:
    (tmp_path / "environments" / "test.yaml").mkdir(parents=True)
    line = "environments/test.yaml: the file cannot be read (Is a directory), expected a file that can be read"
    assert problems_of({"dev.yaml": good}) == [line]


def test_a_link_to_nothing_gets_one_line(good: str, problems_of: Problems, tmp_path: Path) -> None:
    (tmp_path / "environments").mkdir()
    (tmp_path / "environments" / "test.yaml").symlink_to("gone.yaml")
    reason = "the file cannot be read (No such file or directory)"
    assert problems_of({"dev.yaml": good}) == [f"environments/test.yaml: {reason}, expected a file that can be read"]


def test_a_file_name_that_cannot_be_printed_gets_a_line_that_can(
    good: str, problems_of: Problems, tmp_path: Path
) -> None:
    (tmp_path / "environments").mkdir()
    path = os.fsencode(tmp_path / "environments") + b"/\xe9.yaml"
    try:
        Path(os.fsdecode(path)).write_text(good)
    except OSError:
        pytest.skip("this file system takes only names that are UTF-8")
    [line] = problems_of({"dev.yaml": good})
    assert line.encode("utf-8").startswith(rb"environments/\udce9.yaml:1: the file's name is no environment name")


@pytest.mark.parametrize("make", [True, False], ids=["an empty folder", "no folder"])
def test_a_folder_without_descriptions_gets_one_line(make: bool, tmp_path: Path) -> None:
    if make:
        (tmp_path / "environments").mkdir()
    with pytest.raises(DescriptionError) as caught:
        load_estate(tmp_path / "environments")
    assert str(caught.value) == "environments: no environment, expected a file like dev.yaml in this folder"


def test_windows_files_are_read_with_the_same_lines(good: str, problems_of: Problems) -> None:
    text = "\ufeff" + good.replace("westeurope", "mars").replace("\n", "\r\n")
    [line] = problems_of({"dev.yaml": text.encode()})
    assert line == "environments/dev.yaml:3: location: 'mars' is no region, expected a region like westeurope"


def test_two_organizations_are_one_too_many(good: str, problems_of: Problems) -> None:
    other = good.replace("organization: acme", "organization: emca")
    assert problems_of({"dev.yaml": good, "prod.yaml": other, "test.yaml": good}) == [
        "environments/prod.yaml:2: organization: 'emca', while dev has 'acme', "
        "expected the same in every environment of the estate"
    ]


def test_all_mistakes_of_all_files_come_at_once_in_order(good: str, problems_of: Problems) -> None:
    files = {
        "test.yaml": good.replace("westeurope", "mars").replace("history_days: 60", "history_days: 0"),
        "prod.yaml": "tier: [",
        "dev.yaml": good,
        "qa.yml": good,
        "demo.yaml": good.replace("sku: EP1", "skuu: EP1"),
    }
    assert problems_of(files) == [
        "environments/demo.yaml:17: apps.orders.plan.skuu: unknown key, expected sku?",
        "environments/prod.yaml:1: not YAML (did not find expected node content), expected a YAML mapping",
        "environments/qa.yml:1: the file would not be read, expected the name qa.yaml",
        "environments/test.yaml:3: location: 'mars' is no region, expected a region like westeurope",
        "environments/test.yaml:22: apps.orders.task_hub.history_days: 0 is out of range, "
        "expected a whole number from 1 to 3650",
    ]


def test_an_anchor_saves_writing_the_same_twice(good: str, estate_of: Callable[[Files], Estate]) -> None:
    slots = "{one: &slot {hub_binding: slot}, two: *slot}"
    estate = estate_of({"dev.yaml": good.replace("staging: {hub_binding: slot}", slots)})
    assert list(estate["dev"].apps["orders"].slots) == ["one", "two"]


def test_aliases_of_aliases_take_no_time_and_no_memory(good: str, problems_of: Problems) -> None:
    levels = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    lines = problems_of({"dev.yaml": good + "\n".join(["a0: &a0 [x]", *levels])})
    assert [line.split(":")[2].strip() for line in lines] == [f"a{i}" for i in range(12)]


def test_an_estate_names_the_nearest_environment_to_an_unknown_one(
    good: str, estate_of: Callable[[Files], Estate]
) -> None:
    estate = estate_of({"dev.yaml": good, "prod.yaml": good})
    with pytest.raises(UnknownEnvironment) as caught:
        estate["prd"]
    assert str(caught.value) == "no environment 'prd', expected one of dev, prod; did you mean prod?"
