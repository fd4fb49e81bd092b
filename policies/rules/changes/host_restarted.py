"""Who reviews a change sees that it restarts hosts on which orchestrations run."""

from collections.abc import Iterator

from environments import HUB_SETTING
from policies.effect import Effect, Kind
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Production of each application that a change restarts, unless it loses its hub: other rules say that."""
    for app, _, _ in subject.apps():
        mine = [one for one in subject.effects if one.app in (app, None)]
        found = [one for one in mine if one.app and one.slot is None and (one.kind is Kind.RESTART or _is_site(one))]
        because = "; ".join(dict.fromkeys(one.because for one in found if one.because))
        loses = any(one.kind is Kind.HUB_LOST or HUB_SETTING in one.settings for one in mine if one.slot is None)
        if found and not loses:
            does = "makes the function app anew" if any(map(_is_site, found)) else "restarts the application"
            yield Violation(f"{does}{f' ({because})' if because else ''}", subject.at(app))


def _is_site(effect: Effect) -> bool:
    return effect.kind is Kind.REPLACED and effect.what.startswith("function app ")


RULE = Rule(
    slug="host-restarted",
    ref="HK815",
    level={"production": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change that restarts an application in production is made knowingly.",
    why=(
        "Orchestrations go on after a restart, but an activity that was at work begins again, up to five minutes later, and "
        "whatever it had done until then is done twice."
    ),
    fix=(
        "Nothing, where every activity may run twice. Else bring the change up when little runs, and follow the runbook's "
        "page on restarting safely."
    ),
    source="App settings of Azure Functions (a change restarts the app); Durable Functions, at-least-once activities, 2026",
    check=check,
)
