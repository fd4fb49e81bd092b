"""No timer is longer than its orchestration may take."""

from collections.abc import Iterator

from environments.values import in_words
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """One violation for each timer."""
    for name, one in subject.app.orchestrations.items():
        for timer, length in one.timers.items():
            if length > one.stuck_after:
                message = f"timer {timer} of {name} takes {in_words(length)}, and it is stuck after {in_words(one.stuck_after)}"
                yield Violation(message, path=(*subject.whose.path, "orchestrations", name, "timers", timer))


RULE = Rule(
    slug="timers-end-in-time",
    ref="HK704",
    level=Level.WARNING,
    scope=Scope.APP,
    what="Every timer ends before its orchestration counts as stuck.",
    why="Otherwise the alert wakes somebody for an instance that does what it should: it waits.",
    fix="Raise `stuck_after` above the longest timer, or shorten the timer in code and description.",
    source="This project's own rule",
    check=check,
)
