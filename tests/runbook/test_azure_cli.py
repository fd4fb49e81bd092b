"""Every `az` command of every page, of the shipped estate and of every example, read by the Azure CLI's own parser, and its
`--query` run over an answer with secrets in it.

It comes from PyPI into an environment of its own (`make readers`). Commands of extensions, which do not, are held against a
table of their flags. Each application's bash runs once with stand-ins, so what is parsed is what the shell makes of the page.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jmespath
import pytest
import yaml

from environments import load_estate
from hubkeeper.runbook import render
from tests.runbook.azure_answers import SECRET, answer_to
from tests.runbook.azure_cli_flags import (
    ANSWERS_A_SECRET,
    CHANGING,
    READING,
    READING_IN_A_NETWORK,
    SELDOM,
    SIGNING_IN,
    flags_of,
    verb_of,
)
from tests.runbook.bash_blocks import bash_of, run
from tests.runbook.needs import needs

_ROOT = Path(__file__).parents[2]
_PYTHON = _ROOT / ".hubkeeper/azure-cli/bin/python"
_EXTENSIONS: dict[str, Any] = yaml.safe_load((_ROOT / "tests/readers/extension_flags.yaml").read_text())
_ESTATES = [_ROOT / "environments", *sorted((_ROOT / "examples").glob("*/environments"))]
Words = tuple[str, ...]


def _bash(folder: Path) -> Iterator[str]:
    """One page for each application and each environment: every block of theirs, once."""
    estate = load_estate(folder)
    blocks: dict[tuple[str, ...], dict[str, None]] = {}
    for path, page in render(estate, list(estate.environments), project=_ROOT).items():
        blocks.setdefault(tuple(path.removesuffix(".md").split("/")[:2]), {}).update(dict.fromkeys(bash_of(page)))
    yield from ("".join(f"```bash\n{block}\n```\n" for block in found) for found in blocks.values() if found)


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> list[Words]:
    folder = tmp_path_factory.mktemp("az")
    pages = [page for estate in _ESTATES for page in _bash(estate)]
    return sorted({call for n, page in enumerate(pages) for call in run(page, folder / str(n)).of("az")})


def _objections(commands: list[Words]) -> list[str]:
    done = subprocess.run(
        [str(_PYTHON), "tests/readers/az.py"],
        cwd=_ROOT,
        input=json.dumps(commands),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[str] = json.loads(done.stdout)
    return found


def test_each_command_is_one_that_is_known_to_read_or_to_change_and_each_of_those_is_on_a_page(
    commands: list[Words],
) -> None:
    known = set(READING) | set(READING_IN_A_NETWORK) | set(CHANGING) | set(SELDOM) | set(SIGNING_IN)
    assert {verb_of(call) for call in commands} ^ known <= set(SELDOM)


def test_what_changes_something_prints_no_answer_and_what_reads_says_what_it_shows(commands: list[Words]) -> None:
    for call in commands:
        if verb_of(call) in CHANGING | SELDOM:
            assert flags_of(call)["--output"] == "none", call
        elif verb_of(call) in READING | READING_IN_A_NETWORK:
            assert flags_of(call)["--query"], call
            assert "--only-show-errors" in call, call


def test_no_query_of_any_command_lets_a_secret_of_the_answer_through_and_each_shows_something(
    commands: list[Words],
) -> None:
    for call in commands:
        verb, query = verb_of(call), flags_of(call).get("--query")
        if query and verb not in ANSWERS_A_SECRET:
            answer = answer_to(verb, re.findall(r"(\w+):\w+", query))
            for name in re.findall(r"name=='([^']+)'", query)[:1]:
                answer = [{**one, "name": name} for one in answer]
            shown = json.dumps(jmespath.search(query, answer))
            assert SECRET not in shown, (verb, query)
            assert re.search(r"[a-z0-9]{2}", shown.replace("null", "")), (verb, query)


def test_what_takes_a_secret_hands_it_to_the_shell_and_not_to_the_screen(commands: list[Words]) -> None:
    for call in commands:
        if verb_of(call) in ANSWERS_A_SECRET:
            assert flags_of(call)["--output"] == "tsv"
            assert "." not in flags_of(call)["--query"].removeprefix("systemKeys."), "more than one value"


@needs(_PYTHON)
def test_the_azure_cli_itself_takes_every_command_and_notices_mistakes(commands: list[Words]) -> None:
    core = [call for call in commands if verb_of(call) not in _EXTENSIONS["commands"]]
    assert len({verb_of(call) for call in core}) > 30
    mistakes: list[Words] = [
        ("functionapp", "restart", "--resource-group", "g", "--name", "n", "--slit", "staging"),
        ("functionapp", "restart", "--resource-group", "g", "--name"),
        ("functionapp", "deployment", "slot", "swap", "-g", "g", "-n", "n", "--slot", "s", "--action", "sweep"),
        ("storage", "message", "peak", "--queue-name", "q"),
        ("keyvault", "secret", "set", "--name", "n", "--file", "f"),
    ]
    found = _objections([*core, *mistakes])
    assert [(call, said) for call, said in zip(core, found, strict=False) if said] == []
    assert all(found[len(core) :])


def test_every_command_of_an_extension_has_the_flags_it_takes_and_none_else(commands: list[Words]) -> None:
    seen = set()
    for call in commands:
        of = _EXTENSIONS["commands"].get(verb_of(call))
        if of:
            # What stands behind these is a value, whatever it begins with.
            flags = {
                word
                for n, word in enumerate(call)
                if word.startswith("--") and call[n - 1] not in ("--query", "--analytics-query")
            }
            assert set(of["must"]) <= flags <= {*of["must"], *of["may"], *_EXTENSIONS["global"]}, call
            seen.add(verb_of(call))
    assert seen == set(_EXTENSIONS["commands"])
