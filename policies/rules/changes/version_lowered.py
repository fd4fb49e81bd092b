"""The version that new instances start with never goes back."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Lower versions, compared number by number, and versions that are gone."""
    for app, was, now in subject.apps():
        if was.default_version is None:
            continue
        if now.default_version is None:
            message = f"default_version {was.default_version} is removed"
        elif _numbers(now.default_version) < _numbers(was.default_version):
            message = f"default_version {was.default_version} becomes {now.default_version}"
        else:
            continue
        message = f"{message}: workers refuse, or fail, instances that a higher version began"
        yield Violation(message, subject.at(app, None, ("versioning", "default_version")))


def _numbers(version: str) -> list[int]:
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers


RULE = Rule(
    slug="version-lowered",
    ref="HK811",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change neither lowers nor removes the version that orchestrations start with.",
    why=(
        "Instances carry the version they began with. A worker that is told a lower one does not take those that are newer: "
        "they wait or fail, by `versionFailureStrategy`."
    ),
    fix='Keep `versioning: {default_version: "…"}` or raise it; a roll-back of the code gets a higher number, too.',
    source="Orchestration versioning in Durable Functions, learn.microsoft.com, 2026-05-01",
    check=check,
)
