"""Microsoft.Sql/servers: the server, its databases, who gets through its firewall, and what of a database is kept in backups.

A server that is deleted takes its databases with it. Where a code or sentence of Azure is not known, that is said beside it.
Codes are those that the REST reference lists for Microsoft.Sql (learn.microsoft.com/rest/api/sql), where no other source is named.
"""

import ipaddress
from collections.abc import Mapping
from typing import Any

from ..database import Stored, Transaction
from ..refusal import Failure, Refusal
from ..wire import has_unknown, reveal, unwrap
from .declaration import NameRule, ResourceType, Target
from .sql_backups import admit_backups, admit_long_term, check_backups, check_long_term
from .sql_scaling import refuse_tier, scaling_failures
from .sql_skus import sku_of

_SPEC = "Azure resource manager schemas a145443 (2026-08-16), 2023-08-01/Microsoft.Sql.json"
_CREATE_ONLY = (
    "Servers.json, administrators: x-ms-mutability create and read (azure-rest-api-specs issues 20156 and 22464), so "
    "azure-native replaces the server (pulumi-azure-native issue 4096, 2025-04-10)"
)
_TRACKED = "common-types, TrackedResource: location create and read only (x-ms-mutability), read 2026-11-22"
_COLLATION = (
    "a database keeps the collation it was made with (terraform-provider-azurerm issue 844, 2018-02-15: Azure took a change "
    "and did nothing); that azure-native replaces the database for it is not confirmed"
)
_SINGLETON = "pulumi-azure-native, defaultResourcesState.go (retentionDays 7), read 2026-11-23"
_API_VERSION = "2023-08-01"
_SERVER_ID = (
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Sql/servers/{serverName}"
)
_DATABASE_ID = _SERVER_ID + "/databases/{databaseName}"
_INVALID = "InvalidParameterValue"
_OF_ENTRA = {"login": "ExternalAdministratorLoginName", "sid": "ExternalAdministratorLoginSid"}
_OF_SQL = {"administratorLogin": "Login", "administratorLoginPassword": "Password"}


def _object(value: Any) -> Mapping[str, Any]:
    shown = unwrap(value)
    return shown if isinstance(shown, Mapping) else {}


def _entra_only(inputs: Mapping[str, Any]) -> bool:
    return unwrap(_object(inputs.get("administrators")).get("azureADOnlyAuthentication")) is True


def _check_server(inputs: Mapping[str, Any]) -> list[Failure]:
    # Azure calls each by a name of its own: bicep-types-az issue 2390 and azure-dev issue 3584 (Entra), terraform-provider-azurerm
    # issue 29155 (Login). That of the password is not confirmed, nor that Azure refuses before it makes anything.
    administrators = _object(inputs.get("administrators"))
    missing = [name for key, name in _OF_ENTRA.items() if administrators and not reveal(administrators.get(key))]
    if missing:
        return [_not_valid(missing[0])]
    if has_unknown(inputs.get("administrators")) or _entra_only(inputs):
        return []
    return [_not_valid(name) for key, name in _OF_SQL.items() if not reveal(inputs.get(key))]


def _not_valid(parameter: str) -> Failure:
    return Failure(_INVALID, f"Invalid value given for parameter {parameter}. Specify a valid parameter value.")


def _admit_server(_: Transaction, target: Target) -> None:
    # Administrators that are sent again are let through. "Ignored, or an error", says the schema (bicep-types-az 1f896de): which
    # of both is not confirmed.
    if target.existing is None:
        return
    if _entra_only(target.existing.inputs) and reveal(target.inputs.get("administratorLoginPassword")):
        raise Refusal(
            400,
            "AadOnlyAuthenticationIsEnabled",  # bicep-types-az issue 1436
            "Azure Active Directory Only Authentication is enabled. Please contact your system administrator.",
        )


def _server(target: Target) -> dict[str, Any]:
    return {
        "fullyQualifiedDomainName": f"{target.text('serverName').lower()}.database.windows.net",
        "state": "Ready",
        "publicNetworkAccess": target.text("publicNetworkAccess") or "Enabled",
    }


def _taken(target: Target, _: Stored) -> Refusal:
    # Azure-Samples/ansible-playbooks issue 25.
    sentence = f"The name '{target.text('serverName')}' already exists. Choose a different name."
    return Refusal(409, "NameAlreadyExists", sentence)


def _check_database(inputs: Mapping[str, Any]) -> list[Failure]:
    sku = _object(inputs.get("sku"))
    if not sku or has_unknown(sku):
        return []
    known = sku_of(inputs)
    if known is None:
        # The words: azure-sdk-for-java issue 44242; that they are the same for a wrong capacity is not confirmed.
        capacity = unwrap(sku.get("capacity"))
        told = f"{unwrap(sku.get('name'))}" + (f"' with capacity '{capacity}" if capacity is not None else "")
        return [Failure("InvalidSku", f"The sku '{told}' specified is invalid.")]
    tier = unwrap(sku.get("tier"))
    if tier not in (None, known.tier):
        sentence = f"The specified tier does not support the specified sku: {known.name} is of {known.tier}."
        return [Failure("InvalidTierSkuCombination", sentence)]
    if unwrap(inputs.get("zoneRedundant")) is True and not known.zonal:
        # The words: azure-docs issue 31343; the code for them is not confirmed.
        sentence = "Provisioning of zone redundant database/pool is not supported for your current request."
        return [Failure("ProvisioningDisabled", sentence)]
    return list(scaling_failures(inputs, known))


def _database(target: Target) -> dict[str, Any]:
    asked = target.text("requestedBackupStorageRedundancy") or "Geo"
    return {"status": "Online", "currentBackupStorageRedundancy": asked}


def _check_door(inputs: Mapping[str, Any]) -> list[Failure]:
    ends = [unwrap(inputs.get(key)) for key in ("startIpAddress", "endIpAddress")]
    addresses = [_ipv4(one) for one in ends if isinstance(one, str)]
    if None in addresses:
        return [_not_valid("startIpAddress or endIpAddress: IPv4 addresses only")]
    known = [one for one in addresses if one is not None]
    if len(known) == 2 and known[0] > known[1]:
        return [_not_valid("endIpAddress: it is before startIpAddress")]
    return []


def _ipv4(text: str) -> ipaddress.IPv4Address | None:
    try:
        return ipaddress.IPv4Address(text)
    except ValueError:
        return None


def _admit_door(transaction: Transaction, target: Target) -> None:
    # Connectivity settings (2022-10-21), error 42101, and azure-cli issue 16771. The page says that none can be removed then
    # either; the error speaks of making and changing only, so a removal is let through here: not confirmed.
    server = transaction.get(target.id.rsplit("/", 2)[0])
    if server and unwrap(server.inputs.get("publicNetworkAccess")) == "Disabled":
        raise Refusal(
            400,
            "DenyPublicEndpointEnabled",
            "Unable to create or modify firewall rules when public network interface for the server is disabled. To manage "
            "server or database level firewall rules, please enable the public network interface.",
        )


SERVER = ResourceType(
    token="azure-native:sql:Server",
    arm_type="Microsoft.Sql/servers",
    api_version=_API_VERSION,
    id_form=_SERVER_ID,
    source=f"{_SPEC}; names: resource-name-rules, Microsoft.Sql",
    name_rule=NameRule(
        "serverName",
        r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
        "1 to 63 lower-case letters, digits and hyphens, no hyphen at either end",
        _INVALID,
    ),
    replaces={"location": _TRACKED, "administrators": _CREATE_ONLY},
    updatable=frozenset(
        {
            "administratorLoginPassword",
            "federatedClientId",
            "identity",
            "isIPv6Enabled",
            "keyId",
            "minimalTlsVersion",
            "primaryUserAssignedIdentityId",
            "publicNetworkAccess",
            "restrictOutboundNetworkAccess",
            "tags",
        }
    ),
    check=_check_server,
    admit=_admit_server,
    computed=_server,
    global_names=lambda target: [("sqlServers", target.text("serverName"))],
    name_taken=_taken,
)

DATABASE = ResourceType(
    token="azure-native:sql:Database",
    arm_type="Microsoft.Sql/servers/databases",
    api_version=_API_VERSION,
    id_form=_DATABASE_ID,
    source=f"{_SPEC}; names: resource-name-rules, Microsoft.Sql",
    name_rule=NameRule(
        "databaseName",
        r"(?!(?i:master|model|msdb|tempdb|resource)$)[^<>*%&:\\/?\x00-\x1f]{0,127}[^<>*%&:\\/?. \x00-\x1f]",
        "1 to 128 characters without < > * % & : \\ / ?, no full stop or blank last, not the name of a system database",
        _INVALID,
    ),
    replaces={"location": _TRACKED, "collation": _COLLATION},
    updatable=frozenset(
        {
            "autoPauseDelay",
            "highAvailabilityReplicaCount",
            "licenseType",
            "maintenanceConfigurationId",
            "maxSizeBytes",
            "minCapacity",
            "readScale",
            "requestedBackupStorageRedundancy",
            "sku",
            "tags",
            "zoneRedundant",
        }
    ),
    check=_check_database,
    admit=refuse_tier,
    computed=_database,
)

FIREWALL_RULE = ResourceType(
    token="azure-native:sql:FirewallRule",
    arm_type="Microsoft.Sql/servers/firewallRules",
    api_version=_API_VERSION,
    id_form=_SERVER_ID + "/firewallRules/{firewallRuleName}",
    source=f"{_SPEC}; names: resource-name-rules, Microsoft.Sql",
    name_rule=NameRule(
        "firewallRuleName",
        r"[^<>*%&:;\\/?\x00-\x1f]{0,127}[^<>*%&:;\\/?.\x00-\x1f]",
        "1 to 128 characters without < > * % & : ; \\ / ?, no full stop last",
        _INVALID,
    ),
    located=False,
    check=_check_door,
    admit=_admit_door,
)

BACKUPS = ResourceType(
    token="azure-native:sql:BackupShortTermRetentionPolicy",
    arm_type="Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies",
    api_version=_API_VERSION,
    id_form=_DATABASE_ID + "/backupShortTermRetentionPolicies/{policyName}",
    source=f"{_SPEC}; {_SINGLETON}",
    name_rule=NameRule("policyName", r"default", "it must be 'default'"),
    located=False,
    singleton=True,
    defaults={"retentionDays": 7},
    check=check_backups,
    admit=admit_backups,
)

LONG_TERM = ResourceType(
    token="azure-native:sql:LongTermRetentionPolicy",
    arm_type="Microsoft.Sql/servers/databases/backupLongTermRetentionPolicies",
    api_version=_API_VERSION,
    id_form=_DATABASE_ID + "/backupLongTermRetentionPolicies/{policyName}",
    source=f"{_SPEC}; pulumi-azure-native, defaultResourcesState.go (nothing kept, week 1), read 2026-11-23",
    name_rule=NameRule("policyName", r"default", "it must be 'default'"),
    located=False,
    singleton=True,
    defaults={"weeklyRetention": "PT0S", "monthlyRetention": "PT0S", "yearlyRetention": "PT0S", "weekOfYear": 1},
    check=check_long_term,
    admit=admit_long_term,
)

TYPES = (SERVER, DATABASE, FIREWALL_RULE, BACKUPS, LONG_TERM)
