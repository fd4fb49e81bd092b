"""The host.json that an application names does what the description says."""

from collections.abc import Iterator

from environments.host_json import Unreadable, contract_in, problems_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """One violation for each line of the file that is wrong, or one where it cannot be read."""
    if subject.host_json is None:
        return
    try:
        contract = contract_in(subject.environment, subject.name, subject.elsewhere)
        problems = problems_of(subject.host_json, contract)
    except Unreadable as error:
        problems = (error.problem,)
    named = (*subject.whose.path, "host_json")
    for one in problems:
        about = f"{one.path}: " if one.path else ""
        yield Violation(
            f"{about}{one.wrong}, expected {one.expected}"
            if one.line
            else f"{one.file}: {one.wrong}, expected {one.expected}",
            path=(*named, one.path) if one.path else named,
            at=(one.file, one.line) if one.line else None,
        )


RULE = Rule(
    slug="host-json-fulfils",
    ref="HK651",
    level={"production": Level.ERROR, "staging": Level.ERROR, "development": Level.WARNING},
    scope=Scope.APP,
    what=(
        "The host.json that an application names under `host_json` has the hub, backend, versions, timeout and levels that go "
        "with what is described."
    ),
    why=(
        "host.json is read without a word on what is wrong in it: a key in the wrong place is no key, and the hub is "
        "then named after the site. One file goes through all environments and slots, so a literal in it is shared."
    ),
    fix="Mend the line, or start from what `hubkeeper host-json APP` writes.",
    source=(
        "host.json of Durable Functions, 2025-09-29; durable extension issues #2602, #1068, #461; functions host, "
        "FunctionsSyncManager.ReadDurableTaskConfig and ScriptJobHostOptionsSetup, read 2024-10; Orchestration versioning, "
        "2026-05-01"
    ),
    check=check,
)
