"""What stands before the starters and the status endpoints stays there."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """One violation for each application that loses a guard, and for each slot that loses another; lesser where one stays."""
    for app, was, becomes in subject.apps():
        said: set[tuple[frozenset[str], frozenset[str]]] = set()
        for slot, old in was.guards.items():
            new = becomes.guards.get(slot, old)
            if old <= new or (old, new) in said:
                continue
            said.add((old, new))
            where = subject.at(app, slot, ("slots", slot, "access") if slot else ("access",))
            lost = " and ".join(sorted(old - new))
            if new:
                left = " and ".join(sorted(new))
                yield Violation(f"{lost} stands before it no more, only {left}", where, level=Level.NOTE)
            else:
                yield Violation(f"{lost} stands before it no more, and nothing else does: everybody may call", where)


RULE = Rule(
    slug="access-opened",
    ref="HK822",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.NOTE},
    also=(Level.NOTE,),
    scope=Scope.CHANGE,
    what="A change takes away nothing that stands before an application: no token, no list of addresses, no shut entry.",
    why=(
        "Whoever gets in with the one key reads, ends and purges every instance. The line that kept them out is gone from the "
        "description, and a reviewer sees only a few lines less."
    ),
    fix="Keep what `access:` and `network:` said, or say `access: {open_to_everyone: <why>}` and waive the finding.",
    source="HTTP APIs in Durable Functions, 2026; Azure App Service access restrictions, 2024-02-13",
    check=check,
)
