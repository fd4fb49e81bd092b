"""A review of what the history holds is done, not put off."""

from collections.abc import Iterator
from datetime import timedelta

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject

SOON = timedelta(days=30)


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Reviews that are gone, or later although the day had not come; and data that is no longer called personal."""
    for app, was, now in subject.apps():
        due = ("task_hub", "review_due")
        if was.review_due and now.review_due is None:
            yield Violation(f"review_due {was.review_due} is removed", subject.at(app, None, due))
        elif was.review_due and now.review_due and now.review_due > was.review_due > subject.today + SOON:
            message = f"review_due {was.review_due} becomes {now.review_due}, though it has not come yet"
            yield Violation(message, subject.at(app, None, due))
        if was.personal_data and not now.personal_data:
            message = "the history is no longer said to hold personal data, so it is reviewed less strictly"
            yield Violation(message, subject.at(app, None, ("task_hub", "personal_data")))


RULE = Rule(
    slug="review-moved-away",
    ref="HK810",
    level={"production": Level.WARNING, "staging": Level.NOTE, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change does not put off the review of what the history holds, more than a month before it is due.",
    why="A day that moves away each time it comes near is no review, and nobody notices what the history now holds.",
    fix="Review what the history holds and say in the pull request what was found; else keep `task_hub: {review_due: …}`.",
    source="Regulation (EU) 2016/679, article 5(1)(e)",
    check=check,
)
