"""Values stay in the place where they stand, whatever they are."""

import re
import subprocess
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubkeeper.runbook.quoting import (
    cell,
    code,
    code_cell,
    fenced,
    kql,
    mermaid,
    odata,
    one_line,
    shell,
    shell_lines,
    text,
    url,
)

_ANYTHING = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.text(
    "`|\\'\"$(){}<>#*_[]!&;\n\t -=~ab1."
)


@given(_ANYTHING)
def test_a_sentence_stays_one_line_without_markup(value: str) -> None:
    written = text(value)
    assert "\n" not in written
    assert not re.search(r"[<>`*\[\]\\$~]", written)
    assert not re.match(r"[-+=#|]|\d+[.)]\s", written)


@given(_ANYTHING)
def test_a_cell_holds_no_pipe_that_could_end_it(value: str) -> None:
    for written in (cell(value), code_cell(value)):
        assert "|" not in written
        assert "\n" not in written


@given(_ANYTHING)
def test_inline_code_ends_where_it_began(value: str) -> None:
    written = code(value)
    if one_line(value):
        fence = re.match(r"`+", written)
        assert fence is not None
        inside = written[len(fence[0]) : -len(fence[0])]
        assert len(fence[0]) not in {len(run) for run in re.findall(r"`+", inside)}
        assert one_line(value) in inside


@given(_ANYTHING)
def test_a_fence_is_longer_than_any_in_the_block(value: str) -> None:
    first, *inside, last = fenced(value, "bash").split("\n")
    assert first == f"{last}bash"
    assert all(last not in line for line in inside)


@given(_ANYTHING)
def test_a_string_of_a_query_ends_at_its_own_quote(value: str) -> None:
    assert re.fullmatch(r'"(?:[^"\\\n]|\\["\\])*"', kql(value))
    assert re.fullmatch(r"'(?:[^'\n]|'')*'", odata(value))


@given(_ANYTHING)
def test_a_label_of_a_picture_holds_only_plain_characters_and_entities(value: str) -> None:
    assert re.fullmatch(r"(?:[A-Za-z0-9 ./:,()_-]|#\d+;)*", mermaid(value))


@given(_ANYTHING)
def test_a_part_of_an_address_stays_one_part(value: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9%_.~-]*", url(value))
    assert unquote(url(value)) == value


_WORDS = [
    "",
    "plain",
    "it's",
    "$(echo no)",
    "`echo no`",
    'a "b" $c',
    "two\nlines",
    "tab\there",
    "a\\'b\n",
    "'",
    "é ñ 漢",
    "!!",
    "'!\\",
]


@pytest.mark.parametrize("value", _WORDS)
def test_the_shell_gets_back_exactly_the_word(value: str) -> None:
    for written in (shell(value), shell_lines(value)):
        done = subprocess.run(["bash", "-c", f"printf '%s.' {written}"], capture_output=True, check=True)
        assert done.stdout.decode() == f"{value}."
    assert "\n" not in shell(value)


def test_plain_words_stay_readable() -> None:
    assert text("One workflow for each claim, 3.12 and AzureWebJobsStorage__accountName") == (
        "One workflow for each claim, 3.12 and AzureWebJobsStorage__accountName"
    )
    assert code("claim-{claimId}") == "`claim-{claimId}`"
    assert shell("func-claims-prod") == "func-claims-prod"
