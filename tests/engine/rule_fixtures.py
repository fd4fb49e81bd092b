"""The stacks that tests of every rule run on, and what is asserted of each.

By default cases that do not disturb each other stand together, so that all of them cost a minute. With HUBKEEPER_ALL_FIXTURES=1
each has an application, or a stack, of its own: some five minutes.
"""

import os
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

from hubkeeper.engine.pulumi_cli import PulumiCli
from tests.engine.both_ways import by_check, by_pack, findings
from tests.engine.combining import expected, groups
from tests.engine.fixtures import Fixtures, is_apart, stacks
from tests.policies.case import Case
from tests.policies.cases import CASES
from tests.policies.test_rules import in_words

#: Cases with no application, or environment, that a description could have: what a hub elsewhere is called in them says enough.
NOT_DESCRIBED: Final = frozenset({("store-not-shared", "another application's hub in the store")})
#: Cases in which the program registers other hubs than are described. Beside them, `check` and pack judge different hubs.
_ALONE: Final = frozenset({"hub-as-described"})
#: Judged on the day of the run, by dates of the catalogue: with the years, more and more is found.
_BY_CATALOGUE: Final = frozenset({"runtime-supported"})
_APPS_A_STACK: Final = 25
_CASES_AN_APP: Final = 8


@cache
def all_stacks(*, apart: bool) -> list[Fixtures]:
    """The stacks of the cases that change what applications share, or of all others."""
    cases = [case for case in CASES if is_apart(case) is apart and (case.rule, case.what) not in NOT_DESCRIBED]
    if os.environ.get("HUBKEEPER_ALL_FIXTURES"):
        return stacks([(case,) for case in cases], _APPS_A_STACK)
    alone: list[tuple[Case, ...]] = [(case,) for case in cases if case.rule in _ALONE]
    return stacks([*alone, *groups([case for case in cases if case.rule not in _ALONE], _CASES_AN_APP)], _APPS_A_STACK)


def assert_told_alike(some: list[Fixtures], folder: Path, pack: Path, cli: PulumiCli) -> None:
    """`check` and pack tell the same of these stacks, word for word, and each case is found as it should be."""
    for number, one in enumerate(some):
        project = one.written(folder / str(number))
        found = findings(project)
        said, told = by_check(found), by_pack(project, pack, cli)
        assert said == told, f"check alone: {[*said - told]}; pack alone: {[*told - said]}"
        by_app: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for finding in found:
            by_app[finding.app or "-"].add((finding.rule, in_words(finding)))
        for app, cases in one.apps.items():
            lines = by_app[app] | by_app["-"] if len(one.apps) == 1 else by_app[app]
            want = {(rule, words.replace("claims", app)) for case in cases for rule, words in expected(case)}
            wrong = _lasting(lines) ^ _lasting(want)
            assert not wrong, f"{wrong} of {'; '.join(map(str, cases))}"


def _lasting(lines: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {line for line in lines if line[0] not in _BY_CATALOGUE}
