"""What the history holds is looked at again, on a day that is declared and has not passed."""

from collections.abc import Iterator
from datetime import timedelta

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject

SOON = timedelta(days=30)


def check(subject: AppSubject) -> Iterator[Violation]:
    """Missing and past are worse where the history holds personal data; soon is a warning everywhere."""
    hub, path = subject.app.task_hub, (*subject.whose.path, "task_hub", "review_due")
    worse = Level.ERROR if hub.personal_data else None
    if hub.review_due is None:
        if hub.personal_data:
            yield Violation(
                "the history holds personal data and no day of review (review_due) is declared", path=path, level=worse
            )
    elif hub.review_due < subject.today:
        yield Violation(f"the review of what the history holds was due on {hub.review_due}", path=path, level=worse)
    elif hub.review_due - subject.today <= SOON:
        yield Violation(f"the review of what the history holds is due on {hub.review_due}", path=path)


RULE = Rule(
    slug="history-review-due",
    ref="HK204",
    level=Level.WARNING,
    also=(Level.ERROR,),
    scope=Scope.APP,
    what="History with personal data names the day somebody reviews it, and that day has not passed.",
    why=(
        "Inputs and outputs of every activity are stored as they are. What a workflow passes around changes with the "
        "code; without a date nobody notices that names and addresses are now kept for months."
    ),
    fix=(
        "Review what the history holds, update `task_hub: {holds: […], personal_data: …}` and set `review_due: "
        '"<year>-<month>-<day>"`.'
    ),
    source=(
        "Data persistence and serialization in Durable Functions, 2026-05; Regulation (EU) 2016/679, article 5(1)(e)"
    ),
    check=check,
)
