"""A first preview, in which Azure has made nothing yet: whatever is unknown, no rule that stops a change is silent about it."""

from typing import Final

from plan import UNKNOWN
from policies.rule import Rule, Scope
from policies.rules import RULES
from tests.policies.cases import CASES
from tests.policies.sound import sound
from tests.policies.world import World

#: What a rule reads can be unknown altogether, so that it does not apply. Then another one, which stops as well, says so.
SAID_BY: Final = {
    # no setting says where the hub is
    "scheduler-hub-made": "hub-explicit",
    "scheduler-role": "hub-explicit",
    "database-hub-made": "hub-explicit",
    # counted over what is described, which is never unknown; what is registered otherwise cannot be read
    "scheduler-quota": "hub-as-described",
    # texts of settings
    "vault-reference-complete": "no-literal-secret",
    "package-per-slot": "package-own",
    # who may come to a site, and how
    "front-door-pinned": "site-not-open",
    # what a private endpoint is of
    "hub-endpoints-complete": "hub-explicit",
}


def blind(world: World) -> World:
    """The world with every input unknown."""
    for one in world.plan.resources.values():
        one.inputs = dict.fromkeys(one.inputs, UNKNOWN)
    return world


def stopping() -> list[Rule]:
    """The rules on registered values that can stop a change."""
    scopes = (Scope.HUBS, Scope.RESOURCE, Scope.PLAN)
    return [rule for rule in RULES if rule.scope in scopes and any(level.stops for level in rule.levels)]


def speaks(rule: Rule, said_by: str) -> bool:
    """Whether `said_by` tells, where this rule should be broken and everything is unknown, at the level that it has there."""
    teller = next(one for one in RULES if one.slug == said_by)
    for case in CASES:
        if case.rule == rule.slug and case.expected:
            world = sound()
            case.change(world)
            level = teller.level_in(world.environment.tier)
            if any(one.rule == said_by and one.level == level for one in blind(world).findings()):
                return True
    return False


def test_where_everything_is_unknown_the_rules_that_stop_and_are_silent_are_none() -> None:
    silent = [rule.slug for rule in stopping() if not speaks(rule, SAID_BY.get(rule.slug, rule.slug))]
    assert (len(silent), silent) == (0, [])


def test_only_rules_that_cannot_speak_themselves_are_spoken_for() -> None:
    by_slug = {rule.slug: rule for rule in stopping()}
    assert [slug for slug in SAID_BY if slug not in by_slug or speaks(by_slug[slug], slug)] == []
    assert all(any(level.stops for level in by_slug[teller].levels) for teller in SAID_BY.values())
