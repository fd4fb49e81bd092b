"""Personal data of production is not open to all networks where the environment has one."""

from collections.abc import Iterator

from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """An application that stands outside of the network that is described."""
    if subject.environment.network is None or subject.app.network is not None or not subject.app.task_hub.personal_data:
        return
    message = "its store holds personal data and answers to every network, though the environment has one of its own"
    yield Violation(message)


RULE = Rule(
    slug="private-data-private",
    ref="HK540",
    level={"production": Level.ERROR},
    scope=Scope.APP,
    what="In production an application with personal data is in the environment's network, where there is one.",
    why=(
        "Whoever has the network took the trouble for data like this. One application beside it keeps histories, inputs "
        "and outputs in a store that anybody with a stolen token reaches from anywhere."
    ),
    fix="Add `network: {subnet: 10.40.1.0/26}` to the application, on a plan that can be integrated (not Y1).",
    source="Azure Functions networking options: restrict your storage account to a virtual network, read 2026-11-23",
    check=check,
)
