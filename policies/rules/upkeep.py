"""What `check` holds waivers and baselines against. These look at findings, not at an estate, so `check` finds them itself."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation


def _by_check(subject: object) -> Iterator[Violation]:
    """Nothing: found where waivers and baselines are applied."""
    yield from ()


WAIVER_EXPIRED = Rule(
    slug="waiver-expired",
    ref="HK903",
    level=Level.WARNING,
    also=(Level.NOTE,),
    scope=Scope.ENVIRONMENT,
    what="No waiver has expired, or is about to within 14 days.",
    why="An expired waiver covers nothing: what it covered stops the next change, often somebody else's and at night.",
    fix="Mend what it covers and remove it from policies/waivers.yaml, or have its owner renew it with a reason.",
    source="policies/waivers.yaml",
    check=_by_check,
)

WAIVER_UNUSED = Rule(
    slug="waiver-unused",
    ref="HK904",
    level=Level.WARNING,
    also=(Level.NOTE,),
    scope=Scope.ENVIRONMENT,
    what="Every waiver covers a finding.",
    why="A waiver that covers nothing today hides tomorrow's mistake of the same kind before anybody has seen it.",
    fix="Remove it from policies/waivers.yaml, or correct its `rule` or `target`.",
    source="policies/waivers.yaml",
    check=_by_check,
)

WAIVER_TOO_LONG = Rule(
    slug="waiver-too-long",
    ref="HK905",
    level=Level.ERROR,
    scope=Scope.ENVIRONMENT,
    what="No waiver expires more than 180 days ahead.",
    why="What may stay longer than half a year is no exception but a decision, and nobody looks at it again. It covers nothing.",
    fix='Set `expires: "<year>-<month>-<day>"` to a day within 180 days; renew it then if it still must be.',
    source="policies/waivers.yaml",
    check=_by_check,
)

BASELINE_OUTDATED = Rule(
    slug="baseline-outdated",
    ref="HK906",
    level=Level.WARNING,
    scope=Scope.ENVIRONMENT,
    what="Every finding of the baseline still occurs.",
    why="An entry that is mended but still listed lets the same mistake come back unseen. A baseline only shrinks.",
    fix="Run `hubkeeper check --write-baseline FILE` again: it takes out what is gone and adds nothing.",
    source="the baseline itself",
    check=_by_check,
)

BASE_UNREADABLE = Rule(
    slug="base-unreadable",
    ref="HK907",
    level=Level.WARNING,
    scope=Scope.CHANGE,
    what="The description at the revision that a change is compared with can be read.",
    why="What was there before is not known, so a hub that is left behind, or a store that is replaced, goes unseen.",
    fix="Compare with the last revision that can be read: `hubkeeper check --base REV`.",
    source="the revision itself",
    check=_by_check,
)

UPKEEP: tuple[Rule, ...] = (WAIVER_EXPIRED, WAIVER_UNUSED, WAIVER_TOO_LONG, BASELINE_OUTDATED, BASE_UNREADABLE)
