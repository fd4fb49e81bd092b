"""What stands before the starters and the status endpoints stays there."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """One violation for each application that loses a guard; a lesser one while another guard stays."""
    for app, old, new in subject.apps():
        if old.guards is None or new.guards is None or old.guards <= new.guards:
            continue
        lost = " and ".join(sorted(old.guards - new.guards))
        where = subject.at(app, path=("access",))
        if new.guards:
            left = " and ".join(sorted(new.guards))
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
