"""Every known disaster is found in the shipped estate, alone and beside others, and under one name."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from hubkeeper.check import check
from tests.check.disasters import DISASTERS, Disaster
from tests.check.projects import TODAY, copied


@pytest.fixture
def project(project_root: Path, tmp_path: Path) -> Path:
    return copied(project_root, tmp_path)


def happen(project: Path, *disasters: Disaster) -> None:
    file = project / "environments" / "prod.yaml"
    values = yaml.safe_load(file.read_text(encoding="utf-8"))
    for disaster in disasters:
        for path, value in disaster.edits.items():
            _set(values, path.split("."), value)
    file.write_text(yaml.safe_dump(values, sort_keys=False), encoding="utf-8")


def _set(values: Any, path: list[str], value: Any) -> None:
    *steps, last = path
    for step in steps:
        values = values.setdefault(step, {})
    if value is None:
        del values[last]
    elif isinstance(value, dict):
        values.setdefault(last, {}).update(value)
    else:
        values[last] = value


def found_in(project: Path) -> set[str]:
    return {finding.rule for finding in check(project, ["prod"], TODAY, cache=False).findings}


@pytest.mark.parametrize("disaster", DISASTERS, ids=str)
def test_a_disaster_is_found_and_under_one_name_unless_both_are_right(project: Path, disaster: Disaster) -> None:
    happen(project, disaster)
    assert found_in(project) == disaster.found_by
    assert bool(disaster.twice) == (len(disaster.found_by) > 1)


HALF = len(DISASTERS) // 2
PAIRS = list(zip(DISASTERS, [*DISASTERS[HALF:], DISASTERS[0]], strict=False))[: len(DISASTERS) - HALF]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: " + ".join(map(str, pair)))
def test_two_disasters_at_once_hide_nothing_of_each_other(project: Path, pair: tuple[Disaster, Disaster]) -> None:
    happen(project, *pair)
    assert found_in(project) == pair[0].found_by | pair[1].found_by


def test_all_disasters_at_once_are_all_found(project: Path) -> None:
    happen(project, *compatible())
    assert found_in(project) >= frozenset().union(*(disaster.found_by for disaster in compatible()))


def compatible() -> list[Disaster]:
    """Those that touch no value that an earlier one touches."""
    chosen: list[Disaster] = []
    taken: set[str] = set()
    for disaster in DISASTERS:
        if not any(one.startswith(path) or path.startswith(one) for path in disaster.edits for one in taken):
            chosen.append(disaster)
            taken |= disaster.edits.keys()
    return chosen
