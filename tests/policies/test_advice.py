"""What a finding tells to do fits what it found: no advice that is taken already, or that the next check refuses."""

from tests.policies.cases import CASES
from tests.policies.cases.host_json import described_setting
from tests.policies.changes import both, described, put
from tests.policies.on_database import on_database
from tests.policies.sound import sound
from tests.policies.world import Change


def advice(rule: str, change: Change) -> list[str]:
    world = sound()
    change(world)
    return [one.fix for one in world.findings() if one.rule == rule]


def test_a_site_that_is_open_as_declared_is_not_told_to_declare_it() -> None:
    (case,) = (one for one in CASES if str(one) == "site-not-open: open as declared")
    (fix,) = advice("site-not-open", case.change)
    assert fix.startswith("Nothing, as long as the reason")
    assert "open_to_everyone: <why>" not in fix


def test_a_database_that_takes_zones_keeps_its_sku() -> None:
    (serverless,) = advice(
        "database-zonal",
        on_database(put("site-database", "sku.name", "GP_S_Gen5"), put("site-database", "zoneRedundant", False)),
    )
    assert serverless.startswith("Set `database: {zone_redundant: true}`, or")
    zoneless = both(put("site-database", "sku.tier", "Basic"), put("site-database", "zoneRedundant", False))
    assert "sku: GP_Gen5_2" in advice("database-zonal", on_database(zoneless))[0]


def test_databases_that_are_described_once_are_told_once() -> None:
    both_slots = on_database(*(put(f"{site}-database", "zoneRedundant", False) for site in ("site", "staging")))
    assert len(advice("database-zonal", both_slots)) == 1


def test_flex_consumption_is_told_no_minimum_that_it_does_not_take() -> None:
    one_zone = put("plan", "zoneRedundant", False)
    assert "minimum_instances: 2" in advice("plan-zone-redundant", one_zone)[0]
    (flex,) = advice("plan-zone-redundant", both(put("plan", "sku.name", "FC1"), one_zone))
    assert "`plan: {zone_redundant: true}`" in flex
    assert "minimum_instances" not in flex


def test_a_setting_that_host_json_may_not_have_either_is_not_sent_there() -> None:
    change = described_setting("extensions__durableTask__tracing__traceInputsAndOutputs", "true")
    (inputs,) = advice("host-json-not-undone", change)
    assert "host.json is refused for the same" in inputs
    assert "tracking" not in inputs
    (level,) = advice("host-json-not-undone", described_setting("logging__logLevel__default", "None"))
    assert "category of tracking events" in level


def test_sampling_that_excludes_nothing_is_said_to() -> None:
    world = sound()
    described("telemetry.sampling.excluded_types", [])(world)
    (finding,) = (one for one in world.findings() if one.rule == "sampling-keeps-tracking")
    assert finding.message.startswith("sampling excludes nothing, so Trace is sampled")


def test_a_token_that_anybody_gets_is_found_where_callers_are_described() -> None:
    (case,) = (one for one in CASES if str(one) == "authentication-names-callers: everybody of the tenant")
    world = sound()
    case.change(world)
    (finding,) = world.findings()
    assert finding.place == "apps.claims.access"
