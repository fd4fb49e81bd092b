"""Further cases of the rules on private networks: each rule finds its own mistake however it is made, and no other rule does."""

import pytest

from tests.policies.case import Case
from tests.policies.cases.networks import MORE_OF_NETWORKS
from tests.policies.sound import sound
from tests.policies.test_rules import in_words


@pytest.mark.parametrize("case", MORE_OF_NETWORKS, ids=str)
def test_a_rule_on_networks_finds_it_where_it_is_and_no_other_rule_does(case: Case) -> None:
    world = sound()
    case.change(world)
    findings = world.findings()
    assert {finding.rule for finding in findings} == ({case.rule} if case.expected else set())
    assert {in_words(finding) for finding in findings} == case.expected
