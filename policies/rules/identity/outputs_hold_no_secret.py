"""No output of the stack is a secret in clear."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.secret_places import texts_in, wrong_with
from policies.subjects import PlanSubject


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each text of an output; it names the place, never the text."""
    for place, name, value in texts_in(subject.plan.outputs):
        if wrong := wrong_with(name, value):
            yield Violation(f"output {place} {wrong}, expected none, or one that is marked secret")


RULE = Rule(
    slug="outputs-hold-no-secret",
    ref="HK330",
    level=Level.CRITICAL,
    scope=Scope.PLAN,
    what="No output of the stack is a secret in clear.",
    why=(
        "Outputs stand in the state in clear, in the log of every `up`, and in every stack that refers to this one. "
        "A key that is exported once is known to all who may read a build."
    ),
    fix=(
        "Export the name under which the vault has it, and not the secret: whoever needs it reads it there by an identity. "
        "What must be exported all the same is marked: `pulumi.export(name, pulumi.Output.secret(value))`."
    ),
    source="Pulumi: Secrets handling (stack outputs, `pulumi stack output --show-secrets`), read 2026-11-22",
    check=check,
)
