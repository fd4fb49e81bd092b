"""The whole catalogue: rules on what is, rules on what changes, and those on waivers and baselines."""

from policies.rule import Rule
from policies.rules import RULES
from policies.rules.changes import CHANGES
from policies.rules.upkeep import UPKEEP

CATALOGUE: tuple[Rule, ...] = (*RULES, *CHANGES, *UPKEEP)
