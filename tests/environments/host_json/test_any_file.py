"""No file, however odd, ends the check in anything but lines."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from environments.host_json import Contract, HostJsonFile, Unreadable, problems_of, written
from environments.host_json.facts import backends, keys
from environments.host_json.json_lines import NotJson, read

CONTRACT = Contract("claims", "python", "azure-storage", 4, 10, 10, "1.4", True, False, ("Trace",))

SCALARS = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(max_size=8)
)
NAMES = some.text(max_size=8) | some.sampled_from(
    sorted({key.name for backend in backends().values() for key in (*keys().values(), *backend.keys.values())})
)
VALUES: some.SearchStrategy[Any] = some.recursive(
    SCALARS | some.sampled_from(["%TASKHUB_NAME%", "00:00:10", "2.0", "Trace", "[4.30.0, 5.0.0)"]),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(NAMES, inner, max_size=5),
    max_leaves=30,
)


def keys_with_lines(text: str) -> dict[str, int]:
    """Each quoted key of an indented file with a key a line, and the line it is on."""
    return {
        json.loads(line.strip().rpartition(": ")[0]): number
        for number, line in enumerate(text.splitlines(), start=1)
        if ": " in line
    }


@given(some.dictionaries(NAMES, VALUES, max_size=6))
def test_what_is_read_is_what_any_reader_of_json_reads(document: dict[str, Any]) -> None:
    for indent in (None, 2):
        assert read(json.dumps(document, indent=indent), "host.json")[0] == document


@given(some.dictionaries(some.from_regex(r"[a-z]{1,6}", fullmatch=True), some.integers(0, 99), max_size=20))
def test_every_key_is_on_the_line_it_is_on(document: dict[str, int]) -> None:
    text = json.dumps(document, indent=2)
    lines = read(text, "host.json")[1]
    assert {key: lines.of((key,)) for key in document} == keys_with_lines(text)


@given(some.dictionaries(NAMES, VALUES, max_size=6))
def test_any_object_is_answered_in_lines_that_point_into_the_file(document: dict[str, Any]) -> None:
    text = json.dumps(document, indent=1)
    problems = problems_of(HostJsonFile("host.json", text), CONTRACT)
    assert problems
    last = text.count("\n") + 1
    assert all(1 <= one.line <= last and "\n" not in str(one) for one in problems)


@given(some.text())
def test_any_text_is_an_object_or_told_in_one_line(text: str) -> None:
    try:
        told = type(read(text, "host.json")[0]).__name__
    except NotJson as error:
        told = str(error)
    assert told == "dict" or (told.startswith("host.json:") and "\n" not in told)


@given(some.integers(0, len(written(CONTRACT)) - 2), some.sampled_from('{}[]",:/*\\x0 \n'))
def test_a_file_with_one_wrong_character_is_answered_in_lines(place: int, character: str) -> None:
    text = written(CONTRACT)
    broken = text[:place] + character + text[place + 1 :]
    try:
        lines = [str(one) for one in problems_of(HostJsonFile("host.json", broken), CONTRACT)]
    except Unreadable as error:
        lines = [str(error)]
    assert all(line.startswith("host.json:") and "\n" not in line for line in lines)
