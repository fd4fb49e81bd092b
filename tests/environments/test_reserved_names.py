"""Words that Azure has reserved are refused in names, with the line, before Azure does it half-way through."""

from collections.abc import Callable

import pytest

from environments import Estate
from tests.environments.conftest import Files


@pytest.mark.parametrize(
    ("given", "what", "name", "word"),
    [
        ("function_app: func-WindowsJobs", "apps.orders.names.function_app", "func-WindowsJobs", "WINDOWS"),
        ("storage_account: office365", "apps.orders.names.storage_account", "office365", "OFFICE365"),
        ("key_vault: login-orders", "apps.orders.names.key_vault", "login-orders", "LOGIN"),
        ("storage_account: xboxorders", "apps.orders.names.storage_account", "xboxorders", "XBOX"),
    ],
)
def test_a_given_name_with_a_reserved_word_gets_one_line(
    given: str, what: str, name: str, word: str, good: str, problems_of: Callable[[Files], list[str]]
) -> None:
    text = good.replace("    runtime:", f"    names: {{{given}}}\n    runtime:")
    (line,) = problems_of({"dev.yaml": text})
    assert line.startswith(f"environments/dev.yaml:15: {what}: {word} is in the name of the ")
    assert f", {name}, and Azure has reserved it, expected another name (error-reserved-resource-name" in line


def test_an_application_whose_derived_names_have_a_reserved_word_is_told_of_each_and_how_to_give_another(
    good: str, problems_of: Callable[[Files], list[str]]
) -> None:
    lines = problems_of({"dev.yaml": good.replace("  orders:\n", "  windows-jobs:\n")})
    told = {"function_app": "function app, func-", "storage_account": "store, st", "key_vault": "vault, kv-"}
    assert len(lines) == len(told)
    for kind, what in told.items():
        (line,) = (one for one in lines if what in one)
        assert line.startswith(f"environments/dev.yaml:13: apps.windows-jobs: WINDOWS is in the name of the {what}")
        assert f"expected another name of the application, or `names: {{{kind}: …}}` (" in line


def test_words_that_are_reserved_alone_or_at_the_beginning_stand_elsewhere(
    good: str, estate_of: Callable[[Files], Estate]
) -> None:
    text = good.replace("    runtime:", "    names: {function_app: my-login, storage_account: excelxbox}\n    runtime:")
    assert len(estate_of({"dev.yaml": text}).environments) == 1
