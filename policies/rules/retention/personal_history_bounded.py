"""History with personal data is not kept longer than the estate allows."""

from collections.abc import Iterator

from environments import retention_of
from policies.rule import Level, Parameter, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject, *, days: int) -> Iterator[Violation]:
    """Without a number of days history is kept for ever, which is another rule's."""
    hub = subject.app.task_hub
    if hub.personal_data and hub.history_days is not None and hub.history_days > days:
        message = f"history with personal data is kept {hub.history_days} days, expected at most {days}"
        yield Violation(message, path=(*subject.whose.path, "task_hub", "history_days"))
    elif hub.personal_data and (kept := retention_of(subject.app).long_term_days):
        longest = (hub.history_days or 0) + kept
        if longest > days:
            message = (
                f"history with personal data is kept {longest} days with its long-term backups, expected at most {days}"
            )
            yield Violation(message, path=(*subject.whose.path, "task_hub", "database", "long_term_backups"))


RULE = Rule(
    slug="personal-history-bounded",
    ref="HK210",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.WARNING},
    scope=Scope.APP,
    parameters=(Parameter("days", 365, "Days that history with personal data may be kept"),),
    what="History that holds personal data is kept no longer than the estate allows (365 days, parameter `days`).",
    why=(
        "Inputs and outputs of activities are copies of business records, outside the system that deletes a person's "
        "data on demand. What is kept in them must have an end that somebody can justify."
    ),
    fix=(
        "Lower `task_hub: {history_days: …}` or `long_term_backups`, "
        "or pass references instead of the data and set `personal_data: false`."
    ),
    source="Regulation (EU) 2016/679, article 5(1)(e); Data persistence and serialization in Durable Functions, 2026-05",
    check=check,
)
