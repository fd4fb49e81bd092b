"""The subnet of a plan has room for a change of size at full load."""

from collections.abc import Iterator

from environments.catalogue import integrations
from environments.network import usable_addresses
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject


def check(subject: AppSubject) -> Iterator[Violation]:
    """Twice the instances there may be; a given subnet's size is not known here."""
    network, plan = subject.app.network, subject.app.plan
    facts = integrations().get(plan.facts.hosting)
    if network is None or network.subnet is None or facts is None or not facts.address_each:
        return
    most, room = max(plan.maximum_instances or 0, plan.minimum_instances), usable_addresses(network.subnet)
    if 2 * most > room:
        message = (
            f"{network.subnet} has {room} addresses, and {most} instances take up to {2 * most} while the plan scales"
        )
        yield Violation(message, path=(*subject.whose.path, "network", "subnet"))


RULE = Rule(
    slug="subnet-roomy",
    ref="HK547",
    level=Level.WARNING,
    scope=Scope.APP,
    what="The subnet of an Elastic Premium or Dedicated plan has twice as many addresses as the plan has instances.",
    why=(
        "While a plan grows or moves to another size, old and new instances hold addresses at once. In a full subnet new "
        "ones do not start, and its size cannot be changed while the plan is in it."
    ),
    fix="Take a larger range while nothing is in it: /26 is enough for 29 instances, /24 for 125.",
    source="Azure Functions networking options: subnets, read 2026-11-23",
    check=check,
)
