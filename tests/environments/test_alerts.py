"""Which alerts an environment has, what they are held against, and what none of them can see."""

import typing
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from environments import Environment, Estate, load_estate, queries
from environments.alert_limits import silence_limit, unwatched
from environments.alert_rules import AlertRule, WatchedOrchestration, alert_rules
from environments.alerts import ALERTS, Question
from environments.around import AlertSlug

Files = Mapping[str, str | bytes]

TEMPLATES = Path(__file__).parents[2] / "templates"
# Minutes: azurerm's validation of scheduled query rules and of metric alerts, read 2026-11-22; written anew here.
EVERY = {5, 15, 30, 60}
WINDOWS = {5, 15, 30, 60, 360, 1440, 2880}


@pytest.fixture(scope="module")
def estate() -> Estate:
    return load_estate(TEMPLATES.parent / "environments")


def rules(environment: Environment, app: str | None = None) -> dict[str, AlertRule]:
    return {rule.alert.slug: rule for rule in alert_rules(environment) if rule.app == app}


def test_nobody_is_woken_by_development(estate: Estate) -> None:
    assert alert_rules(estate["dev"]) == ()
    assert {rule.app for rule in alert_rules(estate["test"])} == {None, *estate["test"].apps}


def test_the_description_switches_alerts_on_and_off(good: str, estate_of: Callable[[Files], Estate]) -> None:
    on = good.replace("telemetry:", "alerts: {enabled: true, without: [no-telemetry]}\ntelemetry:", 1)
    assert "no-telemetry" not in rules(estate_of({"dev.yaml": on})["dev"], "orders")
    assert "shared-hub" in rules(estate_of({"dev.yaml": on})["dev"], "orders")
    off = on.replace("enabled: true", "enabled: false")
    assert alert_rules(estate_of({"dev.yaml": off})["dev"]) == ()


def test_every_alert_can_be_left_out_by_its_name() -> None:
    assert set(typing.get_args(AlertSlug)) == {alert.slug for alert in ALERTS}


def test_an_alert_is_milder_outside_production(estate: Estate) -> None:
    for slug, rule in rules(estate["prod"], "freight").items():
        assert rules(estate["test"], "freight")[slug].severity == rule.severity + 1


def test_thresholds_follow_the_description(estate: Estate) -> None:
    freight = rules(estate["prod"], "freight")
    assert freight["waiting-to-start"].threshold == 180, "half of the six minutes it is expected to take"
    assert freight["throttled-store"].threshold == 160, "twenty for each of eight partitions"
    assert rules(estate["prod"])["daily-cap-near"].threshold == 16, "four fifths of 20 GB"


def test_a_swap_of_slots_alone_does_not_say_that_two_share_a_hub(estate: Estate) -> None:
    """A swap mixes two for minutes, in two spans of ten minutes at most, or hands the hub over once."""
    shared = rules(estate["prod"], "claims")["shared-hub"]
    assert isinstance(shared.alert.signal, Question)
    assert (shared.alert.signal.measure, shared.threshold, shared.alert.speaks) == ("mixed", 2, "above")


@pytest.mark.parametrize(
    ("ready", "told"), [("", False), (", always_ready: {durable: 1}", True)], ids=["none ready", "one ready"]
)
def test_silence_on_flex_consumption_says_something_where_a_host_always_runs(
    ready: str, told: bool, good: str, estate_of: Callable[[Files], Estate]
) -> None:
    plan = "    plan:\n      sku: EP1\n      zone_redundant: true\n      minimum_instances: 2\n"
    flex = good.replace(plan, f"    plan: {{sku: FC1{ready}}}\n").replace(
        "    slots:\n      staging: {hub_binding: slot}\n", ""
    )
    assert ("no-telemetry" in rules(estate_of({"prod.yaml": flex})["prod"], "orders")) is told


def test_what_may_be_silent_for_longer_than_an_alert_looks_back_is_named_and_not_pretended_to_be_watched(
    estate: Estate,
) -> None:
    prod = estate["prod"]
    assert unwatched(prod.apps["claims"]) == ("ProcessClaim",)
    assert unwatched(prod.apps["freight"]) == ()
    assert {"no-progress", "over-expectation"} & rules(prod, "claims").keys() == set()
    assert {"no-progress", "over-expectation"} <= rules(prod, "freight").keys()
    assert {"no-progress", "over-expectation"} & rules(prod, "genomics").keys() == {"no-progress"}


def test_an_orchestration_that_waits_for_people_may_be_silent_as_long_as_it_may_run(estate: Estate) -> None:
    filled = rules(estate["prod"], "claims")["failed-orchestrations"].values["orchestrations"]
    silence = {row.key: row for row in typing.cast("tuple[WatchedOrchestration, ...]", filled)}
    assert silence["processclaim"].expected_seconds == timedelta(days=45).total_seconds()


def test_an_orchestration_that_sleeps_is_not_told_of_while_it_sleeps(estate: Estate) -> None:
    freight = estate["prod"].apps["freight"].orchestrations["BookShipment"]
    assert silence_limit(freight) == timedelta(minutes=12), "its timer, and not the six minutes it is expected to take"


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert.slug)
def test_an_alert_is_asked_as_often_and_of_as_long_as_azure_takes(alert: typing.Any) -> None:
    window, every = (int(one.total_seconds()) // 60 for one in (alert.window, alert.every))
    assert window in WINDOWS
    assert every in EVERY
    assert every <= window
    assert alert.severity in range(4)


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert.slug)
def test_what_an_alert_counts_and_splits_by_are_columns_of_its_query(alert: typing.Any) -> None:
    if isinstance(alert.signal, Question):
        text = (TEMPLATES / "queries" / f"{alert.signal.query}.kql").read_text(encoding="utf-8")
        [shown] = [line for line in text.splitlines() if line.startswith("// columns:")]
        columns = [column.strip() for column in shown.partition(":")[2].split(",")]
        wanted = [column for column, _ in alert.signal.split]
        assert {*wanted, *([alert.signal.measure] if alert.signal.measure else [])} <= set(columns)
        assert (alert.signal.measure is None) == (alert.signal.aggregation == "Count")


def test_every_query_of_an_alert_can_be_filled_and_looks_back_no_further_than_its_alert(estate: Estate) -> None:
    filled = {
        rule.name: queries.filled(TEMPLATES, rule.alert.signal.query, rule.values)
        for rule in alert_rules(estate["prod"])
        if isinstance(rule.alert.signal, Question)
    }
    assert len(filled) == len({*filled})
    for text in filled.values():
        assert "{{" not in text
        assert "ago(" not in text
        assert not text.startswith("//")


def test_names_of_alerts_are_unique_in_their_group(estate: Estate) -> None:
    for environment in estate:
        names = [rule.name for rule in alert_rules(environment)]
        assert len(set(names)) == len(names)


def test_an_alert_links_to_its_page_where_the_runbooks_are(estate: Estate) -> None:
    prod = estate["prod"].model_copy(update={"runbook_url": "https://wiki.meridian.example/runbooks/"})
    assert (
        rules(prod, "claims")["shared-hub"].page == "https://wiki.meridian.example/runbooks/prod/alerts/shared-hub.md"
    )
    silent = estate["prod"].model_copy(update={"runbook_url": None})
    assert rules(silent, "claims")["shared-hub"].page is None


def test_no_value_breaks_out_of_a_query(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "one.kql").write_text(
        "// answers: x\nT | where a == {{ app | kql }} and b in ({{ hubs | kql_list }})\n"
    )
    values: dict[str, object] = {"app": 'a"\n| take 1 \\', "hubs": ['x", "y']}
    assert queries.filled(tmp_path, "one", values) == ('T | where a == "a\\" | take 1 \\\\" and b in ("x\\", \\"y")')


def test_a_query_of_the_teams_own_is_asked_instead_and_may_build_on_the_shipped_one(tmp_path: Path) -> None:
    for folder, text in (
        ("templates", "T | where hub == {{ app | kql }}\n"),
        (queries.OWN_TEMPLATES, '{% include "shipped/queries/one.kql" %}\n| where slot == ""\n'),
    ):
        (tmp_path / folder / "queries").mkdir(parents=True)
        (tmp_path / folder / "queries" / "one.kql").write_text(text)
    assert queries.filled(tmp_path / "templates", "one", {"app": "x"}) == 'T | where hub == "x"\n| where slot == ""'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "templates/queries/one.kql:1: no such query"),
        ("T\n| where {% if %}\n", "templates/queries/one.kql:2: "),
        ("T | where a == {{ app }}\n", "templates/queries/one.kql:1: a value is printed as it is, expected one of"),
        ("T | where a == {{ secret | kql }}\n", "templates/queries/one.kql:1: 'secret' is undefined"),
    ],
)
def test_a_query_that_cannot_be_used_gets_one_line(text: str | None, says: str, tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    if text:
        (tmp_path / "queries" / "one.kql").write_text(text)
    with pytest.raises(queries.QueryError) as caught:
        queries.filled(tmp_path, "one", {"app": "x"})
    assert str(caught.value).startswith(says)
    assert "\n" not in str(caught.value)


def test_on_a_scheduler_nothing_watches_queues_that_are_not_there_and_the_instances_are_watched_all_the_same() -> None:
    described = load_estate(TEMPLATES.parent / "examples/durable-task-scheduler/environments")["prod"]
    quick = described.apps["orders"].model_copy(deep=True)
    orchestration = quick.orchestrations["FulfilOrder"].model_copy(
        update={"expected": timedelta(hours=1), "stuck_after": timedelta(hours=6), "waits_for": [], "timers": {}}
    )
    orders = quick.model_copy(update={"orchestrations": {"FulfilOrder": orchestration}})
    in_store = orders.model_copy(
        update={"task_hub": orders.task_hub.model_copy(update={"backend": "azure-storage", "scheduler": None})}
    )
    watched = {
        backend: rules(described.model_copy(update={"apps": {"orders": app}}), "orders").keys()
        for backend, app in (("scheduler", orders), ("store", in_store))
    }
    assert watched["store"] - watched["scheduler"] == {"poison-messages", "throttled-store"}
    assert {"failed-orchestrations", "no-progress", "over-expectation", "waiting-to-start", "shared-hub"} <= watched[
        "scheduler"
    ]
