"""Which cases of the rules can be made in one world, so that many are told by few applications, each as if it were alone."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import cache
from typing import Any, Final

from environments.contradictions import contradictions_of
from environments.yaml_lines import Lines
from tests.policies.case import Case
from tests.policies.sound import sound
from tests.policies.test_rules import in_words
from tests.policies.world import World

#: What the applications of an environment share.
SHARED: Final = frozenset({"group", "workspace", "insights"})
_GONE: Final = "gone"
Place = tuple[Any, ...]


def together(cases: Iterable[Case]) -> World:
    """The sound world with all these changes."""
    world = sound()
    for case in cases:
        case.change(world)
        # A case may have put in what it keeps for all of its worlds; the next one must not change that.
        world.described = deepcopy(world.described)
        for one in world.plan.resources.values():
            one.inputs = deepcopy(one.inputs)
    return world


def groups(cases: Iterable[Case], most: int) -> list[tuple[Case, ...]]:
    """All cases in few groups: none changes what another one changes, and each is found as it is when alone."""
    found: list[list[Case]] = []
    for case in cases:
        mine = changed(case)
        beside = (one for one in found if len(one) < most and all(_agree(mine, changed(other)) for other in one))
        room = next((one for one in beside if _stand_together([*one, case])), None)
        if room is None:
            found.append([case])
        else:
            room.append(case)
    return [tuple(one) for one in found]


def _stand_together(cases: list[Case]) -> bool:
    try:
        world = together(cases)
        is_described = not contradictions_of(world.environment, Lines("prod.yaml"))
        return is_described and told(world) == frozenset().union(*map(expected, cases))
    except (LookupError, StopIteration, ValueError):
        return False  # what one would change, another one took away


def expected(case: Case) -> frozenset[tuple[str, str]]:
    """Rule and words of what is found in a case."""
    return frozenset((case.rule, line) for line in case.expected)


def told(world: World) -> frozenset[tuple[str, str]]:
    """Rule and words of what is found in a world."""
    return frozenset((one.rule, in_words(one)) for one in world.findings())


@cache
def changed(case: Case) -> dict[Place, str]:
    """Every place in which the world of a case is not the sound one, and what is there."""
    was, now = _in_sound(), dict(_places(together([case])))
    return {place: now.get(place, _GONE) for place in {**was, **now} if was.get(place) != now.get(place)}


@cache
def _in_sound() -> dict[Place, str]:
    return dict(_places(sound()))


def _agree(one: dict[Place, str], other: dict[Place, str]) -> bool:
    """Whether two changes leave each other as they are: the same there, or elsewhere and neither above the other."""
    for here, value in one.items():
        if other.get(here, value) != value:
            return False
    for here in one.keys() - other.keys():
        if any(here[: len(there)] == there or there[: len(here)] == here for there in other.keys() - one.keys()):
            return False
    return True


def _places(world: World) -> Iterator[tuple[Place, str]]:
    yield from _leaves(("described",), world.described)
    yield from _leaves(("host_json",), {name: repr(file) for name, file in world.host_json.items()})
    yield from _leaves(("outputs",), world.plan.outputs)
    yield ("elsewhere",), repr((world.elsewhere, world.other_hubs))
    for one in world.plan.resources.values():
        about = {"inputs": one.inputs, "protect": one.protect, "ignore": one.ignore_changes, "parent": one.parent}
        yield from _leaves(("plan", one.name), {**about, "needs": one.property_dependencies, "type": one.type})


def _leaves(place: Place, value: Any) -> Iterator[tuple[Place, str]]:
    if isinstance(value, list) and value and all(isinstance(one, dict) and "name" in one for one in value):
        value = {one["name"]: one for one in value}
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves((*place, key), item)
    else:
        yield place, repr(value)
