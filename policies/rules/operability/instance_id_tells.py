"""An instance is found by what the business calls it."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """One violation for each orchestration whose ids have no business key in them."""
    for name, one in subject.app.orchestrations.items():
        if "{" not in one.instance_id:
            message = f"instance ids of {name} have no business key in them"
            yield Violation(message, path=(*subject.whose.path, "orchestrations", name, "instance_id"))


RULE = Rule(
    slug="instance-id-tells",
    ref="HK706",
    level=Level.NOTE,
    scope=Scope.APP,
    what="Instance ids are made of a business key, as in `claim-{claimId}`.",
    why=(
        "A customer calls with the number of a claim. With random ids somebody must search inputs for it, which are "
        "compressed, and personal data; and two starters for one claim start two instances."
    ),
    fix="Start instances with an id of your own, and declare it: `instance_id: claim-{claimId}`. A singleton is fine.",
    source="Manage orchestration instances: instance ids; Singleton orchestrators, 2026-05",
    check=check,
)
