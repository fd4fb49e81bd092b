"""Backends of task hubs: where a hub lives, how the way to it is told, how long history stays, and what cannot work."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from environments import (
    DATABASE_SETTING,
    HUB_SETTING,
    SCHEDULER_SETTING,
    App,
    Estate,
    SchedulerPlace,
    catalogue,
    retention_of,
    settings_of,
    sticky_names,
    task_hubs,
)
from environments.backends_page import page

Files = Mapping[str, str | bytes]
EstateOf = Callable[[Files], Estate]
Problems = Callable[[Files], list[str]]

ON_STORAGE = "      backend: azure-storage\n      history_days: 60\n"
ON_SCHEDULER = """\
      backend: durable-task-scheduler
      scheduler: {sku: Dedicated, ip_allow_list: [203.0.113.0/24]}
      history_days: 60
"""

ON_DATABASE = """\
      backend: mssql
      database:
        sku: S1
        administrators: {group: sg-sql, object_id: 4d1f6b92-8a3e-4c57-9f20-6b8e1d7a3c45}
        ip_allow_list: [203.0.113.0/24]
      history_days: 60
"""


def with_hub(good: str, text: str) -> Files:
    """The good description with these lines in place of its hub's first two, which are 21 and 22."""
    assert good.count(ON_STORAGE) == 1
    return {"dev.yaml": good.replace(ON_STORAGE, text)}


def watched(good: str, hub: str) -> str:
    """The good description with another hub, on a plan that sees what waits in a database: one line more above it."""
    plan = "      minimum_instances: 2\n"
    assert good.count(ON_STORAGE) == good.count(plan) == 1
    return good.replace(ON_STORAGE, hub).replace(plan, f"{plan}      scale_monitoring: true\n")


def on_database(good: str, more: str = "") -> str:
    """The good description with its hubs in databases."""
    return watched(good, ON_DATABASE + more)


def app_with(good: str, text: str, estate_of: EstateOf) -> App:
    return estate_of(with_hub(good, text))["dev"].apps["orders"]


REFUSED = [
    (
        "      backend: netherite\n      history_days: 60\n",
        "21: apps.orders.task_hub.backend: netherite is not taken: its support ends on 2028-03-31 and no history "
        "moves to another backend, so a new application would have to be built anew, expected one of azure-storage, "
        "durable-task-scheduler, mssql (durable-task-storage-providers, 2026-04-22)",
    ),
    (
        "      backend: redis\n      history_days: 60\n",
        "21: apps.orders.task_hub.backend: 'redis' is not known, expected one of azure-storage, durable-task-scheduler, mssql",
    ),
    (
        "      backend: durable-task-scheduler\n      history_days: 60\n",
        "20: apps.orders.task_hub: backend durable-task-scheduler without its scheduler, expected one like "
        "scheduler: {sku: Dedicated, ip_allow_list: [203.0.113.0/24]}",
    ),
    (
        ON_STORAGE + "      scheduler: {sku: Dedicated, ip_allow_list: [203.0.113.0/24]}\n",
        "23: apps.orders.task_hub.scheduler: a scheduler beside backend azure-storage, expected it left out, or "
        "`backend: durable-task-scheduler`",
    ),
    (
        ON_STORAGE + "      history_days_by_state: {failed: 90}\n",
        "23: apps.orders.task_hub.history_days_by_state: days for single states on azure-storage, where nothing is "
        "purged by itself, expected history_days for all of them, or `backend: durable-task-scheduler` "
        "(durable-task-scheduler-auto-purge, 2026-05)",
    ),
    (
        ON_SCHEDULER + "      partition_count: 4\n",
        "24: apps.orders.task_hub.partition_count: a scheduler has no partitions, expected it left out "
        "(functions-host-json-durabletask, read 2026-11-22)",
    ),
    (
        ON_SCHEDULER + "      purged_by: scheduled-job\n",
        "24: apps.orders.task_hub.purged_by: a scheduler purges by itself, after history_days, expected it left out "
        "(durable-task-scheduler-auto-purge, 2026-05)",
    ),
    (
        ON_SCHEDULER.replace("      history_days: 60\n", ""),
        "20: apps.orders.task_hub: history_days is not said, and a policy that comes and goes with it would turn "
        "purging off when it goes, expected history_days of 1 to 90 (durable-task-scheduler-auto-purge, 2026-05)",
    ),
    (
        ON_SCHEDULER.replace("history_days: 60", "history_days: 91"),
        "23: apps.orders.task_hub.history_days: 91 days on Dedicated, expected 90 at most "
        "(durable-task-scheduler-auto-purge, 2026-05)",
    ),
    (
        ON_SCHEDULER.replace("Dedicated", "Consumption"),
        "23: apps.orders.task_hub.history_days: 60 days on Consumption, expected 30 at most, or `sku: Dedicated` (up "
        "to 90) (durable-task-scheduler-auto-purge, 2026-05)",
    ),
    (
        ON_SCHEDULER.replace("Dedicated", "Consumption").replace("60", "30")
        + "      history_days_by_state: {completed: 0, failed: 31}\n",
        "24: apps.orders.task_hub.history_days_by_state.failed: 31 days on Consumption, expected 30 at most, or `sku:"
        " Dedicated` (up to 90) (durable-task-scheduler-auto-purge, 2026-05)",
    ),
    (
        ON_SCHEDULER + "      history_days_by_state: {running: 10}\n",
        "24: apps.orders.task_hub.history_days_by_state.running: 'running' is no state that an instance ends in, "
        "expected one of completed, failed, terminated, canceled",
    ),
    (
        ON_SCHEDULER.replace("sku: Dedicated", "sku: Consumption, capacity: 1").replace("60", "30"),
        "22: apps.orders.task_hub.scheduler.capacity: a capacity on Consumption, which is paid by the action and "
        "refuses one, expected it left out, or `sku: Dedicated` (durable-task-scheduler-billing, 2026-05-01)",
    ),
    (
        ON_SCHEDULER.replace("sku: Dedicated", "sku: Dedicated, capacity: 4"),
        "22: apps.orders.task_hub.scheduler.capacity: 4 is out of range, expected a whole number from 1 to 3 "
        "(durable-task-scheduler-billing, 2026-05-01)",
    ),
    (
        ON_SCHEDULER.replace("[203.0.113.0/24]", "[]"),
        "22: apps.orders.task_hub.scheduler.ip_allow_list: no address may reach the scheduler, not even the "
        "application (it would see a 403, as for a missing role), expected ip_allow_list with the outbound ranges of "
        "the application, or the application in a network (`network: {subnet: …}`) (durable-task-scheduler-identity, "
        "2026-04-30)",
    ),
    (
        ON_SCHEDULER.replace(", ip_allow_list: [203.0.113.0/24]", ""),
        "22: apps.orders.task_hub.scheduler: no address may reach the scheduler, not even the application (it would "
        "see a 403, as for a missing role), expected ip_allow_list with the outbound ranges of the application, or "
        "the application in a network (`network: {subnet: …}`) (durable-task-scheduler-identity, 2026-04-30)",
    ),
    (
        ON_SCHEDULER.replace("203.0.113.0/24", "203.0.113.7/24"),
        "22: apps.orders.task_hub.scheduler.ip_allow_list[0]: '203.0.113.7/24' is an address inside a range, expected the "
        "range 203.0.113.0/24",
    ),
    (
        ON_SCHEDULER.replace("203.0.113.0/24", "office"),
        "22: apps.orders.task_hub.scheduler.ip_allow_list[0]: 'office' is no address, expected an address or a range of "
        "addresses, like 203.0.113.0/24",
    ),
    (
        ON_SCHEDULER.replace("203.0.113.0/24", "12"),
        "22: apps.orders.task_hub.scheduler.ip_allow_list[0]: a number is no address, expected an address or a range of "
        "addresses, like 203.0.113.0/24",
    ),
    (
        ON_STORAGE
        + "      database: {sku: S1, administrators: {group: a, object_id: 4d1f6b92-8a3e-4c57-9f20-6b8e1d7a3c45}}\n",
        "23: apps.orders.task_hub.database: a database beside backend azure-storage, expected it left out, or `backend: mssql`",
    ),
]


REFUSED_OF_DATABASES = [
    (
        "      backend: mssql\n      history_days: 60\n",
        "21: apps.orders.task_hub: backend mssql without its database, expected one like database: {sku: S1, administrators: "
        "{group: sg-sql, object_id: <guid>}, ip_allow_list: [203.0.113.0/28]}",
    ),
    (
        ON_DATABASE + "      partition_count: 4\n",
        "28: apps.orders.task_hub.partition_count: a database has no partitions, expected it left out "
        "(functions-host-json-durabletask, read 2026-11-22)",
    ),
    (
        ON_DATABASE + "      history_days_by_state: {failed: 90}\n",
        "28: apps.orders.task_hub.history_days_by_state: days for single states on mssql, where nothing is purged by "
        "itself, expected history_days for all of them, or `backend: durable-task-scheduler` "
        "(durable-task-scheduler-auto-purge, 2026-05)",
    ),
    (
        ON_DATABASE.replace("sku: S1", "sku: S1\n        zone_redundant: true"),
        "25: apps.orders.task_hub.database.zone_redundant: zone_redundant on S1, which has no zones, expected one of "
        "P1, P2, GP_Gen5_2, GP_Gen5_4, GP_Gen5_8, GP_S_Gen5_1, GP_S_Gen5_2, GP_S_Gen5_4, GP_S_Gen5_8, BC_Gen5_2, "
        "BC_Gen5_4, HS_Gen5_2, HS_Gen5_4, HS_Gen5_8 (Azure SQL availability through redundancy, 2025-10-21)",
    ),
    (
        ON_DATABASE.replace("sku: S1", "sku: Basic\n        backup_days: 8"),
        "25: apps.orders.task_hub.database.backup_days: 8 days on Basic, expected 7 at most, or another SKU "
        "(automated-backups-overview, 2022-07-20)",
    ),
    (
        ON_DATABASE.replace("sku: S1", "sku: S1\n        backup_days: 36"),
        "25: apps.orders.task_hub.database.backup_days: 36 is out of range, expected a whole number from 1 to 35 "
        "(automated-backups-overview, 2022-07-20)",
    ),
    (
        ON_DATABASE.replace("sku: S1", "sku: HS_Gen5_3"),
        "24: apps.orders.task_hub.database.sku: 'HS_Gen5_3' is no SKU of a database, expected one like HS_Gen5_8, HS_Gen5_4, "
        "HS_Gen5_2",
    ),
    (
        ON_DATABASE.replace("sku: S1", "sku: S5"),
        "24: apps.orders.task_hub.database.sku: 'S5' is no SKU of a database, expected a SKU of a database like S1, GP_Gen5_2 "
        "or HS_Gen5_2",
    ),
    (
        ON_DATABASE.replace("sku: S1", "sku: GP_Gen5_2\n        minimum_vcores: 1"),
        "25: apps.orders.task_hub.database.minimum_vcores: minimum_vcores on GP_Gen5_2, which has all of its own all "
        "the time, expected it left out, or one of GP_S_Gen5_1, GP_S_Gen5_2, GP_S_Gen5_4, GP_S_Gen5_8 (Azure SQL "
        "serverless compute tier, 2024-09-24)",
    ),
    (
        ON_DATABASE.replace("sku: S1", "sku: GP_S_Gen5_8\n        minimum_vcores: 0.5"),
        "25: apps.orders.task_hub.database.minimum_vcores: 0.5 virtual cores that stay on GP_S_Gen5_8, expected one "
        "of 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3, 4, 5, 6, 8 (Azure SQL vCore resource limits, 2024-07-02)",
    ),
    (
        ON_DATABASE.replace("sku: S1", "sku: GP_S_Gen5_1\n        auto_pause: true"),
        "25: apps.orders.task_hub.database.auto_pause: a database of a task hub that pauses: workers ask it all the "
        "time, so it would only while nobody works on it, and then refuse the first login (40613) for about a minute,"
        " while timers and events wait, expected false, or it left out; what an idle one costs is `minimum_vcores` "
        "(Azure SQL serverless compute tier, 2024-09-24)",
    ),
    (
        ON_DATABASE.replace("sku: S1", "sku: GP_S_Gen5_1\n        auto_pause: 60"),
        "25: apps.orders.task_hub.database.auto_pause: a number stands here, expected false, or it left out",
    ),
    (
        ON_DATABASE.replace("sku: S1", "sku: S1\n        long_term_backups: {}"),
        "25: apps.orders.task_hub.database.long_term_backups: long-term backups of no length, expected weeks, months or years, "
        "or it left out",
    ),
    (
        ON_DATABASE.replace("sku: S1", "sku: S1\n        long_term_backups: {years: 7}"),
        "25: apps.orders.task_hub.database.long_term_backups: years without the week of the year whose backup is "
        "kept, expected week_of_year of 1 to 52 (long-term-retention-overview, 2023-06-23)",
    ),
    (
        ON_DATABASE.replace("sku: S1", "sku: S1\n        long_term_backups: {weeks: 7, week_of_year: 3}"),
        "25: apps.orders.task_hub.database.long_term_backups: a week_of_year without years, which it belongs to, expected years "
        "beside it, or it left out",
    ),
    (
        ON_DATABASE.replace("sku: S1", "sku: S1\n        long_term_backups: {months: 121}"),
        "25: apps.orders.task_hub.database.long_term_backups.months: 121 is out of range, expected a whole number "
        "from 1 to 120 (long-term-retention-overview, 2023-06-23)",
    ),
    (
        ON_DATABASE.replace("203.0.113.0/24", '"2001:db8::/32"'),
        "26: apps.orders.task_hub.database.ip_allow_list[0]: '2001:db8::/32', while the firewall of a SQL server has "
        "rules for IPv4, expected an IPv4 address or range, like 203.0.113.0/28 (Azure SQL Database IP firewall "
        "rules, 2022-03-09)",
    ),
    (
        ON_DATABASE.replace("203.0.113.0/24", "10.40.0.0/24"),
        "26: apps.orders.task_hub.database.ip_allow_list[0]: 10.40.0.0/24 is private, and the firewall of a SQL server sees "
        "public addresses, expected the public address it goes out by, or the application in a network (`network: "
        "{subnet: …}`) (Azure SQL Database IP firewall rules, 2022-03-09)",
    ),
    (
        ON_DATABASE.replace("[203.0.113.0/24]", "[]"),
        "26: apps.orders.task_hub.database.ip_allow_list: no address may reach the server, not even the application, "
        "expected ip_allow_list with the outbound ranges of the application, or the application in a network "
        "(`network: {subnet: …}`) (Azure SQL Database IP firewall rules, 2022-03-09)",
    ),
    (
        ON_DATABASE.replace("        ip_allow", "        public_network_access: false\n        ip_allow"),
        "26: apps.orders.task_hub.database.public_network_access: false for an application in no network: no private "
        "endpoint leads to the server, so it would never reach its hub, expected the application in a network "
        "(`network: {subnet: …}`), or true with its outbound ranges in ip_allow_list (private-endpoint-overview, read"
        " 2026-11-23)",
    ),
]


@pytest.mark.parametrize(
    ("text", "says"), REFUSED_OF_DATABASES, ids=[says.split(",")[0] for _, says in REFUSED_OF_DATABASES]
)
def test_a_database_that_cannot_be_is_refused_with_its_reason_and_what_can(
    text: str, says: str, good: str, problems_of: Problems
) -> None:
    assert problems_of({"dev.yaml": watched(good, text)}) == [f"environments/dev.yaml:{says}"]


@pytest.mark.parametrize(("text", "says"), REFUSED, ids=[says.split(",")[0] for _, says in REFUSED])
def test_what_cannot_work_is_refused_with_its_reason_and_what_would(
    text: str, says: str, good: str, problems_of: Problems
) -> None:
    assert problems_of(with_hub(good, text)) == [f"environments/dev.yaml:{says}"]


@pytest.mark.parametrize(
    ("sku", "why"),
    [
        ("FC1", "not confirmed that the platform, as an identity, sees what waits in the database there"),
        ("Y1", "as an identity the backend is scaled by the runtime only, which this plan does not know"),
        ("EP1", "where only the runtime itself sees what waits in the database, and is not asked to"),
    ],
)
def test_a_database_is_refused_where_nobody_would_see_what_waits_in_it(
    sku: str, why: str, good: str, problems_of: Problems
) -> None:
    plan = "      sku: EP1\n      zone_redundant: true\n      minimum_instances: 2\n"
    slots = "    slots:\n      staging: {hub_binding: slot}\n"
    node = good.replace(slots, "").replace('python, version: "3.12"', 'node, version: "22"')
    file = with_hub(node, ON_DATABASE)["dev.yaml"]
    assert isinstance(file, str)
    (problem,) = problems_of({"dev.yaml": file.replace(plan, f"      sku: {sku}\n")})
    assert f"apps.orders.task_hub.backend: mssql on {sku}" in problem
    assert why in problem
    assert "scale_monitoring: true" in problem


@pytest.mark.parametrize("there", ["REMINDER_HOURS", "CARRIER_API_KEY"])
def test_a_setting_that_would_be_taken_for_a_task_hub_is_refused_beside_another_backend(
    there: str, good: str, problems_of: Problems
) -> None:
    (problem,) = problems_of({"dev.yaml": good.replace(there, "sqldb_connection")})
    assert "the setting that leads to a task hub on mssql, beside backend azure-storage" in problem


@pytest.mark.parametrize("addresses", ["[203.0.113.7]", '["2001:db8::/32"]', "[0.0.0.0/0]"])
def test_addresses_and_ranges_are_taken_as_azure_takes_them(addresses: str, good: str, estate_of: EstateOf) -> None:
    app = app_with(good, ON_SCHEDULER.replace("[203.0.113.0/24]", addresses), estate_of)
    assert app.task_hub.scheduler is not None
    assert app.task_hub.scheduler.ip_allow_list == [addresses.strip('[]"')]


def closed(good: str, hub: str) -> str:
    """The good description with a hub that is closed to all networks, from line 24 (scheduler) or 26 (database) on."""
    said = "public_network_access: false"
    return watched(good, hub.replace("ip_allow_list: [203.0.113.0/24]", said))


@pytest.mark.parametrize(
    ("hub", "says"),
    [
        (
            ON_SCHEDULER,
            "23: apps.orders.task_hub.scheduler.public_network_access: false for an application in no network: no private "
            "endpoint leads to the scheduler, so it would never reach its hub, expected the application in a network (`network: "
            "{subnet: …}`), or true with its outbound ranges in ip_allow_list (durable-task-scheduler-private-endpoints, "
            "2026-03-24)",
        ),
        (
            ON_DATABASE,
            "26: apps.orders.task_hub.database.public_network_access: false for an application in no network: no private "
            "endpoint leads to the server, so it would never reach its hub, expected the application in a network (`network: "
            "{subnet: …}`), or true with its outbound ranges in ip_allow_list (private-endpoint-overview, read 2026-11-23)",
        ),
    ],
    ids=["a scheduler", "a server"],
)
def test_a_hub_closed_to_all_networks_is_refused_for_an_application_in_none_and_taken_for_one_in_a_network(
    hub: str, says: str, good: str, problems_of: Problems, estate_of: EstateOf
) -> None:
    assert problems_of({"dev.yaml": closed(good, hub)}) == [f"environments/dev.yaml:{says}"]
    network = "network: {address_space: [10.40.0.0/22], private_endpoints: {subnet: 10.40.0.0/26}}\napps:\n"
    inside = closed(good, hub).replace("    task_hub:\n", "    network: {subnet: 10.40.1.0/26}\n    task_hub:\n")
    assert not estate_of({"dev.yaml": inside.replace("apps:\n", network)})["dev"].apps["orders"].hub_is_public


@pytest.mark.parametrize(("hub", "what"), [(ON_SCHEDULER, "scheduler"), (ON_DATABASE, "server")])
def test_addresses_for_a_hub_that_only_a_private_endpoint_leads_to_get_one_line(
    hub: str, what: str, good: str, problems_of: Problems, estate_of: EstateOf
) -> None:
    network = "network: {address_space: [10.40.0.0/22], private_endpoints: {subnet: 10.40.0.0/26}}\napps:\n"
    text = watched(good, hub).replace("    task_hub:\n", "    network: {subnet: 10.40.1.0/26}\n    task_hub:\n")
    text = text.replace("apps:\n", network)
    [line] = problems_of({"dev.yaml": text})
    assert f"ip_allow_list: addresses for a {what} " in line
    assert "expected it left out, or `public_network_access: true` (" in line
    opened = text.replace("ip_allow_list: ", "public_network_access: true, ip_allow_list: ")
    if what == "server":
        opened = text.replace("        ip_allow_list: ", "        public_network_access: true\n        ip_allow_list: ")
    assert estate_of({"dev.yaml": opened})["dev"].apps["orders"].hub_is_public


def test_the_hubs_of_all_slots_live_in_the_one_scheduler_of_the_application(good: str, estate_of: EstateOf) -> None:
    hubs = list(task_hubs(estate_of(with_hub(good, ON_SCHEDULER))["dev"]))
    assert [(hub.name, hub.store) for hub in hubs] == [
        ("devorders", "dts-orders-dev"),
        ("devordersstaging", "dts-orders-dev"),
    ]
    place = SchedulerPlace("7c4e91d0-2a35-4b86-8f1e-52d90a6b3c27", "westeurope", "Dedicated")
    assert {hub.scheduler for hub in hubs} == {place}


def test_a_hub_keeps_its_name_whatever_it_lives_in(good: str, estate_of: EstateOf) -> None:
    before, after = (
        [hub.name for hub in task_hubs(estate_of(with_hub(good, text))["dev"])] for text in (ON_STORAGE, ON_SCHEDULER)
    )
    assert before == after


def test_the_way_to_the_scheduler_is_a_setting_without_a_secret_and_its_endpoint_is_not_made_up(
    good: str, estate_of: EstateOf
) -> None:
    environment = estate_of(with_hub(good, ON_SCHEDULER))["dev"]
    setting = next(one for one in settings_of(environment, "orders") if one.name == SCHEDULER_SETTING)
    assert setting.value == "Endpoint={scheduler_endpoint};Authentication=ManagedIdentity;ClientID={identity_client_id}"
    assert setting.derived
    assert not setting.sticky
    assert HUB_SETTING in sticky_names(environment, "orders")


def test_each_slot_has_a_database_of_its_own_on_the_one_server_of_the_application(
    good: str, estate_of: EstateOf
) -> None:
    environment = estate_of({"dev.yaml": on_database(good)})["dev"]
    server = environment.app_names("orders").sql_server
    hubs = list(task_hubs(environment))
    assert [(hub.name, hub.store) for hub in hubs] == [("devorders", server), ("devordersstaging", server)]
    ways = [
        next(one for one in settings_of(environment, "orders", slot) if one.name == DATABASE_SETTING)
        for slot in (None, "staging")
    ]
    assert [way.value.split(";")[:2] for way in ways] == [
        ["Server=tcp:{database_address},1433", "Database=devorders"],
        ["Server=tcp:{database_address},1433", "Database=devordersstaging"],
    ]
    assert all(
        "Authentication=Active Directory Managed Identity;User Id={identity_client_id};" in way.value for way in ways
    )
    assert not any("password" in way.value.lower() for way in ways)


@pytest.mark.parametrize(("binding", "sticky"), [("slot", True), ("code", False)])
def test_the_way_to_a_database_does_in_a_swap_what_the_name_of_the_hub_does(
    binding: str, sticky: bool, good: str, estate_of: EstateOf
) -> None:
    file = on_database(good).replace("hub_binding: slot", f"hub_binding: {binding}")
    names = sticky_names(estate_of({"dev.yaml": file})["dev"], "orders")
    assert (DATABASE_SETTING in names, HUB_SETTING in names) == (sticky, sticky)


def test_a_database_is_purged_by_somebody_and_days_count_from_creation(good: str, estate_of: EstateOf) -> None:
    file = on_database(good, "      purged_by: operator\n")
    kept = retention_of(estate_of({"dev.yaml": file})["dev"].apps["orders"])
    assert (kept.purged_by, kept.backend.counts_from, kept.backend.covers) == ("operator", "creation", "hub")


def test_zones_of_a_hyperscale_database_want_a_store_over_zones_since_its_data_are_where_its_backups_are(
    good: str, problems_of: Problems, estate_of: EstateOf
) -> None:
    zonal = on_database(good).replace("sku: S1", "sku: HS_Gen5_2\n        zone_redundant: true")
    assert estate_of({"dev.yaml": zonal})["dev"].apps["orders"].redundancy == "ZRS"
    (problem,) = problems_of({"dev.yaml": zonal.replace("      zone_redundant: true\n      minimum", "      minimum")})
    assert "apps.orders.task_hub.database.zone_redundant: zone_redundant on HS_Gen5_2, which keeps data and" in problem
    assert problem.endswith(
        "beside copies of LRS, expected `store: {redundancy: ZRS}` (or GZRS, RAGZRS) of the application, which its backups follow "
        "(Azure SQL availability through redundancy, 2025-10-21)"
    )


@pytest.mark.parametrize(
    ("said", "days", "long"),
    [
        ("backup_days: 14", 14, 0),
        ("long_term_backups: {weeks: 6}", 42, 42),
        ("long_term_backups: {weeks: 6, months: 12}", 372, 372),
        ("long_term_backups: {weeks: 6, years: 10, week_of_year: 20}", 3660, 3660),
        ("long_term_backups: {weeks: 1}\n        backup_days: 35", 35, 7),
    ],
)
def test_what_was_purged_is_in_backups_as_long_as_the_last_of_them_is_kept(
    said: str, days: int, long: int, good: str, estate_of: EstateOf
) -> None:
    file = on_database(good).replace("sku: S1", f"sku: S1\n        {said}")
    kept = retention_of(estate_of({"dev.yaml": file})["dev"].apps["orders"])
    assert (kept.days, kept.backup_days, kept.long_term_days) == (60, days, long)


def test_without_a_database_nothing_that_was_purged_is_in_backups(good: str, estate_of: EstateOf) -> None:
    kept = retention_of(app_with(good, ON_SCHEDULER, estate_of))
    assert (kept.backup_days, kept.long_term_days) == (0, 0)


def test_an_identity_of_a_long_name_is_refused_since_the_hub_would_be_called_otherwise(
    good: str, problems_of: Problems
) -> None:
    named = f"    names: {{identity: {'i' * 51}}}\n    orchestrations:\n"
    (problem,) = problems_of({"dev.yaml": on_database(good).replace("    orchestrations:\n", named)})
    assert "names.identity: a name of 51 letters, which the task hub takes from the database user and cuts" in problem


def test_on_azure_storage_no_setting_speaks_of_a_scheduler(good: str, estate_of: EstateOf) -> None:
    settings = settings_of(estate_of({"dev.yaml": good})["dev"], "orders")
    assert SCHEDULER_SETTING not in {setting.name for setting in settings}


def test_only_dedicated_has_a_capacity_and_one_unit_when_none_is_said(good: str, estate_of: EstateOf) -> None:
    units = []
    for text in (ON_SCHEDULER, ON_SCHEDULER.replace("Dedicated", "Consumption").replace("60", "30")):
        scheduler = app_with(good, text, estate_of).task_hub.scheduler
        units.append(scheduler and scheduler.units)
    assert units == [1, None]


def test_on_azure_storage_somebody_purges_and_days_count_from_creation(good: str, estate_of: EstateOf) -> None:
    kept = retention_of(app_with(good, ON_STORAGE + "      purged_by: operator\n", estate_of))
    assert (kept.purged_by, kept.backend.counts_from, kept.backend.covers) == ("operator", "creation", "hub")
    assert kept.reaches_back(timedelta(days=14)) == timedelta(days=60)


def test_a_scheduler_purges_all_its_hubs_and_days_count_from_the_end(good: str, estate_of: EstateOf) -> None:
    states = "      history_days_by_state: {completed: 0, failed: 90}\n"
    kept = retention_of(app_with(good, ON_SCHEDULER + states, estate_of))
    assert (kept.purged_by, kept.backend.counts_from, kept.backend.covers) == ("scheduler", "completion", "scheduler")
    assert (kept.days, kept.longest_days) == (60, 90)
    assert kept.reaches_back(timedelta(days=14)) == timedelta(days=104)


def test_history_that_nobody_declared_reaches_back_nobody_knows_how_far(good: str, estate_of: EstateOf) -> None:
    kept = retention_of(app_with(good, "      backend: azure-storage\n", estate_of))
    assert (kept.days, kept.longest_days, kept.reaches_back(None), kept.purged_by) == (None, None, None, None)


def test_no_sku_of_a_scheduler_keeps_more_than_a_state_may_be_told() -> None:
    _, most = catalogue.limit("history_days_of_state")
    assert max(sku.history_days for sku in catalogue.scheduler_skus().values()) == most


def test_the_page_of_backends_is_what_the_catalogue_says(project_root: Path) -> None:
    told = "run `python -m environments.backends_page`"
    assert (project_root / "docs" / "backends.md").read_text(encoding="utf-8") == page(), told
