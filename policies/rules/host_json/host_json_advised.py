"""The host.json that an application names works as well as it could."""

from collections.abc import Iterator

from environments.host_json import cautions_of, contract_in
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """One violation for each line of the file that is better otherwise."""
    if subject.host_json is None:
        return
    contract = contract_in(subject.environment, subject.name, subject.elsewhere)
    for one in cautions_of(subject.host_json, contract):
        path = (*subject.whose.path, "host_json", one.path)
        yield Violation(f"{one.path}: {one.wrong}, expected {one.expected}", path=path, at=(one.file, one.line))


RULE = Rule(
    slug="host-json-advised",
    ref="HK654",
    level={"production": Level.WARNING, "staging": Level.NOTE, "development": Level.NOTE},
    scope=Scope.APP,
    what=(
        "The host.json that an application names asks idle queues every ten seconds on Flex Consumption, and lets in a bundle "
        "that sends spans as an identity."
    ),
    why=(
        "On Flex Consumption what waits in an idle hub is looked at as late as `maxQueuePollingInterval` says. Up to bundle "
        "4.38, distributed tracing V2 sends nothing where Application Insights takes identities only, and no error says so."
    ),
    fix="Change the line, or start from what `hubkeeper host-json APP` writes.",
    source=(
        "Azure Storage provider for Durable Functions, 2026-05-20; durable extension issue #3497, 2026-07-28, and pull request "
        "#3512, 2026-08; Orchestration versioning, 2026-05-01"
    ),
    check=check,
)
