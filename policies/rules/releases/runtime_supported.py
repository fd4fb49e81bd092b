"""The language version of an application is still supported, and will be for a while."""

from collections.abc import Iterator
from datetime import date, timedelta

from environments.catalogue import runtimes
from policies.rule import Level, Parameter, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject, *, days: int) -> Iterator[Violation]:
    """Past is an error in production; soon is a warning everywhere. A custom handler has no version to judge."""
    runtime = subject.app.runtime
    known = runtimes()[runtime.language].get(runtime.version or "")
    if known is None:
        return
    ends = date.fromisoformat(known)
    told, path = f"{runtime.language} {runtime.version}", (*subject.whose.path, "runtime", "version")
    fix = _fix(runtime.language, subject.today + timedelta(days=days))
    if ends < subject.today:
        level = Level.ERROR if subject.environment.tier == "production" else None
        yield Violation(f"support of {told} ended on {ends}", path=path, level=level, fix=fix)
    elif ends - subject.today <= timedelta(days=days):
        yield Violation(f"support of {told} ends on {ends}", path=path, fix=fix)


def _fix(language: str, until: date) -> str:
    """The versions that last; where there is none, what is left to do until there is."""
    lasting = [version for version, end in runtimes()[language].items() if date.fromisoformat(end) > until]
    if not lasting:
        return "No version that is known here lasts longer: waive this finding until there is one."
    versions = " or ".join(f'"{one}"' for one in lasting)
    return f"Set `runtime: {{version: …}}` to {versions}, and let long instances of the old version finish first."


RULE = Rule(
    slug="runtime-supported",
    ref="HK605",
    level=Level.WARNING,
    also=(Level.ERROR,),
    scope=Scope.APP,
    parameters=(Parameter("days", 90, "Days before the end of support that the warning begins", 0),),
    what="The runtime of every application is supported, and for 90 days more (parameter `days`).",
    why=(
        "After the end there are no security fixes, and new instances may be refused. Orchestrations that wait for "
        "weeks must be drained or versioned before a runtime is changed, so it takes longer than elsewhere."
    ),
    fix='Set `runtime: {version: "…"}` to one that lasts, and let long instances of the old version finish first.',
    source="Supported languages in Azure Functions; ends of support in environments/catalogue/runtimes.yaml, 2026-11-22",
    check=check,
)
