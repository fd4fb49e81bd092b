"""Every database that a site looks for its hub in is made in its server, and is the one that TASKHUB_NAME says."""

import re
from collections.abc import Iterator

from environments import DATABASE_SETTING, HUB_SETTING
from plan import UNKNOWN
from policies.databases import databases_in
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import is_on_database, server_of, sites
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

_NAMED = re.compile(r"(?:^|;)\s*(?:database|initial catalog)\s*=\s*([^;]+)", re.IGNORECASE)


def check(subject: PlanSubject) -> Iterator[Violation]:
    """One violation for each site on a database that is not made, or that its settings name in two ways."""
    for site in sites(subject.plan, subject.described):
        server, wanted = server_of(subject.plan, site), site.settings.get(HUB_SETTING)
        if not is_on_database(site) or wanted is UNKNOWN:
            continue
        if server is None:
            yield Violation(f"which SQL server the site is led to {UNKNOWN_WORDS}", site.whose, site.resource.urn)
            continue
        way = site.settings.get(DATABASE_SETTING)
        named = _NAMED.search(way) if isinstance(way, str) else None
        if named and named[1].strip().lower() != str(wanted).lower():
            message = f"{DATABASE_SETTING} leads to database {named[1].strip()!r}, while {HUB_SETTING} is {wanted!r}"
            yield Violation(message, site.whose, site.resource.urn)
        made = [at(one.inputs, "databaseName") for one in databases_in(subject.plan, server)]
        if str(wanted).lower() in {str(one).lower() for one in made}:
            continue
        if UNKNOWN in made:
            yield Violation(f"the name of a database {UNKNOWN_WORDS}", site.whose, site.resource.urn)
        else:
            message = f"database {wanted!r} is not made in server {at(server.inputs, 'serverName')}"
            yield Violation(message, site.whose, site.resource.urn)


RULE = Rule(
    slug="database-hub-made",
    ref="HK131",
    level=Level.ERROR,
    scope=Scope.PLAN,
    what="Every database that a site has its task hub in is a resource of the same environment, and is what TASKHUB_NAME says.",
    why=(
        "On MSSQL the hub is whose login it is, in the database that the connection names: TASKHUB_NAME in host.json is "
        "ignored. Where the two differ, the telemetry, the runbook and every comparison of hubs speak of another hub "
        "than the one in use."
    ),
    fix="Let the component make it (`backend: mssql`): it names the database as the hub, in both settings.",
    source="microsoft/durabletask-mssql, taskhubs.md and multitenancy.md, 2026-08-06",
    check=check,
)
