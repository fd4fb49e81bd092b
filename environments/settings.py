"""The application settings of a slot: one list that the components register, the rules read and the runbook prints.

A value holds `{placeholders}` for what only the deployed resources know. No value is ever a secret: secrets are references
into the vault, read by the application's identity.
"""

from dataclasses import dataclass

from environments.backends import DATABASE_SETTING, ON_DATABASE, ON_SCHEDULER
from environments.hubs import HUB_SETTING, SCHEDULER_SETTING, TaskHub, hub_of
from environments.model import App, Environment

#: The private container of the application's own store that packages are read from.
PACKAGE_CONTAINER = "packages"

#: What a deployment to Flex Consumption is kept as in its container; each one replaces the last.
FLEX_PACKAGE = "released-package.zip"

#: What a setting's value may stand for: known only when the resource is there.
PLACEHOLDERS = (
    "identity_client_id",
    "identity_id",
    "insights_connection_string",
    "scheduler_endpoint",
    "database_address",
)


@dataclass(frozen=True)
class Setting:
    """One application setting.

    `about` says why it is there; `sticky`: it stays with the slot when code is swapped; `derived`: the value holds placeholders;
    `secret`: the name of the secret in the vault that it refers to.
    """

    name: str
    value: str
    about: str
    sticky: bool = False
    derived: bool = False
    secret: str | None = None


def package_of(environment: Environment, app: str, slot: str | None) -> str:
    """The package blob a slot runs."""
    described = environment.apps[app]
    if described.plan.facts.hosting == "flex":
        return FLEX_PACKAGE
    given = described.slots[slot].package if slot else described.package
    return given or (f"{app}-{slot}.zip" if slot else f"{app}.zip")


def settings_of(environment: Environment, app: str, slot: str | None = None) -> tuple[Setting, ...]:
    """Every setting of a slot (None is production), sorted by name. Sources: field notes of each group below."""
    described = environment.apps[app]
    known = environment.app_names(app)
    hub = hub_of(environment, app, slot)
    sampling = environment.telemetry.sampling
    override = "AzureFunctionsJobHost__logging__applicationInsights__samplingSettings__"
    own = [
        *_of_the_plan(environment, app, slot),
        Setting(
            HUB_SETTING,
            hub.name,
            'The task hub; host.json reads it as "hubName": "%TASKHUB_NAME%"',
            sticky=not described.hubs_travel,
        ),
        *_of_the_scheduler(described),
        *_of_the_database(described, hub),
        # Identity instead of a key: "Configure Durable Functions with managed identity", 2026-05-20. A plain
        # AzureWebJobsStorage must not be there at all: an exact name wins over the prefix.
        Setting("AzureWebJobsStorage__accountName", known.storage_account, "The store, reached by identity"),
        Setting("AzureWebJobsStorage__credential", "managedidentity", "The store, reached by identity"),
        Setting(
            "AzureWebJobsStorage__clientId", "{identity_client_id}", "The identity that reaches the store", derived=True
        ),
        Setting(
            "APPLICATIONINSIGHTS_CONNECTION_STRING",
            "{insights_connection_string}",
            "Where telemetry goes",
            derived=True,
        ),
        Setting(
            "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
            "ClientId={identity_client_id};Authorization=AAD",
            "Telemetry is sent as the identity",
            derived=True,
        ),
        Setting(f"{override}isEnabled", "true", "Sampling"),
        Setting(
            f"{override}maxTelemetryItemsPerSecond",
            str(sampling.max_items_per_second),
            "Items a second before sampling",
        ),
        Setting(f"{override}excludedTypes", ";".join(sampling.excluded_types), "Never sampled"),
    ]
    plain = [Setting(name, value, "Set in the description") for name, value in described.settings.items()]
    secret = [
        Setting(
            name,
            f"@Microsoft.KeyVault(VaultName={known.key_vault};SecretName={of})",
            "Read from the vault by the identity",
            secret=of,
        )
        for name, of in described.secrets.items()
    ]
    return tuple(sorted((*own, *plain, *secret), key=lambda setting: setting.name))


def _of_the_plan(environment: Environment, app: str, slot: str | None) -> list[Setting]:
    """What the plan, the operating system and the slot make necessary. Flex Consumption refuses all of it.

    "App settings reference for Azure Functions", learn.microsoft.com, 2026.
    """
    described = environment.apps[app]
    if described.plan.facts.hosting == "flex":
        return []
    store = environment.app_names(app).storage_account
    package = f"https://{store}.blob.core.windows.net/{PACKAGE_CONTAINER}/{package_of(environment, app, slot)}"
    return [
        Setting("FUNCTIONS_EXTENSION_VERSION", "~4", "Version of the Functions host"),
        Setting("FUNCTIONS_WORKER_RUNTIME", described.runtime.language, "Language worker"),
        Setting(
            "AzureFunctionsWebHost__hostid",
            environment.host_id(app, slot),
            "Host id, its own for each slot",
            sticky=True,
        ),
        # No content share without a shared key, so the package is read from the store by the identity
        # ("Storage considerations for Azure Functions", 2026).
        Setting("WEBSITE_RUN_FROM_PACKAGE", package, "The package the slot runs"),
        Setting(
            "WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID",
            "{identity_id}",
            "The identity that reads the package",
            derived=True,
        ),
        *_of_the_network(described),
        *_of_the_system(described),
        *_disabled(described, slot),
    ]


def _of_the_scheduler(described: App) -> list[Setting]:
    """The way to the scheduler holds no secret: it is opened by the identity alone.

    "Run apps with identity on the Durable Task Scheduler", learn.microsoft.com, 2026-04-30.
    """
    if described.task_hub.backend != ON_SCHEDULER:
        return []
    way = "Endpoint={scheduler_endpoint};Authentication=ManagedIdentity;ClientID={identity_client_id}"
    return [Setting(SCHEDULER_SETTING, way, "The scheduler of the task hub, reached by identity", derived=True)]


def _of_the_database(described: App, hub: TaskHub) -> list[Setting]:
    """The way to the hub's own database holds no password: it is opened by the identity alone. It moves as the hub does.

    "Connect to Azure SQL with Microsoft Entra authentication and SqlClient", learn.microsoft.com, 2023-01-27: from version 3 of
    Microsoft.Data.SqlClient a user-assigned identity is named by its client id; durabletask-mssql e7d35db brings 3.1.7.
    """
    if described.task_hub.backend != ON_DATABASE:
        return []
    way = (
        f"Server=tcp:{{database_address}},1433;Database={hub.name};Authentication=Active Directory Managed Identity;"
        "User Id={identity_client_id};Encrypt=True;TrustServerCertificate=False;Connect Timeout=30"
    )
    about = "The database of the task hub, reached by identity"
    return [Setting(DATABASE_SETTING, way, about, sticky=not described.hubs_travel, derived=True)]


def _of_the_network(described: App) -> list[Setting]:
    """A swap on Elastic Premium fails where the store is closed, unless all slots have this ("App settings reference", 2026)."""
    if described.network is None or described.plan.facts.hosting != "elastic" or not described.slots:
        return []
    return [Setting("WEBSITE_OVERRIDE_STICKY_DIAGNOSTICS_SETTINGS", "0", "Swaps work though the store is private")]


def _of_the_system(described: App) -> list[Setting]:
    """Windows has no `linuxFxVersion`; some languages are told their version by a setting there."""
    carrier = described.runtime.on_windows if described.plan.system == "windows" else None
    if carrier is None or carrier[0].setting is None:
        return []
    return [Setting(carrier[0].setting, carrier[1], "Version of the language worker on Windows")]


def _disabled(described: App, slot: str | None) -> list[Setting]:
    """Linux takes no full stop in a name: there the host reads underscores (azure-webjobs-sdk, FunctionIndexer.IsDisabled)."""
    form = "AzureWebJobs.{}.Disabled" if described.plan.system == "windows" else "AzureWebJobs_{}_Disabled"
    functions = described.slots[slot].disabled_functions if slot else []
    return [
        Setting(form.format(one), "true", "The function does not run in this slot", sticky=True) for one in functions
    ]


def sticky_names(environment: Environment, app: str) -> tuple[str, ...]:
    """Names of the settings that stay with their slot. There is one such list for a site, not one for a slot."""
    return tuple(
        sorted(
            {
                s.name
                for slot in environment.apps[app].all_slots
                for s in settings_of(environment, app, slot)
                if s.sticky
            }
        )
    )


def derived_names(environment: Environment, app: str) -> frozenset[str]:
    """Names of the settings that the description may not set itself, since they are derived."""
    bare = environment.apps[app].model_copy(update={"settings": {}, "secrets": {}})
    own = environment.model_copy(update={"apps": {**environment.apps, app: bare}})
    return frozenset(setting.name for setting in settings_of(own, app))
