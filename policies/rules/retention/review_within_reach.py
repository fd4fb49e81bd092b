"""The next review of what history holds is not put off for years."""

from collections.abc import Iterator
from datetime import timedelta

from policies.rule import Level, Parameter, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject, *, days: int) -> Iterator[Violation]:
    """A day too far away; one that is missing or past is another rule's."""
    due = subject.app.task_hub.review_due
    if due and due - subject.today > timedelta(days=days):
        message = f"the next review of what the history holds is on {due}, expected within {days} days"
        yield Violation(message, path=(*subject.whose.path, "task_hub", "review_due"))


RULE = Rule(
    slug="review-within-reach",
    ref="HK211",
    level=Level.WARNING,
    scope=Scope.APP,
    parameters=(Parameter("days", 366, "Days that the next review may be away"),),
    what="The day of review of what history holds is at most a year away (parameter `days`).",
    why="A review that is due in ten years is none: it only silences the rule that asks for one.",
    fix='Set `task_hub: {review_due: "<year>-<month>-<day>"}` to a day within the next year.',
    source="This project's own rule; a yearly review is what auditors of ISO/IEC 27001 A.5.33 ask for",
    check=check,
)
