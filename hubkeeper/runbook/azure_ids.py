"""Full ids of what the description names, and where they are in the portal. Formats: Azure Resource Manager, 2026."""

from collections.abc import Iterator
from dataclasses import dataclass

from environments import ON_SCHEDULER, Environment
from environments.workbook import has_workbooks, workbook_name, workbook_title
from hubkeeper.runbook.quoting import url


@dataclass(frozen=True)
class NamedResource:
    """A resource as people look for it: what it is, its name, its id, its page in the portal, and whether it is protected."""

    what: str
    name: str
    id: str
    portal: str
    protected: bool = False


def resource_id(environment: Environment, provider: str, *names: str) -> str:
    """The id of a resource of the environment's group."""
    group = f"/subscriptions/{environment.subscription_id}/resourceGroups/{environment.resource_names.resource_group}"
    return f"{group}/providers/{provider}/{'/'.join(names)}" if provider else group


def _named(
    environment: Environment, what: str, name: str, at: str, protected: bool = False, page: str = "overview"
) -> NamedResource:
    address = "/".join(url(part) for part in at.split("/"))
    return NamedResource(
        what, name, at, f"https://portal.azure.com/#@{environment.tenant_id}/resource{address}/{page}", protected
    )


def environment_resources(environment: Environment) -> Iterator[NamedResource]:
    """What the environment has once."""
    names, held = environment.resource_names, environment.protects_hubs
    yield _named(environment, "Resource group", names.resource_group, resource_id(environment, ""), held)
    workspace = resource_id(environment, "Microsoft.OperationalInsights/workspaces", names.workspace)
    yield _named(environment, "Log Analytics workspace", names.workspace, workspace)
    insights = resource_id(environment, "Microsoft.Insights/components", names.application_insights)
    yield _named(environment, "Application Insights", names.application_insights, insights)


def site_id(environment: Environment, app: str) -> str:
    """The id of an application, production."""
    return resource_id(environment, "Microsoft.Web/sites", environment.app_names(app).function_app)


def store_id(environment: Environment, app: str) -> str:
    """The id of an application's store."""
    return resource_id(environment, "Microsoft.Storage/storageAccounts", environment.app_names(app).storage_account)


def database_id(environment: Environment, app: str, database: str) -> str:
    """The id of a database of an application's SQL server."""
    server = resource_id(environment, "Microsoft.Sql/servers", environment.app_names(app).sql_server)
    return f"{server}/databases/{database}"


def vault_id(environment: Environment, app: str) -> str:
    """The id of an application's vault."""
    return resource_id(environment, "Microsoft.KeyVault/vaults", environment.app_names(app).key_vault)


def workbook(environment: Environment, app: str) -> NamedResource | None:
    """The workbook of an application; None where the environment has none."""
    if not has_workbooks(environment):
        return None
    at = resource_id(environment, "Microsoft.Insights/workbooks", workbook_name(environment, app))
    return _named(environment, "Workbook", workbook_title(environment, app), at, page="workbook")


def app_resources(environment: Environment, app: str) -> Iterator[NamedResource]:
    """What one application has."""
    names = environment.app_names(app)
    yield _named(environment, "Function app", names.function_app, site_id(environment, app))
    for slot in environment.apps[app].slots:
        yield _named(
            environment, f"Slot {slot}", f"{names.function_app}/{slot}", f"{site_id(environment, app)}/slots/{slot}"
        )
    yield _named(environment, "Plan", names.plan, resource_id(environment, "Microsoft.Web/serverfarms", names.plan))
    yield _named(
        environment,
        "Store of the hubs" if environment.apps[app].task_hub.backend == "azure-storage" else "Store of the host",
        names.storage_account,
        store_id(environment, app),
        environment.protects_hubs,
    )
    if environment.apps[app].task_hub.backend == ON_SCHEDULER:
        scheduler = resource_id(environment, "Microsoft.DurableTask/schedulers", names.scheduler)
        yield _named(environment, "Scheduler of the hubs", names.scheduler, scheduler, environment.protects_hubs)
    if environment.apps[app].task_hub.database is not None:
        server = resource_id(environment, "Microsoft.Sql/servers", names.sql_server)
        yield _named(environment, "Server of the hubs", names.sql_server, server, environment.protects_hubs)
    yield _named(
        environment,
        "Key vault",
        names.key_vault,
        vault_id(environment, app),
    )
    identity = resource_id(environment, "Microsoft.ManagedIdentity/userAssignedIdentities", names.identity)
    yield _named(environment, "Identity", names.identity, identity)
    if seen := workbook(environment, app):
        yield seen
