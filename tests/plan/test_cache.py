"""The cache of plans: found again by content, never in the way, never a secret in it."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from plan import Plan, PlanCache, Resource, Secret, content_key

SECRET: Final = "planted-secret-5f2c"


def sample(stack: str = "dev") -> Plan:
    urn = f"urn:pulumi:{stack}::shop::a:b:C::c"
    return Plan("shop", stack, {urn: Resource(urn, "a:b:C", "c", inputs={"key": Secret(SECRET), "size": 3})})


def test_a_plan_is_found_again_with_its_secrets_hidden(tmp_path: Path) -> None:
    cache = PlanCache(tmp_path / "plans")
    assert cache.get("key") is None
    cache.put("key", sample())
    expected = sample()
    for resource in expected.resources.values():
        resource.inputs["key"] = Secret()
    assert PlanCache(tmp_path / "plans").get("key") == expected
    assert cache.get("other") is None
    assert SECRET not in "".join(path.read_text() for path in tmp_path.rglob("*.json"))


def test_an_empty_plan_is_found_again(tmp_path: Path) -> None:
    cache = PlanCache(tmp_path)
    cache.put("key", Plan("shop", "dev"))
    assert cache.get("key") == Plan("shop", "dev")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": "other"}', b'{"version": 3}', b"[" * 100_000],
    ids=["empty", "broken", "list", "null", "binary", "foreign", "an export", "too deep"],
)
def test_a_broken_file_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    cache = PlanCache(tmp_path)
    cache.put("key", sample())
    [file] = tmp_path.iterdir()
    file.write_bytes(content)
    assert cache.get("key") is None
    cache.put("key", sample())
    assert cache.get("key") is not None


def test_half_a_file_is_as_good_as_none(tmp_path: Path) -> None:
    cache = PlanCache(tmp_path)
    cache.put("key", sample())
    [file] = tmp_path.iterdir()
    whole = file.read_bytes()
    for length in range(0, len(whole), 7):
        file.write_bytes(whole[:length])
        assert cache.get("key") is None


def test_a_file_of_another_key_is_not_taken_for_this_one(tmp_path: Path) -> None:
    cache = PlanCache(tmp_path)
    cache.put("one", sample())
    [one] = tmp_path.iterdir()
    cache.put("two", sample("prod"))
    [two] = [path for path in tmp_path.iterdir() if path != one]
    one.replace(two)
    assert cache.get("two") is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    cache = PlanCache(blocked / "plans")
    cache.put("key", sample())
    assert cache.get("key") is None


def test_plans_unused_for_longest_go_first(tmp_path: Path) -> None:
    cache = PlanCache(tmp_path, keep=3)
    for age, key in enumerate(["newest", "second", "third"]):
        cache.put(key, sample())
        [file] = [path for path in tmp_path.iterdir() if path.stat().st_mtime > 10_000]
        os.utime(file, (1000 - age, 1000 - age))
    assert cache.get("third") is not None, "using one makes it young"
    cache.put("another", sample())
    assert {key for key in ("newest", "second", "third", "another") if cache.get(key)} == {"newest", "third", "another"}


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    PlanCache(tmp_path, keep=0).put("key", sample())
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_many_writers_at_a_time_leave_one_whole_plan(tmp_path: Path) -> None:
    cache = PlanCache(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        for writing in [threads.submit(cache.put, "key", sample()) for _ in range(64)]:
            writing.result()
    assert cache.get("key") is not None
    assert len(list(tmp_path.iterdir())) == 1


def test_a_key_changes_with_content_path_version_and_the_rest(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("a")
    two.write_text("b")
    key = content_key([one, two], ["3.272", "3.29"], "dev")
    assert key == content_key([two, one], ["3.272", "3.29"], "dev"), "the order of files tells nothing"
    others = {
        content_key([one], ["3.272", "3.29"], "dev"),
        content_key([one, two], ["3.29", "3.272"], "dev"),
        content_key([one, two], ["3.2723.29"], "dev"),
        content_key([one, two], ["3.272", "3.29"], "prod"),
    }
    one.write_text("ab")
    two.write_text("")
    others.add(content_key([one, two], ["3.272", "3.29"], "dev"))
    assert len(others - {key}) == 5
