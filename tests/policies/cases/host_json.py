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
        described("apps.claims.names.storage_account", "stclaimstest")(other)
        if path:
            described(f"apps.claims.{path}", value)(other)
        world.elsewhere.append(other.described)

    return change


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
    case("host-json-fulfils", "no such file", both(NAMED, is_missing), "error claims"),
]
