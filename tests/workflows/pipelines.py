"""The workflow files and the commands in them, as lists."""

import re
import shlex
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted(ROOT.joinpath(".github", "workflows").glob("*.yml"))
AZURE = ROOT / "azure-pipelines.yml"
#: Expressions that the service fills in before a shell sees them.
_EXPRESSION = re.compile(r"\$\{\{ environment \}\}|\"?\$\([A-Za-z.]+\)[^\s\"]*\"?")


def loaded(file: Path) -> Any:
    return YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))


def scripts(node: Any) -> Iterator[str]:
    """Every text of a file that a shell runs."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("run", "script", "inlineScript") and isinstance(value, str):
                yield value
            else:
                yield from scripts(value)
    elif isinstance(node, list):
        for item in node:
            yield from scripts(item)


def commands(script: str) -> Iterator[list[str]]:
    """The simple commands of a script, each as words. `${X:+--option "$X"}` counts as said."""
    text = re.sub(r"\$\{\w+:\+([^}]*)\}", r"\1", script)
    text = _EXPRESSION.sub("filled-in", text)
    for line in text.splitlines():
        reader = shlex.shlex(line, posix=True, punctuation_chars=True)
        reader.whitespace_split = True
        for is_operator, words in groupby(reader, key=lambda word: set(word) <= set("|&;()<>") and bool(word)):
            if not is_operator:
                yield list(words)


def all_commands(program: str) -> list[tuple[str, list[str]]]:
    """File and arguments of every call of a program, by the last part of its name."""
    return [
        (file.name, words[1:])
        for file in [*WORKFLOWS, AZURE]
        for script in scripts(loaded(file))
        for words in commands(script)
        if words[0].rpartition("/")[2] == program
    ]


def steps(file: Path) -> Iterator[dict[str, Any]]:
    """Every step of a GitHub workflow."""
    for job in loaded(file)["jobs"].values():
        yield from job.get("steps", [])


def named(file: str, name: str) -> str:
    """The script of a step."""
    found = next(step for step in steps(ROOT / ".github" / "workflows" / file) if step.get("name") == name)
    return str(found["run"])
