"""Cases of the rules on host.json."""

from copy import deepcopy

from environments.host_json import HostJsonFile, contract_in, written
from tests.policies.case import case
from tests.policies.changes import both, described
from tests.policies.world import Change, World

NAMED = described("apps.claims.host_json", "src/host.json")


def holds(old: str = "", new: str = "") -> Change:
    """The application names a host.json; what was written for it, with one text replaced."""

    def change(world: World) -> None:
        NAMED(world)
        good = written(contract_in(world.environment, "claims"))
        assert old in good
        world.host_json["claims"] = HostJsonFile("src/host.json", good.replace(old, new) if old else good)

    return change


def is_missing(world: World) -> None:
    world.host_json["claims"] = HostJsonFile("src/host.json", None, "No such file or directory")


def beside(path: str = "", value: object = None) -> Change:
    """Another environment has the application as well, with one value described otherwise."""

    def change(world: World) -> None:
        other = World(deepcopy(world.described), world.plan)
        other.described["name"] = "test"
        described("apps.claims.names", {"storage_account": "stclaimstest"})(other)
        if path:
            described(f"apps.claims.{path}", value)(other)
        world.elsewhere.append(other.described)

    return change


def described_setting(name: str, value: str) -> Change:
    """A setting of the description that stands for a key of host.json."""

    def change(world: World) -> None:
        world.described["apps"]["claims"].setdefault("settings", {})[f"AzureFunctionsJobHost__{name}"] = value

    return change


def on_consumption(world: World) -> None:
    """Another environment has the application on Consumption."""
    beside("plan", {"sku": "Y1", "os": "windows"})(world)
    world.elsewhere[-1]["apps"]["claims"]["runtime"] = {"language": "node", "version": "22"}
    for one in (world.described, world.elsewhere[-1]):
        one["apps"]["claims"]["runtime"] = {"language": "node", "version": "22"}


def on_consumption_itself(world: World) -> None:
    """The application is on Consumption here."""
    described("apps.claims.plan", {"sku": "Y1", "os": "windows", "maximum_instances": 20})(world)
    described("apps.claims.runtime", {"language": "node", "version": "22"})(world)


HOST_JSON = [
    case("one-host-json", "the same elsewhere", beside()),
    case("one-host-json", "another plan elsewhere", beside("plan.maximum_instances", 7)),
    case("one-host-json", "other partitions elsewhere", beside("task_hub.partition_count", 8), "error claims"),
    case("one-host-json", "another pace elsewhere", beside("concurrency", {"activities": 8}), "error claims"),
    case("one-host-json", "a release that is on its way", beside("versioning.default_version", "9.0")),
    case("host-json-fulfils", "what was written", holds()),
    case("host-json-fulfils", "a literal hub", holds("%TASKHUB_NAME%", "claims"), "error claims"),
    case(
        "host-json-fulfils",
        "another partition count",
        holds('"partitionCount": 4', '"partitionCount": 8'),
        "error claims",
    ),
    case("host-json-fulfils", "a misplaced key", holds('"logLevel"', '"durableTask"'), "error claims"),
    case("host-json-fulfils", "no JSON", holds("{", "["), "error claims"),
    case(
        "host-json-fulfils",
        "instances of an earlier version are left behind",
        holds('"CurrentOrOlder"', '"Strict"'),
        "error claims",
    ),
    case(
        "host-json-fulfils",
        "a timeout that another environment's plan does not start with",
        both(holds('"version": "2.0",', '"version": "2.0", "functionTimeout": "-1",'), on_consumption),
        "error claims",
    ),
    case(
        "host-json-fulfils",
        "a timeout without an end where no plan has one",
        holds('"version": "2.0",', '"version": "2.0", "functionTimeout": "-1",'),
    ),
    case(
        "host-json-not-undone",
        "payloads in the logs",
        described_setting("extensions__durableTask__tracing__traceInputsAndOutputs", "true"),
        "error claims",
    ),
    case(
        "host-json-not-undone",
        "a level for all, and nobody knows the file",
        described_setting("logging__logLevel__default", "None"),
        "error claims",
    ),
    case(
        "host-json-not-undone",
        "a level for all beside a file that names tracking events",
        both(holds(), described_setting("logging__logLevel__default", "Warning")),
    ),
    case(
        "host-json-not-undone",
        "a timeout that this environment's plan does not start with",
        both(on_consumption_itself, described_setting("functionTimeout", "01:00:00")),
        "error claims",
    ),
    case(
        "host-json-not-undone",
        "a timeout that this environment's plan starts with",
        both(on_consumption_itself, described_setting("functionTimeout", "00:10:00")),
    ),
    case("host-json-not-undone", "a console", described_setting("logging__console__isEnabled", "true")),
    case(
        "host-json-advised",
        "a bundle that sends no spans as an identity",
        holds("[4.30.0, 5.0.0)", "[4.30.0, 4.38.0]"),
        "warning claims",
    ),
    case("host-json-advised", "a bundle from the next one on", holds("[4.30.0, 5.0.0)", "[4.39.0, 5.0.0)")),
    case("host-json-fulfils", "no such file", both(NAMED, is_missing), "error claims"),
]
