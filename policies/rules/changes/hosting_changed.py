"""Another kind of hosting is another site beside the old one, and both would work on the same hub."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Applications that go to another kind of hosting; to Flex Consumption and back no application can be moved."""
    for app, was, now in subject.apps():
        if was.hosting and now.hosting and was.hosting != now.hosting:
            flex = "flex" in (was.hosting, now.hosting)
            after = (
                "Azure moves no application there, and one of the same name cannot be made beside it"
                if flex
                else "the application moves to other machines, and its limits, slots and scaling are others"
            )
            message = f"hosting {was.hosting} becomes {now.hosting}: {after}"
            where = subject.at(app, None, ("plan", "sku"))
            yield Violation(message, where, level=None if flex else Level.WARNING)


RULE = Rule(
    slug="hosting-changed",
    ref="HK814",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.NOTE},
    also=(Level.WARNING,),
    scope=Scope.CHANGE,
    what="A change leaves an application on its kind of hosting.",
    why=(
        "To and from Flex Consumption the site is made anew. Under the old name Azure refuses it half-way; under another name "
        "the new one begins while the old one still works on the same task hub."
    ),
    fix=(
        "Describe the application a second time under another name, with a hub of its own, send new work there and drain the "
        "old one. To keep the hub: stop the old site, and give `names: {function_app: …, plan: …}` in the same change."
    ),
    source="Migrate Consumption plan apps to the Flex Consumption plan, learn.microsoft.com, 2026",
    check=check,
)
