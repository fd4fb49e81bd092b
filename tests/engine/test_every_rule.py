"""Every case of every rule that changes one application: `check` and the pack in the real engine tell the same."""

from collections import Counter
from pathlib import Path

import pytest

from hubkeeper.engine.pulumi_cli import PulumiCli
from policies.rule import Scope
from policies.rules import RULES
from tests.engine.both_ways import by_check, by_pack, findings
from tests.engine.fixtures import stacks
from tests.engine.rule_fixtures import NOT_DESCRIBED, all_stacks, assert_told_alike
from tests.policies.cases import CASES
from tests.policies.test_unknown import blind

pytestmark = pytest.mark.engine
PARTS = 3


@pytest.mark.parametrize("part", range(PARTS))
def test_check_and_engine_tell_the_same_of_an_application(
    part: int, tmp_path: Path, project_root: Path, found_pulumi_cli: PulumiCli
) -> None:
    assert_told_alike(all_stacks(apart=False)[part::PARTS], tmp_path, project_root / "policies", found_pulumi_cli)


@pytest.mark.parametrize("rule", ["hub-explicit", "scheduler-hub-made", "database-hub-made", "flex-deployment-own"])
def test_check_and_engine_tell_the_same_where_everything_is_unknown_until_azure_has_made_it(
    rule: str, tmp_path: Path, project_root: Path, found_pulumi_cli: PulumiCli
) -> None:
    case = next(case for case in CASES if case.rule == rule and case.expected)
    (unknown,) = stacks([(case,)], 1)
    blind(unknown.world)
    project = unknown.written(tmp_path / "project")
    said = by_check(findings(project))
    told = by_pack(project, project_root / "policies", found_pulumi_cli)
    # `check` compares the hubs that are described, which are never unknown, and says of registered ones that they cannot be read.
    of_hubs = {one.slug for one in RULES if one.scope is Scope.HUBS}
    pack_alone = {words.split()[1] for _, _, words in told - said}
    assert (said - told, pack_alone - of_hubs) == (Counter(), set())
    assert sum(count for (level, _, _), count in told.items() if level == "mandatory") > 30


def test_no_case_and_so_no_rule_is_left_out() -> None:
    told = {
        (case.rule, case.what)
        for apart in (True, False)
        for stack in all_stacks(apart=apart)
        for cases in stack.apps.values()
        for case in cases
    }
    assert told == {(case.rule, case.what) for case in CASES} - NOT_DESCRIBED
    assert {rule for rule, _ in told} == {rule.slug for rule in RULES}
