"""Settings that stand for a key of host.json: `AzureFunctionsJobHost__a__b` for `a.b`, in the host and nowhere else.

"App settings reference for Azure Functions", learn.microsoft.com, 2026. What the host tells the scale controller it reads from the
file and from no setting: functions host 89dc438 (2024-10) and later, FunctionsSyncManager.ReadDurableTaskConfig; durable extension
issues #2803 and #2622.
"""

_PREFIX = "azurefunctionsjobhost__"
_DURABLE = "extensions.durabletask."
_HUB = tuple(f"{_DURABLE}{name}" for name in ("hubname", "storageprovider"))
_PROVIDER = f"{_DURABLE}storageprovider."
_MOVES = (
    "type",
    "connectionname",
    "connectionstringname",
    "partitioncount",
    "trackingstoreconnectionname",
    "trackingstoreconnectionstringname",
    "trackingstorenameprefix",
    "schemaname",
    "taskhubname",
    "createdatabaseifnotexists",
)
_PACE = tuple(f"{_DURABLE}{name}" for name in ("maxconcurrentactivityfunctions", "maxconcurrentorchestratorfunctions"))


def place_of(setting: str) -> str | None:
    """The place in host.json that a setting stands for, in lower case with full stops; None for any other setting."""
    name = setting.lower().replace(":", "__")
    return name.removeprefix(_PREFIX).replace("__", ".") if name.startswith(_PREFIX) else None


def is_hub(setting: str) -> bool:
    """Whether it says which hub the application uses, and where that is."""
    return (place_of(setting) or "").startswith(_HUB)


def moves_hub(setting: str) -> bool:
    """Whether it makes the hub another one. What else it may say of the storage provider is how that works on the same hub."""
    place = place_of(setting) or ""
    return is_hub(setting) and (not place.startswith(_PROVIDER) or place.removeprefix(_PROVIDER) in _MOVES)


def is_partition_count(setting: str) -> bool:
    """Whether it says into how many partitions the hub is divided."""
    return place_of(setting) == f"{_PROVIDER}partitioncount"


def is_pace(setting: str) -> bool:
    """Whether it says how much an instance does at a time, by which instances are added."""
    return place_of(setting) in _PACE
