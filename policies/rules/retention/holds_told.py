"""What business data the history holds is written down."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """An empty list; worse where it is said that some of it is personal."""
    hub = subject.app.task_hub
    if not hub.holds:
        some = "holds personal data, and not said which" if hub.personal_data else "holds is not said"
        level = Level.ERROR if hub.personal_data else None
        yield Violation(f"what the history {some}", path=(*subject.whose.path, "task_hub"), level=level)


RULE = Rule(
    slug="holds-told",
    ref="HK214",
    level=Level.WARNING,
    also=(Level.ERROR,),
    scope=Scope.APP,
    what="Every application lists what business data its history holds.",
    why=(
        "How long history may be kept, and who may read it, hangs on what is in it. Whoever is asked for a person's "
        "data, or is handed the hub, has nothing but this list."
    ),
    fix="Add `task_hub: {holds: [claim id, customer id]}`, in words that a data protection officer understands.",
    source="Regulation (EU) 2016/679, article 30(1)(c); Data persistence in Durable Functions, 2026-05",
    check=check,
)
