"""The application settings of a slot: one list that the components register, the rules read and the runbook prints.

A value holds `{placeholders}` for what only the deployed resources know. No value is ever a secret: secrets are references
into the vault, read by the application's identity.
"""

from dataclasses import dataclass

from environments import names
from environments.hubs import HUB_SETTING, hub_of
from environments.model import Environment

#: The private container of the application's own store that packages are read from.
PACKAGE_CONTAINER = "packages"

#: What a setting's value may stand for: known only when the resource is there.
PLACEHOLDERS = ("identity_client_id", "identity_id", "insights_connection_string")


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
    given = described.slots[slot].package if slot else described.package
    return given or (f"{app}-{slot}.zip" if slot else f"{app}.zip")


def settings_of(environment: Environment, app: str, slot: str | None = None) -> tuple[Setting, ...]:
    """Every setting of a slot (None is production), sorted by name. Sources: field notes of each group below."""
    described = environment.apps[app]
    known = environment.app_names(app)
    hub = hub_of(environment, app, slot)
    sampling = environment.telemetry.sampling
    override = "AzureFunctionsJobHost__logging__applicationInsights__samplingSettings__"
    package = f"https://{known.storage_account}.blob.core.windows.net/{PACKAGE_CONTAINER}/{package_of(environment, app, slot)}"
    own = [
        # "App settings reference for Azure Functions", learn.microsoft.com, 2026
        Setting("FUNCTIONS_EXTENSION_VERSION", "~4", "Version of the Functions host"),
        Setting("FUNCTIONS_WORKER_RUNTIME", described.runtime.language, "Language worker"),
        Setting(HUB_SETTING, hub.name, 'The task hub; host.json reads it as "hubName": "%TASKHUB_NAME%"', sticky=True),
        Setting(
            "AzureFunctionsWebHost__hostid",
            names.host_id(environment.name, app, slot),
            "Host id, its own for each slot",
            sticky=True,
        ),
        # Identity instead of a key: "Configure Durable Functions with managed identity", 2026-05-20. A plain
        # AzureWebJobsStorage must not be there at all: an exact name wins over the prefix.
        Setting("AzureWebJobsStorage__accountName", known.storage_account, "The store, reached by identity"),
        Setting("AzureWebJobsStorage__credential", "managedidentity", "The store, reached by identity"),
        Setting(
            "AzureWebJobsStorage__clientId", "{identity_client_id}", "The identity that reaches the store", derived=True
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
