"""What host.json says can be the same in every environment of an application."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from environments import Environment, Path, Tier
from environments.host_json import Difference, differences
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject

_LEVELS: Final[Mapping[Tier, Level]] = {
    "production": Level.ERROR,
    "staging": Level.WARNING,
    "development": Level.WARNING,
}
_STRICT: Final = ("development", "staging", "production")


def check(subject: AppSubject) -> Iterator[Violation]:
    """One violation for each value that most other environments have otherwise: one edit is told once, where it was made.

    Where as many say the one as the other, it is told in the strictest of them.
    """
    by_path: dict[Path, list[Difference]] = defaultdict(list)
    for other in subject.elsewhere:
        for one in differences(subject.environment, other, subject.name):
            by_path[one.path].append(one)
    for path, found in by_path.items():
        others = {one.other: one for one in found}
        here = [subject.environment, *(one for one in subject.elsewhere if one.name not in others)]
        there: dict[str, list[Environment]] = defaultdict(list)
        for one in subject.elsewhere:
            if one.name in others:
                there[repr(others[one.name].there)].append(one)
        groups = there.values()
        if all(_is_told_here(here, group) for group in groups) or any(len(group) > len(here) for group in groups):
            yield _violation(path, others.values(), [*here, *(one for group in groups for one in group)])


def _is_told_here(here: list[Environment], there: list[Environment]) -> bool:
    if len(here) != len(there):
        return len(here) < len(there)
    (strict, name), (other_strict, other_name) = _strictest(here), _strictest(there)
    return strict > other_strict or (strict == other_strict and name < other_name)


def _strictest(group: list[Environment]) -> tuple[int, str]:
    strict = max(_STRICT.index(one.tier) for one in group)
    return strict, min(one.name for one in group if _STRICT.index(one.tier) == strict)


def _violation(path: Path, others: Iterable[Difference], concerned: Iterable[Environment]) -> Violation:
    first, *more = others
    name = ".".join(str(step) for step in path[2:])
    also = "".join(f" and {one.wrong.partition(', while ')[2]}" for one in more)
    level = max(_LEVELS[one.tier] for one in concerned)
    return Violation(f"{name} is {first.wrong}{also}: one host.json cannot say both", path=path, level=level)


RULE = Rule(
    slug="one-host-json",
    ref="HK652",
    level=_LEVELS,
    scope=Scope.APP,
    what="Language, backend, partition count and concurrency of an application are the same in all its environments.",
    why=(
        "They stand in host.json, which is in the package that goes through all environments, and no setting can stand "
        "for them there. With the next promotion the hub of one environment is not the one described: another "
        "partition count or backend is another hub."
    ),
    fix="Give the application the same values in every environment; what must differ is another application.",
    source=(
        "Durable extension, DurableTaskOptions.ResolveAppSettingOptions (the hub's name alone is resolved), 2024-10 and "
        "later; functions host, FunctionsSyncManager.GetDurableV2Config, 2024-10"
    ),
    check=check,
)
