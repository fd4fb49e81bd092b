"""Whatever stands in a finding, each format says it in the place that is meant for it and nowhere else."""

import json
import re
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st
from junitparser import JUnitXml

from hubkeeper.report import render
from tests.report.findings import HOSTILE, SHARED, result
from tests.report.test_other_formats import commands, rows

# What can stand in a message: no half of a character pair, which no file in UTF-8 can hold.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(message=TEXT, fix=TEXT)
@example(message=HOSTILE.message, fix=HOSTILE.fix)
@example(message="`|", fix="|`")
@example(message="a\\|b", fix="\\")
@example(message="``|``", fix="`\\`")
def test_any_text_stays_in_its_cell_of_the_table(message: str, fix: str) -> None:
    text = render(result(replace(SHARED, message=message, fix=fix)), "markdown")
    (row,) = rows(text)
    assert len(row) == 5
    outside = re.sub(r"(?<!\\)`[^`]*`|\\[^\w\s]", "", row[4].replace("<br>", "", 1))
    assert not re.search(r"[<>\[\]@#!]", outside)


@given(message=TEXT, fix=TEXT)
@example(message=HOSTILE.message, fix=HOSTILE.fix)
@example(message="a\n::error file=b::c", fix="\x1b]0;title\a")
def test_any_text_begins_no_line_and_gives_a_terminal_no_order(message: str, fix: str) -> None:
    lines = render(result(replace(SHARED, message=message, fix=fix))).split("\n")
    assert all(line.isprintable() for line in lines)
    assert len(lines) == len(render(result(replace(SHARED, message="a", fix="b"))).split("\n"))


@given(message=TEXT, fix=TEXT)
@example(message=HOSTILE.message, fix=HOSTILE.fix)
@example(message="%0A::error::x", fix="%")
def test_any_text_is_one_workflow_command_and_comes_back_as_it_was(message: str, fix: str) -> None:
    # The runner reads lines as .NET does: at \r and \n only.
    text = render(result(replace(SHARED, message=message, fix=fix)), "github")
    first, second, rest = re.split(r"\r\n|\r|\n", text)
    assert rest == ""
    assert not second.startswith("::")
    ((_, _, read),) = commands_of(first)
    assert read == f"prod/claims/staging: {message}\nFix: {fix}"


def commands_of(line: str) -> list[tuple[str, dict[str, str], str]]:
    """`commands`, for a line that may hold separators that Python takes for ends of lines."""
    odd = {
        character: chr(0xE000 + position) for position, character in enumerate("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
    }
    for character, other in odd.items():
        line = line.replace(character, other)
    found = commands(line)
    for character, other in odd.items():
        found = [(name, properties, message.replace(other, character)) for name, properties, message in found]
    return found


@given(message=TEXT, fix=TEXT)
@example(message=HOSTILE.message, fix=HOSTILE.fix)
@example(message="\ufffe\x1b", fix="]]>")
def test_any_text_is_xml_and_json(message: str, fix: str) -> None:
    finding = replace(SHARED, message=message, fix=fix)
    read = JUnitXml.fromstring(render(result(finding), "junit").encode())
    assert read.failures == 1
    document = json.loads(render(result(finding), "sarif"))
    assert document["runs"][0]["results"][0]["message"]["text"].endswith(f"{message}. Fix: {fix}")
    assert json.loads(render(result(finding), "json"))["findings"][0]["message"] == message
