"""Retries are over before an orchestration counts as stuck."""

from collections.abc import Iterator
from datetime import timedelta

from environments.model import Retry
from environments.values import in_words
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """The waits between the attempts of one activity, against stuck_after."""
    for name, one in subject.app.orchestrations.items():
        if one.retry and not _ends_within(one.retry, one.stuck_after):
            message = f"the retries of {name} wait longer than {in_words(one.stuck_after)}, after which it is stuck"
            yield Violation(message, path=(*subject.whose.path, "orchestrations", name, "retry"))


def _ends_within(retry: Retry, longest: timedelta) -> bool:
    waited, wait = 0.0, retry.first_interval.total_seconds()
    for _ in range(retry.attempts - 1):
        waited += wait
        wait *= retry.backoff
        if waited > longest.total_seconds():
            return False
    return True


RULE = Rule(
    slug="retries-end-in-time",
    ref="HK705",
    level=Level.WARNING,
    scope=Scope.APP,
    what="All retries of an activity together wait less than `stuck_after`.",
    why=(
        "With a backoff the last waits are the longest by far: ten attempts that begin with a minute and double end "
        "after eight hours. The operator sees an instance that is stuck, and it only waits to fail."
    ),
    fix="Lower `retry: {attempts: …}` or `backoff`, or raise `stuck_after`; change the code's RetryOptions alike.",
    source="Error handling in Durable Functions: automatic retry, 2026-05",
    check=check,
)
