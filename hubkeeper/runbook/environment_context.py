"""Everything the pages of an environment print, finished: templates only place it."""

from dataclasses import dataclass

from environments import App, AppNames, Environment, EnvironmentNames, Owner, TaskHub, task_hubs
from environments.alert_limits import unwatched
from hubkeeper.runbook import azure_ids
from hubkeeper.runbook.alert_pages import AlertPage, alert_pages
from hubkeeper.runbook.picture import picture
from hubkeeper.runbook.quoting import shell
from hubkeeper.runbook.risks import Risk, SharedRisk, open_risks, together
from policies.waivers import Waivers, environments_of


@dataclass(frozen=True)
class AppSummary:
    """One line of what runs in an environment."""

    name: str
    app: App
    names: AppNames
    owner: Owner
    slots: tuple[str, ...]
    has_events: bool
    workbook: azure_ids.NamedResource | None


@dataclass(frozen=True)
class WaiverRow:
    """A finding that is known and allowed for a while. `expires` is its last day."""

    rule: str
    target: str
    reason: str
    owner: str
    expires: str


@dataclass(frozen=True)
class EnvironmentContext:
    """One environment. `login` is bash that signs in where its commands go, `workspace` what looks up the id queries need."""

    environment: Environment
    names: EnvironmentNames
    apps: tuple[AppSummary, ...]
    hubs: tuple[TaskHub, ...]
    resources: tuple[azure_ids.NamedResource, ...]
    owners: tuple[Owner, ...]
    picture: str
    login: str
    risks: tuple[Risk, ...]
    shared_risks: tuple[SharedRisk, ...]
    waivers: tuple[WaiverRow, ...]
    alerts: tuple[AlertPage, ...]
    unwatched: tuple[tuple[str, str], ...]


def waiver_rows(environment: Environment, waivers: Waivers) -> tuple[WaiverRow, ...]:
    """The waivers that reach into an environment, in force or not: pages know no day."""
    return tuple(
        WaiverRow(one.rule.slug, one.target, one.reason, one.owner, str(one.expires))
        for one in waivers.listed
        if environments_of(one.target, (environment.name,))
    )


def environment_context(environment: Environment, waivers: Waivers) -> EnvironmentContext:
    """Gathers it."""
    apps = tuple(_summary(environment, name) for name in environment.apps)
    owners = {owner.team: owner for owner in (environment.owner, *(app.owner for app in apps))}
    risks = open_risks(environment)
    return EnvironmentContext(
        environment=environment,
        names=environment.resource_names,
        apps=apps,
        hubs=tuple(task_hubs(environment)),
        resources=tuple(azure_ids.environment_resources(environment)),
        owners=tuple(owners.values()),
        picture=picture(environment),
        login=login(environment),
        risks=risks,
        shared_risks=together(risks),
        waivers=waiver_rows(environment, waivers),
        alerts=alert_pages(environment),
        unwatched=tuple((app, one) for app, described in environment.apps.items() for one in unwatched(described)),
    )


def _summary(environment: Environment, name: str) -> AppSummary:
    app = environment.apps[name]
    slots = tuple(slot or "production" for slot in app.all_slots)
    waits = any(one.waits_for for one in app.orchestrations.values())
    return AppSummary(
        name,
        app,
        environment.app_names(name),
        environment.owner_of(name),
        slots,
        waits,
        azure_ids.workbook(environment, name),
    )


def login(environment: Environment) -> str:
    """Bash that signs in, chooses the subscription, and looks up the one id that only Azure knows."""
    names = environment.resource_names
    look_up = (
        f"az monitor log-analytics workspace show --subscription {shell(environment.subscription_id)} \\\n"
        f"  --resource-group {shell(names.resource_group)} --workspace-name {shell(names.workspace)} \\\n"
        "  --only-show-errors --output tsv --query customerId"
    )
    return "\n".join(
        (
            f"az login --tenant {shell(environment.tenant_id)} --only-show-errors --output none",
            f"az account set --subscription {shell(environment.subscription_id)} --only-show-errors",
            "az account show --only-show-errors --output table --query '{subscription:name,id:id,tenant:tenantId,you:user.name}'",
            f"WORKSPACE_ID=$({look_up})",
        )
    )
