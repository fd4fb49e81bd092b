"""What stands before the starters and the status endpoints stays there."""

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network

from policies.rule import Level, Rule, Scope, Violation, Whose
from policies.states import AppState
from policies.subjects import ChangeSubject

_AS_SAID = (
    "It is open for a reason that the description gives: waive this finding for the day of the change, or keep what `access:` "
    "and `network:` said."
)
_FEWER = "Keep `allowed_addresses` as narrow as they were, where nobody has to come from more."


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """One violation for each application that loses a guard, and for each slot that loses another; lesser where one stays."""
    for app, was, becomes in subject.apps():
        said: set[tuple[frozenset[str], frozenset[str]]] = set()
        wider: set[str] = set()
        for slot, old in was.guards.items():
            new = becomes.guards.get(slot, old)
            where = subject.at(app, slot, ("slots", slot, "access") if slot else ("access",))
            message = _widened(was, becomes, slot)
            if message and message not in wider:
                wider.add(message)
                yield Violation(message, where, level=Level.NOTE, fix=_FEWER)
            if old <= new or (old, new) in said:
                continue
            said.add((old, new))
            yield _lost(old, new, where, slot in becomes.open_as_said)


def _lost(old: frozenset[str], new: frozenset[str], where: Whose, as_said: bool) -> Violation:
    lost = " and ".join(sorted(old - new))
    if new:
        left = " and ".join(sorted(new))
        return Violation(f"{lost} stands before it no more, only {left}", where, level=Level.NOTE)
    message = f"{lost} stands before it no more, and nothing else does: everybody may call"
    return Violation(message, where, fix=_AS_SAID if as_said else None)


def _widened(was: AppState, becomes: AppState, slot: str | None) -> str:
    """How many addresses more get in, where all that did still do. Others in place of them are another list, not a wider one."""
    old, new = _ranges(was.addresses.get(slot, ())), _ranges(becomes.addresses.get(slot, ()))
    if not old or not new or old == new or _ranges((*map(str, old), *map(str, new))) != new:
        return ""
    before, after = (sum(one.num_addresses for one in ranges) for ranges in (old, new))
    return f"more addresses get in: {before} become {after}"


def _ranges(written: tuple[str, ...]) -> list[IPv4Network | IPv6Network]:
    """The ranges without what others hold already, IPv4 first."""
    read = [ip_network(one, strict=False) for one in written]
    fours = collapse_addresses(one for one in read if isinstance(one, IPv4Network))
    sixes = collapse_addresses(one for one in read if isinstance(one, IPv6Network))
    return [*fours, *sixes]


RULE = Rule(
    slug="access-opened",
    ref="HK822",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.NOTE},
    also=(Level.NOTE,),
    scope=Scope.CHANGE,
    what=(
        "A change takes away nothing that stands before an application (a token, a list of addresses, a shut entry), and lets in "
        "no more addresses unseen."
    ),
    why=(
        "Whoever gets in with the one key reads, ends and purges every instance. The line that kept them out is gone from the "
        "description, and a reviewer sees only a few lines less."
    ),
    fix=(
        "Keep what `access:` and `network:` said. Where it must be open, say `access: {open_to_everyone: <why>}` and waive this "
        "finding for the day of the change."
    ),
    source="HTTP APIs in Durable Functions, 2026; Azure App Service access restrictions, 2024-02-13",
    check=check,
)
