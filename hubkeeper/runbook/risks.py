"""What a team that takes over should know is open: risks that can be read from the description, and how each would end.

They are no findings: what a rule forbids is told by `hubkeeper check`. These are allowed, and somebody carries them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from environments import App, Environment, retention_of
from environments.alert_limits import unwatched
from environments.alert_rules import alert_rules
from environments.private_endpoints import services_in_use


@dataclass(frozen=True)
class Risk:
    """One open risk. `where` is the application, or empty for the environment; `ends` says what would end it."""

    where: str
    what: str
    means: str
    ends: str


@dataclass(frozen=True)
class SharedRisk:
    """One open risk, with every place that has it."""

    wheres: tuple[str, ...]
    what: str
    means: str
    ends: str


def together(risks: Iterable[Risk]) -> tuple[SharedRisk, ...]:
    """Risks that are the same but for where they are, in the order in which each comes first."""
    wheres: dict[tuple[str, str, str], list[str]] = {}
    for one in risks:
        wheres.setdefault((one.what, one.means, one.ends), []).append(one.where)
    return tuple(SharedRisk(tuple(found), *risk) for risk, found in wheres.items())


def open_risks(environment: Environment) -> tuple[Risk, ...]:
    """Every open risk of an environment and its applications."""
    of_all = (*_of_environment(environment), *_of_network(environment))
    return (*of_all, *(risk for name in environment.apps for risk in _of_app(environment, name)))


def _of_environment(environment: Environment) -> Iterator[Risk]:
    cap = f"{environment.telemetry.daily_cap_gb:g} GB"
    yield Risk(
        "",
        f"telemetry stops at {cap} a day",
        "on the worst day, nothing is seen from then on",
        "an alert well below the cap, and a person who answers it",
    )
    if "Trace" not in environment.telemetry.sampling.excluded_types:
        yield Risk("", "traces are sampled", "timelines of instances have holes", "`Trace` among `excluded_types`")
    if not alert_rules(environment):
        yield Risk("", "there are no alerts", "somebody else notices first", "`alerts: {enabled: true}`")
    if not environment.protects_hubs:
        yield Risk(
            "",
            "nothing is protected",
            "one command deletes every hub",
            "a tier that protects, or nothing of value here",
        )


def _of_network(environment: Environment) -> Iterator[Risk]:
    network = environment.network
    inside = [name for name, app in environment.apps.items() if app.network is not None]
    if network is None or not inside:
        return
    if environment.operators.run_from is None:
        yield Risk(
            "",
            "no machine in the network is named",
            "stores and vaults answer nobody who comes from elsewhere, operators and releases too",
            "`operators: {run_from: …}`, and a look from there",
        )
    if not network.is_own:
        yield Risk(
            "",
            "the network is another team's",
            "a route, a security group or a DNS server changed there stops every hub",
            "its owner's name, and a word before each change",
        )
    zones = network.private_endpoints.private_dns_zone_resource_ids
    if given := [one for one in services_in_use(environment) if one in zones]:
        yield Risk(
            "",
            f"zones for {', '.join(given)} are another team's",
            "a record or link that is taken away there shuts hosts out of their hubs, and nothing here shows it",
            "its owner's name, and a lock on the zones",
        )
    yield from _of_telemetry(environment)
    for name in (one for one in inside if environment.apps[one].task_hub.scheduler is not None):
        yield Risk(
            name,
            "private endpoints of the scheduler were a limited preview in March 2026",
            "a change of it by Microsoft stops the hub",
            "Microsoft's word that they are generally available",
        )


def _of_telemetry(environment: Environment) -> Iterator[Risk]:
    link = environment.telemetry.private_link
    if link is None:
        yield Risk(
            "",
            "telemetry leaves the network by public addresses",
            "hosts need a way out of the network, and nothing holds back what they send",
            "`telemetry: {private_link: …}`",
        )
    elif not link.is_own:
        yield Risk(
            "",
            "the private link scope of telemetry is another team's",
            "its access modes and zones decide whether anything is seen",
            "its owner's name, and a word before each change",
        )
    elif "PrivateOnly" in (link.ingestion_access_mode, link.query_access_mode):
        yield Risk(
            "",
            "the scope of telemetry is PrivateOnly",
            "whatever comes to share the network's DNS reaches no telemetry of others any more",
            "Open, or every workspace and component of those networks in the scope",
        )


def _of_app(environment: Environment, name: str) -> Iterator[Risk]:
    app = environment.apps[name]
    if environment.tier != "development" and environment.owner_of(name).deputy is None:
        yield Risk(
            name,
            "nobody is named for when on call does not answer",
            "who carries the pager has nobody to say the second yes",
            "`deputy` of its owner",
        )
    guarded = (*_of_access(environment, app), *_of_the_store(environment, app))
    for risk in (*_of_history(app), *guarded, *_of_releases(app), *_of_work(app)):
        yield Risk(name, *risk)


def _of_history(app: App) -> Iterator[tuple[str, str, str]]:
    hub = app.task_hub
    by_itself = retention_of(app).backend.purges_by_itself
    if hub.history_days is None:
        ends = "`history_days`" if by_itself else "`history_days` and `purged_by`"
        yield "no retention is declared", "history grows for ever", ends
    elif hub.purged_by is None and not by_itself:
        yield "nobody is declared to purge", "history grows for ever", "`purged_by`"
    elif hub.purged_by == "operator":
        yield (
            "a person purges",
            "a month without that person is a month of history too much",
            "`purged_by: scheduled-job`",
        )
    elif hub.purged_by == "scheduled-job":
        yield (
            "a job outside of this description purges",
            "nobody sees it fail",
            "an alert on the oldest finished instance, and its owner's name",
        )
    if hub.review_due is None:
        yield "no review of what history holds is due", "nobody asks again whether it may be kept", "`review_due`"
    if hub.personal_data:
        yield (
            "history holds data about people",
            "every reader of the hub reads it; an erasure has to reach it",
            "keys instead of data in inputs and outputs",
        )


def _of_access(environment: Environment, app: App) -> Iterator[tuple[str, str, str]]:
    access = app.access
    if access.open_to_everyone:
        yield "everybody may call", "keys in the code are all that is asked for", "`access` with addresses or a token"
    elif environment.tier != "development" and access.authentication is None:
        yield (
            "callers show keys and no token",
            "a key says nothing about who called, and lies in logs",
            "`access: {authentication: {client_id: …}}`",
        )
    for slot, described in app.slots.items():
        if described.access is not None and described.access.open_to_everyone:
            yield f"everybody may call {slot}", "keys in the code are all that is asked for", "`access` of the slot"
    if access.system_key and access.system_key.holders:
        yield (
            f"the system key is held by {', '.join(access.system_key.holders)}",
            "each of them can end and purge every instance",
            "links handed out by a service of your own, instead of the key",
        )


def _of_releases(app: App) -> Iterator[tuple[str, str, str]]:
    longest = app.longest_orchestration
    if app.versioning is None and longest and longest > timedelta(days=1):
        yield (
            "instances run for days and have no version",
            "every release of orchestrators must drain first",
            "`versioning`",
        )
    for slot, described in app.slots.items():
        if described.hub_binding == "slot":
            yield (
                f"the hub stays with {slot} in a swap",
                "new code replays what old code began",
                "version branches, or a drained hub before each swap",
            )
    if not app.slots:
        yield "there is no slot", "a release replaces code under running instances", "a slot, or a plan that has slots"


def _of_the_store(environment: Environment, app: App) -> Iterator[tuple[str, str, str]]:
    if app.task_hub.database is not None:
        yield (
            "the database users are made by hand",
            "a new database or identity has no user, and its host does not start",
            "nothing in Azure; the page Prepare the database users, done and signed",
        )
        if {"database-busy", "database-workers-short"} & {*environment.alerts.without}:
            yield (
                "no alert watches the load of the databases",
                "a database at its limit looks like an application that waits",
                "`alerts: {without: []}`",
            )
        if kept := retention_of(app).long_term_days:
            yield (
                f"backups keep for {kept} days what was purged",
                "an erasure is complete only then, and a restored backup brings all of it back",
                "shorter `long_term_backups`, and an end that somebody can justify",
            )
    elif app.task_hub.scheduler is not None:
        yield (
            "the scheduler has no backup",
            "the scheduler deleted is every hub in it gone, and nothing restores them",
            "nothing in Azure; business data that can start cases anew",
        )
    else:
        yield from _of_tables(environment, app)
    if environment.tier == "production" and not app.plan.zone_redundant:
        yield "one zone runs the workers", "while it is gone, nothing works", "`plan: {zone_redundant: true}`"


def _of_tables(environment: Environment, app: App) -> Iterator[tuple[str, str, str]]:
    """Of hubs that are in the store itself."""
    yield (
        "tables and queues have no backup",
        "a deleted table is a lost hub",
        "nothing in Azure; business data that can start cases anew",
    )
    if environment.tier == "production" and app.redundancy == "LRS":
        yield "LRS in production", "one data centre lost is the hub lost", "`store: {redundancy: ZRS}`"
    if environment.tier == "production" and "G" not in app.redundancy:
        yield (
            f"{app.redundancy} has no copy in another region",
            "while the region is gone, so are the hubs",
            "GZRS, knowing that a failover loses the last minutes",
        )


def _of_work(app: App) -> Iterator[tuple[str, str, str]]:
    if not app.orchestrations:
        yield (
            "no orchestration is described",
            "nobody can say what is stuck",
            "`orchestrations` with `expected` and `stuck_after`",
        )
    for name, one in app.orchestrations.items():
        if one.idempotency_key is None:
            yield (
                f"{name} has no idempotency key",
                "a repeated activity is a repeated call",
                "`idempotency_key`, agreed with the partners",
            )
        if one.waits_for and not one.timers:
            yield (
                f"{name} waits for events without a timer",
                "an event that never comes is waited for for ever",
                "a durable timer as deadline",
            )
        if one.retry is None:
            yield f"{name} does not retry", "the first failure of a partner fails it", "`retry`"
    for name in unwatched(app):
        yield f"no alert can see {name} get stuck", "it may take longer than an alert looks back", "a look every day"
    if app.secrets:
        yield (
            "secrets are filled and renewed by hand",
            "one that expires stops its partner's calls",
            "a rotation with a date and an owner",
        )
