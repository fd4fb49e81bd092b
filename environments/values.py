"""The value types of a description: names, days, regions, ids. Each refuses what Azure would refuse, and says what was expected."""

import re
from datetime import date, timedelta
from ipaddress import ip_network
from typing import Annotated

from pydantic import BeforeValidator, Field, StrictInt, WithJsonSchema

from environments import catalogue
from environments.matching import Matching, OneOf, Within, refuse, shown
from environments.problems import SETTING_NAME
from environments.yaml_lines import Unquoted, kind_of


def _quoted(value: object) -> object:
    if isinstance(value, Unquoted):
        raise refuse(f"{shown(value)} is not in quotes", 'it in quotes, like "1.4" or "2027-05-01"')
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise refuse("it is not in quotes and so a number", 'it in quotes, like "1.10"')
    return value


EnvironmentName = Annotated[
    str, Matching(r"[a-z][a-z0-9]{0,11}", "1 to 12 lower-case letters and digits, a letter first")
]
AppName = Annotated[
    str,
    Matching(
        r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){1,19}", "2 to 20 lower-case letters, digits and single dashes, a letter first"
    ),
]
SlotName = Annotated[
    str,
    Matching(
        r"(?!production$)[a-z][a-z0-9]{1,18}",
        "2 to 19 lower-case letters and digits, a letter first, and not 'production'",
    ),
]
OrganizationName = Annotated[
    str,
    Matching(
        r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){1,23}", "2 to 24 lower-case letters, digits and single dashes, a letter first"
    ),
]

# As a scheduler takes it: Microsoft.DurableTask 2026-02-01, published types; no dash first, since that reads as an option of
# a command. Elsewhere fewer: environments/existing_names.py.
TaskHubName = Annotated[
    str,
    Matching(
        r"[A-Za-z0-9][A-Za-z0-9-]{2,63}",
        "a task hub name: 3 to 45 letters and digits, a letter first; on a scheduler up to 64, with dashes",
    ),
]

# Resource names: "Naming rules and restrictions for Azure resources", read 2026-11-22.
ResourceGroupName = Annotated[
    str,
    Matching(
        r"[A-Za-z0-9_().-]{0,89}[A-Za-z0-9_()-]",
        "a resource group name: 1 to 90 letters, digits, . _ ( ) -, no full stop last",
    ),
]
StorageAccountName = Annotated[
    str, Matching(r"[a-z0-9]{3,24}", "a storage account name: 3 to 24 lower-case letters and digits")
]
KeyVaultName = Annotated[
    str,
    Matching(
        r"[A-Za-z](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){2,23}",
        "a vault name: 3 to 24 letters, digits and single dashes, a letter first",
    ),
]
SiteName = Annotated[
    str,
    Matching(
        r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,58}[A-Za-z0-9])",
        "a site name: 2 to 60 letters, digits and dashes, no dash first or last",
    ),
]
PlanName = Annotated[str, Matching(r"[A-Za-z0-9-]{1,60}", "a plan name: 1 to 60 letters, digits and dashes")]
SchedulerName = Annotated[str, Matching(r"[A-Za-z0-9-]{3,64}", "a scheduler name: 3 to 64 letters, digits and dashes")]
SqlServerName = Annotated[
    str,
    Matching(
        r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?",
        "a SQL server name: 1 to 63 lower-case letters, digits and dashes, no dash first or last",
    ),
]
IdentityName = Annotated[
    str,
    Matching(
        r"[A-Za-z0-9][A-Za-z0-9_-]{2,127}",
        "an identity name: 3 to 128 letters, digits, _ and -, a letter or digit first",
    ),
]
WorkspaceName = Annotated[
    str,
    Matching(
        r"[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]",
        "a workspace name: 4 to 63 letters, digits and dashes, no dash first or last",
    ),
]
InsightsName = Annotated[
    str, Matching(r"[A-Za-z0-9_().-]{0,254}[A-Za-z0-9_()-]", "a component name: 1 to 255 letters, digits, . _ ( ) -")
]
VirtualNetworkName = Annotated[
    str,
    Matching(
        r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}[A-Za-z0-9_]",
        "a network name: 2 to 64 letters, digits, _ . -, a letter or digit first, no . or - last",
    ),
]
PrivateEndpointName = Annotated[
    str,
    Matching(
        r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}[A-Za-z0-9_]",
        "a private endpoint name: 2 to 64 letters, digits, _ . -, a letter or digit first, no . or - last",
    ),
]
#: Subnets, network interfaces and links of zones; of connections and zone groups the page says nothing.
NetworkPartName = Annotated[
    str,
    Matching(
        r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?",
        "a name of 1 to 80 letters, digits, _ . -, a letter or digit first, no . or - last",
    ),
]
#: A host takes no other: azure-webjobs-sdk f79ea0bf, HostIdValidator.
HostId = Annotated[
    str,
    Matching(
        r"(?=.{1,32}$)[a-z0-9]+(?:-[a-z0-9]+)*",
        "a host id: 1 to 32 lower-case letters, digits and single dashes, no dash first or last",
    ),
]
HostJsonPath = Annotated[
    str,
    Matching(
        r"(?![/ ])[A-Za-z0-9_./@+ -]{0,240}host\.json",
        "the path of a host.json, seen from the project's folder, like ../src/claims/host.json",
    ),
]
BlobName = Annotated[
    str, Matching(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,254}", "the name of a package blob, like claims-1.4.0.zip")
]

Guid = Annotated[str, Matching(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "a GUID in lower case")]
Email = Annotated[
    str, Matching(r"(?=.{3,254}$)[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", "an e-mail address")
]
#: An action group takes no longer address: "Azure Monitor service limits", read 2026-11-22.
ReceiverEmail = Annotated[
    str,
    Matching(
        r"(?=.{3,64}$)[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", "an e-mail address of at most 64 characters"
    ),
]
ResourceId = Annotated[
    str,
    Matching(
        r"/subscriptions/[0-9a-fA-F-]{36}/resourceGroups/[^/\s]{1,90}/providers/[A-Za-z0-9.]+(?:/[^/\s]+)+",
        "the id of a resource, like /subscriptions/…/resourceGroups/…/providers/Microsoft.Insights/actionGroups/…",
    ),
]
WebAddress = Annotated[
    str,
    Matching(
        r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~%+-]+)*/?",
        "an address like https://github.com/org/repo/blob/main/runbooks, without a query",
    ),
]
#: A function as telemetry and histories name it; .NET and Java take a full stop in it.
CodeName = Annotated[
    str, Matching(r"[A-Za-z_][A-Za-z0-9_.-]{0,127}", "the name of a function in the code, like CancelBooking")
]
#: The name of a field of a payload, or the path to one. Too short for a value, and no blank in it.
FieldName = Annotated[
    str,
    Matching(
        r"[A-Za-z_$][A-Za-z0-9_$-]{0,63}(?:(?:\.|\[\]\.?)[A-Za-z0-9_$-]{0,63}){0,6}",
        "the name of a field, like documentId or customer.id",
        echo=False,
    ),
]
SettingName = Annotated[
    str,
    Matching(
        SETTING_NAME,
        "an application setting name of letters, digits and _ (Linux plans take no full stop in it)",
        echo=False,
    ),
]
#: A function that a setting switches off; on Linux no dash can stand in that setting's name (Azure/Azure-Functions#1851).
FunctionName = Annotated[str, Matching(SETTING_NAME, "a function name of letters, digits and _, no digit first")]
# Never echoed: what stands here by mistake is often the secret itself.
SecretName = Annotated[
    str,
    Matching(
        r"(?=.{1,127}$)(?!.*[0-9a-z]{25})(?!.*[0-9a-f]{16})(?![0-9a-f]{8}-[0-9a-f]{4}-)[a-z][a-z0-9]*(?:-[a-z0-9]+)*",
        "the name of a secret in the vault, not its value: lower-case words joined by dashes, like carrier-api-key",
        echo=False,
    ),
]
Words = Annotated[str, Matching(r"[^\s\x00][^\x00]*", "a text that neither is empty nor begins with a blank")]
#: What goes into tags as well, whose values have 256 characters at most.
Line = Annotated[str, Matching(r"[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]{0,255}", "one line of at most 256 characters")]
# Never echoed: a secret may stand here by mistake.
SettingValue = Annotated[
    str, Matching(r"[^\s\x00][^\x00]*", "a text that neither is empty nor begins with a blank", echo=False)
]
TagName = Annotated[
    str, Matching(r"[^<>%&\\?/\x00-\x1f]{1,128}", "a tag name: 1 to 128 characters, none of < > % & \\ ? /")
]
TagValue = Annotated[str, Matching(r"[^\x00-\x1f]{0,256}", "a tag value: at most 256 characters")]
Region = Annotated[str, OneOf(lambda: sorted(catalogue.regions()), "region", "westeurope")]
Sku = Annotated[str, OneOf(catalogue.plans, "supported SKU")]
Version = Annotated[
    str, Matching(r"[0-9]+(?:\.[0-9]+)*", 'a dotted number in quotes, like "1.4"'), BeforeValidator(_quoted)
]


_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_A_DAY = 'a day in quotes, like "2027-05-01"'


def _day(value: object) -> object:
    value = _quoted(value)
    if isinstance(value, str):
        try:
            return date.fromisoformat(value if re.fullmatch(_DAY, value) else "")
        except ValueError:
            raise refuse(f"{shown(value)} is no day", _A_DAY) from None
    return value


#: A calendar day, written in quotes: the engine would turn a bare one into a timestamp.
Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_DAY}$", "errorMessage": _A_DAY}),
]

_AN_ADDRESS = "an address or a range of addresses, like 203.0.113.0/24"


def _address_range(value: object) -> object:
    try:
        wanted = ip_network(value, strict=False) if isinstance(value, str) else None
    except ValueError:
        wanted = None
    if wanted is None:
        what = shown(value) if isinstance(value, str) else kind_of(value)
        raise refuse(f"{what} is no address", _AN_ADDRESS)
    if "/" in str(value) and str(wanted) != value:
        raise refuse(f"{shown(str(value))} is an address inside a range", f"the range {wanted}")
    return str(value)


#: An IPv4 or IPv6 address, or a range of them in CIDR.
AddressRange = Annotated[
    str, BeforeValidator(_address_range), WithJsonSchema({"type": "string", "errorMessage": _AN_ADDRESS})
]

#: The / behind the container keeps a prefix from reaching into another one that begins alike. Container names:
#: "Naming rules and restrictions for Azure resources", read 2026-11-22.
BlobPrefix = Annotated[
    str,
    Matching(
        r"(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]/[A-Za-z0-9._/=-]{0,200}",
        "a container with its / and, if need be, how the blobs begin, like exports/ or exports/2026",
    ),
]
ServiceTag = Annotated[
    str, Matching(r"[A-Z][A-Za-z0-9]{1,62}(?:\.[A-Za-z0-9]{1,62})?", "a service tag, like LogicApps.WestEurope")
]
#: What a token may be for: "Configure your App Service or Azure Functions app to use Microsoft Entra sign-in", 2021-10-26.
Audience = Annotated[
    str,
    Matching(r"(?:api|https)://[A-Za-z0-9._~/-]{1,240}", "an application id URI, like api://claims.meridian.example"),
]
#: A path, or all that begins with one. The root would leave nothing to be asked for.
OpenPath = Annotated[
    str, Matching(r"(?:/[A-Za-z0-9._~-]+)+(?:/\*)?", "a path like /api/health or /api/public/*, and not the root")
]

_A_DURATION = "a duration like 30s, 12m, 2h or 3d"
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _duration(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    match = re.fullmatch(r"([1-9][0-9]{0,6})([smhd])", value) if isinstance(value, str) else None
    if match is None:
        raise refuse(
            f"{shown(value)} is no duration" if isinstance(value, str) else f"{kind_of(value)} is no duration",
            _A_DURATION,
        )
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


#: A length of time with its unit: 30s, 12m, 2h, 3d.
Duration = Annotated[
    timedelta,
    BeforeValidator(_duration),
    WithJsonSchema({"type": "string", "pattern": "^[1-9][0-9]{0,6}[smhd]$", "errorMessage": _A_DURATION}),
]


def in_words(duration: timedelta) -> str:
    """A duration as people read it, in its largest whole unit: `3 days`, `12 minutes`."""
    seconds = int(duration.total_seconds())
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        if seconds % size == 0 and seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "0 seconds"


RetentionDays = Annotated[
    StrictInt,
    OneOf(
        lambda: catalogue.limit("application_insights_retention_days"),
        "retention of Application Insights",
        source="retention",
    ),
]
HistoryDays = Annotated[int, Within("history_days")]
HistoryDaysOfState = Annotated[int, Within("history_days_of_state", "scheduler-purge")]
PartitionCount = Annotated[int, Within("partition_count", "partitions")]
SchedulerCapacity = Annotated[int, Within("scheduler_capacity", "scheduler")]
BackupDays = Annotated[int, Within("backup_days", "sql-backups")]
LongTermWeeks = Annotated[int, Within("long_term_weeks", "sql-long-term")]
LongTermMonths = Annotated[int, Within("long_term_months", "sql-long-term")]
LongTermYears = Annotated[int, Within("long_term_years", "sql-long-term")]
WeekOfYear = Annotated[int, Within("week_of_year", "sql-long-term")]
LifecycleDays = Annotated[int, Within("lifecycle_days", "lifecycle")]
BlobSoftDeleteDays = Annotated[int, Within("blob_soft_delete_days", "blob-soft-delete")]
VaultSoftDeleteDays = Annotated[int, Within("vault_soft_delete_days", "vault-soft-delete")]
Count = Annotated[StrictInt, Field(ge=1, le=100_000)]
Gigabytes = Annotated[float, Field(strict=True, gt=0, le=100_000)]
Money = Annotated[float, Field(strict=True, gt=0, le=10_000_000)]
