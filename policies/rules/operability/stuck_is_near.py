"""An instance counts as stuck before everybody has forgotten it."""

from collections.abc import Iterator

from environments.values import in_words
from policies.rule import Level, Parameter, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject, *, times: int) -> Iterator[Violation]:
    """One violation for each orchestration that may take far longer than it usually does."""
    for name, one in subject.app.orchestrations.items():
        if one.stuck_after > one.expected * times:
            message = (
                f"{name} usually takes {in_words(one.expected)} and counts as stuck after {in_words(one.stuck_after)}"
            )
            path = (*subject.whose.path, "orchestrations", name, "stuck_after")
            yield Violation(f"{message}, more than {times} times that", path=path)


RULE = Rule(
    slug="stuck-is-near",
    ref="HK702",
    level=Level.WARNING,
    scope=Scope.APP,
    parameters=(Parameter("times", 20, "How many times the expected time an instance may take at most", 2, 1000),),
    what="`stuck_after` is at most 20 times `expected` (parameter `times`).",
    why=(
        "The alert and the runbook's queries look for instances older than that. Set too far away, a lost message is "
        "found by the customer who waits for it."
    ),
    fix="Lower `stuck_after`, or correct `expected` to what instances really take (the runbook has the query).",
    source="This project's own rule",
    check=check,
)
