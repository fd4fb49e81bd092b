"""Lifecycle rules delete nothing that a hub or a host still needs, and put none of it where it cannot be read."""

from collections.abc import Iterator
from typing import Any

from environments import App
from environments.lifecycle import LIVE, OF_HUB, PAYLOADS, is_live, payloads_needed
from plan import UNKNOWN
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import registered_hubs, whose
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

POLICY = "azure-native:storage:ManagementPolicy"
#: What takes a blob out of reach. Archived ones answer no read until they are brought back, which takes hours.
ACTIONS = {"delete": "deletes", "tierToArchive": "archives"}


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each rule that takes blobs away without a prefix, under one where something lives, or too soon."""
    registered, undecided = registered_hubs(subject.plan, subject.described)
    hubs = None if undecided else {hub.key for hub, _ in registered}
    for policy in subject.plan.of_type(POLICY):
        who = whose(subject.plan, policy, subject.described)
        app = subject.described.apps.get(who.app) if subject.described and who.app else None
        rules = at(policy.inputs, "policy.rules")
        for number, rule in enumerate(rules if isinstance(rules, list) else [UNKNOWN], 1):
            if wrong := _wrong(rule, hubs, app):
                yield Violation(f"lifecycle rule {number} {wrong}", who, policy.urn)


def _wrong(rule: Any, hubs: set[str] | None, app: App | None) -> str | None:
    taken = {action: at(rule, f"definition.actions.baseBlob.{action}") for action in ACTIONS}
    does = next((ACTIONS[action] for action, when in taken.items() if when is not MISSING), None)
    if does is None or at(rule, "enabled") is False:
        return None
    prefixes = at(rule, "definition.filters.prefixMatch")
    if prefixes is MISSING or prefixes == []:
        return f"{does} blobs under every prefix, those of hubs and hosts too"
    if not isinstance(prefixes, list) or UNKNOWN in prefixes:
        return f"has prefixes that {UNKNOWN_WORDS}"
    hit = [str(one) for one in prefixes if _reaches_what_lives(str(one), hubs)]
    if hit:
        return f"{does} under {', '.join(hit)}, where a hub or a host lives"
    if any(f"{PAYLOADS}/".startswith(one) or one.startswith(f"{PAYLOADS}/") for one in map(str, prefixes)):
        return _too_soon(
            does, [days for when in taken.values() if isinstance(when, dict) for days in when.values()], app
        )
    return None


def _reaches_what_lives(prefix: str, hubs: set[str] | None) -> bool:
    """Without its / a prefix reaches into every container that begins so, and a hub's may; None: not all hubs are known."""
    container, slash, _ = prefix.partition("/")
    if slash:
        return is_live(container)
    own = {f"{hub}{end}" for hub in hubs or () for end in OF_HUB}
    return hubs is None or is_live(container) or any(one.startswith(container) for one in (*own, *LIVE))


def _too_soon(does: str, days: list[Any], app: App | None) -> str | None:
    needed = payloads_needed(app) if app else None
    if UNKNOWN in days:
        return f"has a number of days that {UNKNOWN_WORDS}"
    if needed is None:
        return f"{does} payloads under {PAYLOADS}, and nobody says how long they are needed"
    if any(isinstance(one, int | float) and one <= needed.days for one in days):
        return f"{does} payloads under {PAYLOADS} while they may be needed: for {needed.days} days"
    return None


RULE = Rule(
    slug="lifecycle-spares-hubs",
    ref="HK216",
    level={"production": Level.CRITICAL, "staging": Level.ERROR, "development": Level.ERROR},
    scope=Scope.PLAN,
    what="Lifecycle rules of a store delete and archive only under prefixes where no hub, host or package lives.",
    why=(
        "Payloads of a waiting instance are old blobs that nobody touches: a rule on age deletes them, and the instance "
        "fails with `The specified blob does not exist` when its event comes at last."
    ),
    fix=(
        "Say it as `store: {lifecycle: [{prefix: exports/, delete_after_days: 400}]}`, with a container of your own and its /; "
        "history and payloads are deleted by a purge (`task_hub: {history_days: …}`), not by age."
    ),
    source="Storage considerations for Azure Functions: lifecycle management, 2026; durabletask issue #1215",
    check=check,
)
