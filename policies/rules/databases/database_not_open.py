"""The firewall of a SQL server lets in the addresses that need it, and neither everybody nor all of Azure."""

from collections.abc import Iterator

from plan import UNKNOWN
from policies.databases import FIREWALL_RULE
from policies.reading import UNKNOWN_WORDS, at
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """One violation for a rule that begins where all addresses do."""
    path = (*subject.whose.path, "task_hub", "database", "ip_allow_list") if subject.whose.app else None
    first, last = (at(subject.resource.inputs, key) for key in ("startIpAddress", "endIpAddress"))
    if UNKNOWN in (first, last):
        yield Violation(f"the addresses of a firewall rule {UNKNOWN_WORDS}, expected literal ones", path=path)
    elif (first, last) == ("0.0.0.0", "0.0.0.0"):
        yield Violation("the firewall lets every address of Azure in, also those of other tenants", path=path)
    elif first == "0.0.0.0" or last == "255.255.255.255":
        yield Violation("the firewall lets every address in", path=path)


RULE = Rule(
    slug="database-not-open",
    ref="HK134",
    level={"production": Level.WARNING, "staging": Level.NOTE, "development": Level.NOTE},
    scope=Scope.RESOURCE,
    types=(FIREWALL_RULE,),
    what="No firewall rule of a SQL server lets in everybody, or everybody who rents something in Azure.",
    why=(
        "0.0.0.0 as both ends does not mean nobody: it lets in whatever runs in Azure, in any subscription. A login is then "
        "the only thing between a stranger and every history."
    ),
    fix=(
        "Set `database: {ip_allow_list: […]}` to the ranges that the application goes out by (a NAT gateway has one), or "
        "put the application into a network (`network: {subnet: …}`), where a private endpoint leads to it."
    ),
    source="Azure SQL Database and Azure Synapse IP firewall rules, learn.microsoft.com, 2022-03-09",
    check=check,
)
