"""The names of everything in Azure: pure functions of organization, environment and application.

A changed name is a lost hub, so a name never hangs on anything that can change (order, time, tier), and a table of golden
names in the tests holds them across versions. Names that Azure wants unique in the world end in six letters of a hash,
salted by the organization, so that two owners of a copy do not collide.
Limits: "Naming rules and restrictions for Azure resources", learn.microsoft.com, read 2026-11-22.
"""

import base64
import hashlib
import re
import uuid
from dataclasses import dataclass
from functools import cache

_HUB = re.compile(r"[A-Za-z][A-Za-z0-9]{2,44}")
_SCHEDULER_HUB = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{2,63}")
_STORAGE_ACCOUNT_MAX = 24
_KEY_VAULT_MAX = 24


@dataclass(frozen=True)
class EnvironmentNames:
    """Names of what an environment has once."""

    resource_group: str
    workspace: str
    application_insights: str


@dataclass(frozen=True)
class AppNames:
    """Names of what each application of an environment has."""

    function_app: str
    plan: str
    identity: str
    storage_account: str
    scheduler: str
    sql_server: str
    key_vault: str


def unique(organization: str, environment: str, app: str) -> str:
    """Six letters and digits that stay the same for the same three names."""
    digest = hashlib.sha256(f"{organization}/{environment}/{app}".encode()).digest()
    return base64.b32encode(digest).decode().lower()[:6]


def environment_names(organization: str, environment: str) -> EnvironmentNames:
    """Names of the environment's own resources; unique within a subscription."""
    stem = f"{organization}-{environment}"
    return EnvironmentNames(resource_group=f"rg-{stem}", workspace=f"log-{stem}", application_insights=f"appi-{stem}")


@cache
def app_names(organization: str, environment: str, app: str) -> AppNames:
    """Names of an application's resources; site, store and vault are unique in the world.

    What is too long is cut in the application's part, never in the hash. The site's name stays below 32 characters before
    the hash ends, since the host derives its id from the first 32.
    """
    tail = unique(organization, environment, app)
    flat = f"{app}{environment}".replace("-", "")
    room = _KEY_VAULT_MAX - len(f"kv--{environment}-{tail}")
    return AppNames(
        function_app=f"func-{app[: 32 - len(f'func--{environment}-{tail}')].rstrip('-')}-{environment}-{tail}",
        plan=f"plan-{app}-{environment}",
        identity=f"id-{app}-{environment}",
        storage_account=f"st{flat[: _STORAGE_ACCOUNT_MAX - 2 - len(tail)]}{tail}",
        scheduler=f"dts-{app}-{environment}",  # unique within a resource group: Azure puts a hash of its own into the endpoint
        sql_server=f"sql-{app}-{environment}-{tail}",
        key_vault=f"kv-{app[:room].rstrip('-')}-{environment}-{tail}",
    )


def hub_name(environment: str, app: str, slot: str | None) -> str:
    """The task hub of a slot (None is production): letters and digits, a letter first, at most 45.

    The longest parts (12, 20 and 19) make 51; the application's part is cut, and a hash of the whole keeps two cut names apart.
    """
    name = f"{environment}{app}{slot or ''}".replace("-", "")
    if len(name) <= 45:
        return name
    tail = unique(environment, app, slot or "")
    return f"{name[: 45 - len(tail)]}{tail}"


def virtual_network_name(organization: str, environment: str) -> str:
    """The network of an environment; unique within the resource group."""
    return f"vnet-{organization}-{environment}"


def subnet_name(app: str | None) -> str:
    """The subnet an application's plan is integrated with, or the one of the private endpoints (None).

    Flex Consumption takes no underscore in it. No two are alike: an application's name comes after a word that is fixed.
    """
    return f"snet-app-{app}" if app else "snet-endpoints"


def private_endpoint_name(environment: str, app: str, service: str, slot: str | None = None) -> str:
    """One private endpoint of an application, or of one of its slots; no slot's name has a dash, so no two are alike."""
    return f"pe-slot-{slot}-{app}-{environment}" if slot else f"pe-{service}-{app}-{environment}"


def network_interface_name(endpoint: str) -> str:
    """The interface in which a private endpoint has its address; Azure takes no other name for it later."""
    return f"nic-{endpoint}"


def zone_link_name(organization: str, environment: str) -> str:
    """The link by which a network asks a private zone; unique within the zone."""
    return f"link-{virtual_network_name(organization, environment)}"


def private_link_scope_name(organization: str, environment: str) -> str:
    """The scope by which the network reaches telemetry; unique within the resource group."""
    return f"ampls-{organization}-{environment}"


def telemetry_endpoint_name(environment: str) -> str:
    """The private endpoint of that scope; no service is called telemetry, so it is no application's."""
    return f"pe-telemetry-{environment}"


def action_group_name(organization: str, environment: str, app: str | None) -> str:
    """Whom the alerts of an application (None: of the environment) tell; unique within the resource group."""
    return f"ag-{app}-{environment}" if app else f"ag-{organization}-{environment}"


def alert_name(environment: str, app: str | None, slug: str) -> str:
    """One alert of an application, or of the environment; unique within the resource group."""
    return "-".join(part for part in ("alert", app, environment, slug) if part)


def workbook_id(subscription: str, group: str, app: str) -> str:
    """The GUID that a workbook is named by; Azure takes no other name for it."""
    return str(uuid.uuid5(uuid.UUID(subscription), f"{group}|workbook|{app}"))


def host_id(environment: str, app: str, slot: str | None) -> str:
    """The id under which a slot's host takes its locks in the store: at most 32 lower-case letters, digits and single dashes.

    Hosts that share a store and derive the same id from the first 32 characters of their site's name refuse to start
    ("Storage considerations for Azure Functions", 2026), so each slot gets its own.
    """
    name = "-".join(part for part in (environment, app, slot) if part)
    return name if len(name) <= 32 else f"{name[:25].rstrip('-')}-{unique(environment, app, slot or '')}"


def is_hub_name(hub: str, *, on_scheduler: bool) -> bool:
    """Whether a hub can be called so: letters and digits, 3 to 45, a letter first; a scheduler takes dashes and 64 in all.

    "Task hubs in Durable Functions", 2026-04-22, which the runtime holds to in stores only (durable extension,
    AzureStorageOptions.ValidateHubName, 2024-10); Microsoft.DurableTask 2026-02-01, published types.
    """
    return bool((_SCHEDULER_HUB if on_scheduler else _HUB).fullmatch(hub))


def canonical(hub: str) -> str:
    """The name of a task hub in a store as Azure compares it: letters and digits only, in lower case.

    The runtime makes the store's containers and queues of the lower-cased name, and a default name of the site's name without
    its dashes (durable extension, DurableTaskOptions and AzureStorageOptions, read 2026-06).
    """
    return "".join(letter for letter in hub if letter.isalnum()).lower()
