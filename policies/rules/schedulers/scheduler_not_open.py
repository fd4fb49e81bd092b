"""A scheduler lets in the addresses that need it: not everybody, and not nobody."""

from collections.abc import Iterator
from ipaddress import ip_network

from plan import UNKNOWN
from policies.reading import MISSING, UNKNOWN_WORDS, at
from policies.registered import SCHEDULER
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """An empty list is an error everywhere; a range of all addresses is worse the higher the tier."""
    path = (*subject.whose.path, "task_hub", "scheduler", "ip_allow_list") if subject.whose.app else None
    public = at(subject.resource.inputs, "properties.publicNetworkAccess")
    listed = at(subject.resource.inputs, "properties.ipAllowlist")
    if public == "Disabled":
        return
    if listed is UNKNOWN or (isinstance(listed, list) and UNKNOWN in listed):
        yield Violation(f"properties.ipAllowlist {UNKNOWN_WORDS}, expected addresses", path=path)
    elif listed is MISSING or not listed:
        wrong = "properties.ipAllowlist is empty, which lets nobody in, not even the application"
        yield Violation(wrong, path=path, level=Level.ERROR)
    elif any(_is_everybody(one) for one in listed):
        yield Violation("properties.ipAllowlist lets every address in", path=path)


def _is_everybody(address: object) -> bool:
    try:
        return ip_network(str(address), strict=False).prefixlen == 0
    except ValueError:
        return False


RULE = Rule(
    slug="scheduler-not-open",
    ref="HK124",
    level={"production": Level.WARNING, "staging": Level.NOTE, "development": Level.NOTE},
    also=(Level.ERROR,),
    scope=Scope.RESOURCE,
    types=(SCHEDULER,),
    what="A scheduler that is reached publicly lists the addresses that may reach it, and not all of them.",
    why=(
        "An empty list does not mean everybody but nobody, and looks like a missing role (403). The samples' 0.0.0.0/0 "
        "leaves a role as the only thing between the histories and whoever holds a stolen token."
    ),
    fix=(
        "Set `scheduler: {ip_allow_list: […]}` to the ranges that the application goes out by (a NAT gateway has one), or "
        "put the application into a network (`network: {subnet: …}`), where a private endpoint leads to it."
    ),
    source="Durable Task Scheduler identity, 2026-04-30; its private endpoints, 2026-03-24",
    check=check,
)
