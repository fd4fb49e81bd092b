"""Every command of every page of the shipped estate, as the shell hands it over."""

import json
import re

import jmespath
import pytest

from tests.runbook.azure_answers import SECRET, answer_to
from tests.runbook.azure_cli_flags import (
    ANSWERS_A_SECRET,
    CHANGING,
    GLOBAL,
    READING,
    SIGNING_IN,
    flags_of,
    verb_of,
)
from tests.runbook.bash_blocks import Calls


@pytest.fixture(scope="module")
def az(calls: dict[str, Calls]) -> list[tuple[str, ...]]:
    return [call for page in calls.values() for call in page.of("az")]


def test_the_shell_understands_every_page_and_no_variable_is_missing(calls: dict[str, Calls]) -> None:
    assert {path: page.complaints for path, page in calls.items() if page.complaints} == {}


def test_every_command_exists_with_the_flags_it_is_given(az: list[tuple[str, ...]]) -> None:
    known = READING | CHANGING | SIGNING_IN
    assert {verb_of(call) for call in az} <= set(known)
    unknown = [
        (verb_of(call), flag) for call in az for flag in flags_of(call) if flag not in known[verb_of(call)] | GLOBAL
    ]
    assert unknown == []


def test_every_command_says_which_subscription_and_prints_no_warnings(az: list[tuple[str, ...]]) -> None:
    for call in az:
        flags = flags_of(call)
        assert "--only-show-errors" in flags, call
        assert flags.get("--subscription") or verb_of(call) in ("login", "account show"), call


def test_every_reading_command_says_what_it_shows_and_in_which_form(az: list[tuple[str, ...]]) -> None:
    for call in az:
        if verb_of(call) in READING:
            assert flags_of(call)["--output"] in ("json", "table", "tsv"), call
            assert flags_of(call)["--query"], call


def test_no_query_lets_a_secret_of_the_answer_through_and_each_shows_something(az: list[tuple[str, ...]]) -> None:
    seen = set()
    for call in az:
        verb, query = verb_of(call), flags_of(call).get("--query")
        if query is None or verb in ANSWERS_A_SECRET:
            continue
        columns = re.findall(r"(\w+):\w+", query)
        shown = json.dumps(jmespath.search(query, answer_to(verb, columns)))
        assert SECRET not in shown, (verb, query)
        assert re.search(r"[a-z0-9]{2}", shown.replace("null", "")), (verb, query)
        seen.add(verb)
    assert len(seen) > 20


def test_the_key_goes_to_curl_through_a_pipe_and_into_no_argument(
    calls: dict[str, Calls], pages: dict[str, str]
) -> None:
    for path, page in calls.items():
        assert not [call for call in page.made if any("THE-KEY" in word or "THE-TOKEN" in word for word in call)], path
        assert page.of("curl") == [] or "x-functions-key: THE-KEY" in page.curl_read, path
        assert pages[path].count("get-access-token --sub") == pages[path].count(
            "token=$(az account get-access-token"
        ), path
        assert pages[path].count("keys list") == pages[path].count("key=$(az functionapp keys list"), path


def test_where_a_token_is_asked_for_it_goes_the_way_of_the_key(calls: dict[str, Calls]) -> None:
    handed_over = {path for path, page in calls.items() if "Authorization: Bearer THE-TOKEN" in page.curl_read}
    asking = {path for path, page in calls.items() if page.of("curl")}
    of_claims = {path for path in asking if path.startswith(("prod/claims", "test/claims"))}
    assert handed_over == of_claims, "the other applications ask for none, nor does development"
    assert of_claims < asking


def test_every_question_to_telemetry_says_how_far_it_looks_back(az: list[tuple[str, ...]]) -> None:
    asked = [flags_of(call) for call in az if verb_of(call) == "monitor log-analytics query"]
    assert asked
    for flags in asked:
        assert re.fullmatch(r"P(?:\d+D|T\d+H)", flags["--timespan"])
        assert "ago(" not in flags["--analytics-query"]


def test_the_store_is_asked_by_login_and_only_for_columns_without_payload(az: list[tuple[str, ...]]) -> None:
    asked = [call for call in az if verb_of(call).startswith("storage ") and verb_of(call) != "storage account show"]
    assert asked
    for call in asked:
        assert flags_of(call)["--auth-mode"] == "login"
        if verb_of(call) == "storage entity query":
            assert "--select" in call
            assert not {"Input", "Output", "CustomStatus"} & set(call)


def test_what_changes_something_prints_no_answer(az: list[tuple[str, ...]]) -> None:
    assert {flags_of(call)["--output"] for call in az if verb_of(call) in CHANGING} == {"none"}


@pytest.mark.parametrize(
    "verb",
    [
        "functionapp show",
        "functionapp config appsettings list",
        "functionapp restart",
        "functionapp keys list",
        "functionapp stop",
    ],
)
def test_the_commands_of_a_slot_name_the_slot(calls: dict[str, Calls], verb: str) -> None:
    def slots(app: str) -> set[str | None]:
        pages = [page for path, page in calls.items() if path.startswith((f"prod/{app}.md", f"prod/{app}/"))]
        return {flags_of(call).get("--slot") for page in pages for call in page.of("az") if verb_of(call) == verb}

    assert slots("claims") == {None, "staging"}
    assert slots("genomics") == {None}
