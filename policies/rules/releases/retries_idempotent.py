"""What is repeated can be recognised by whoever is called."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """One violation for each orchestration that repeats or undoes calls without a key."""
    for name, one in subject.app.orchestrations.items():
        repeats = one.retry is not None and one.retry.attempts > 1
        if (repeats or one.compensates) and one.idempotency_key is None:
            does = "repeats" if repeats else "undoes"
            message = f"{name} {does} calls and has no idempotency_key"
            yield Violation(message, path=(*subject.whose.path, "orchestrations", name))


RULE = Rule(
    slug="retries-idempotent",
    ref="HK609",
    level=Level.WARNING,
    scope=Scope.APP,
    what="An orchestration that retries or compensates names the key that partners recognise a repeated call by.",
    why=(
        "Activities run at least once. An activity that timed out may have succeeded: the retry books a second truck, "
        "pays a second time, and the operator who restarts an instance has no way to know."
    ),
    fix="Pass a business key with each call and declare it: `idempotency_key: claimId`.",
    source="Durable Functions: at-least-once execution of activities, 2026-05; Error handling, 2026-05",
    check=check,
)
