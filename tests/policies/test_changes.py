"""Rules on a change: what becomes of running work between two states of one environment."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from environments import Environment, task_hubs
from plan import UNKNOWN, Secret
from policies.between_plans import effects_between
from policies.evaluate import locator, run
from policies.finding import Finding
from policies.registered_states import registered_state
from policies.rule import Level, Rule, Scope
from policies.rules.changes import CHANGES
from policies.states import described_state
from policies.subjects import ChangeSubject
from tests.policies.planned import planned
from tests.policies.sound import DESCRIBED, sound
from tests.policies.world import TODAY

Edit = Callable[[dict[str, Any]], None]


def put(path: str, value: object) -> Edit:
    def edit(described: dict[str, Any]) -> None:
        *above, last = path.split(".")
        for step in above:
            described = described.setdefault(step, {})
        described[last] = value

    return edit


def drop(path: str) -> Edit:
    def edit(described: dict[str, Any]) -> None:
        *above, last = path.split(".")
        for step in above:
            described = described[step]
        del described[last]

    return edit


def both(*edits: Edit) -> Edit:
    def edit(described: dict[str, Any]) -> None:
        for one in edits:
            one(described)

    return edit


def nothing(described: dict[str, Any]) -> None:
    """Leaves it as it is."""


def second_app(described: dict[str, Any]) -> None:
    described["apps"]["freight"] = deepcopy(described["apps"]["claims"])
    described["apps"]["freight"]["names"] = {"storage_account": "stfreightprod"}


def edited(*edits: Edit) -> Environment:
    described = deepcopy(DESCRIBED)
    both(*edits)(described)
    return Environment.model_validate(described)


#: Rules that see single resources, and so need both plans.
SEES_RESOURCES = ("data-replaced", "host-restarted")


def found(
    before: Environment | None, after: Environment | None, today: date = TODAY, *, plans: bool = False
) -> list[Finding]:
    effects = effects_between(planned(before), planned(after)) if plans and before and after else ()
    subject = ChangeSubject(
        described_state(before) if before else None,
        described_state(after) if after else None,
        today,
        tuple(task_hubs(before)) if before else (),
        tuple(task_hubs(after)) if after else (),
        effects,
    )
    return [one for rule in CHANGES for one in run(rule, subject, locator(None))]


def told(findings: list[Finding]) -> set[str]:
    return {f"{one.rule} {one.level.value} {one.app or '-'}/{one.slot or 'production'}" for one in findings}


CLAIMS, HUB = "apps.claims", "apps.claims.task_hub"
IN_NETWORK = both(
    put("network", {"address_space": ["10.40.0.0/22"], "private_endpoints": {"subnet": "10.40.0.0/26"}}),
    put(f"{CLAIMS}.network", {"subnet": "10.40.1.0/26"}),
)
DATABASE = {
    "sku": "HS_Gen5_2",
    "zone_redundant": True,
    "administrators": {"group": "sg-claims-sql", "object_id": "4d1f6b92-8a3e-4c57-9f20-6b8e1d7a3c45"},
    "ip_allow_list": ["203.0.113.0/28"],
}


def in_database(**over: object) -> Edit:
    return both(
        put(f"{CLAIMS}.plan.scale_monitoring", True),
        put(f"{HUB}.backend", "mssql"),
        put(f"{HUB}.database", DATABASE | over),
    )


WIDER = put(f"{CLAIMS}.network", {"subnet": "10.40.2.0/25"})
FINDS: list[tuple[str, str, Edit, Edit, set[str]]] = [
    ("hub-left-behind", "another name", nothing, put(f"{HUB}.name", "claims2"), {"critical claims/production"}),
    (
        "hub-left-behind",
        "a slot's other name",
        nothing,
        put(f"{CLAIMS}.slots.staging.task_hub", "claims2"),
        {"critical claims/staging"},
    ),
    ("hub-left-behind", "only the case of it", nothing, put(f"{HUB}.name", "PRODclaims"), set()),
    ("store-replaced", "another region", nothing, put("location", "northeurope"), {"critical claims/production"}),
    (
        "store-replaced",
        "another account",
        nothing,
        put(f"{CLAIMS}.names.storage_account", "stother"),
        {"critical claims/production"},
    ),
    (
        "store-replaced",
        "another subscription",
        nothing,
        put("subscription_id", "8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55"),
        {"critical claims/production"},
    ),
    (
        "store-replaced",
        "another group",
        nothing,
        put("names.resource_group", "rg-other"),
        {"critical claims/production"},
    ),
    ("store-replaced", "more days of soft delete", nothing, put(f"{CLAIMS}.store.soft_delete_days", 30), set()),
    ("hub-repartitioned", "more partitions", nothing, put(f"{HUB}.partition_count", 8), {"critical claims/production"}),
    ("hub-repartitioned", "the default, said", nothing, put(f"{HUB}.partition_count", 4), set()),
    (
        "hub-taken-over",
        "production and slot exchanged",
        nothing,
        both(put(f"{HUB}.name", "prodclaimsstaging"), put(f"{CLAIMS}.slots.staging.task_hub", "prodclaims")),
        {"critical claims/production", "critical claims/staging"},
    ),
    (
        "hub-taken-over",
        "the hub of a renamed slot",
        nothing,
        both(
            drop(f"{CLAIMS}.slots.staging"),
            put(f"{CLAIMS}.slots.blue", {"hub_binding": "slot", "task_hub": "prodclaimsstaging"}),
        ),
        {"warning claims/blue"},
    ),
    (
        "hub-taken-over",
        "exchanged after a swap, where hubs travel with the code",
        put(f"{CLAIMS}.slots.staging.hub_binding", "code"),
        both(put(f"{HUB}.name", "prodclaimsstaging"), put(f"{CLAIMS}.slots.staging.task_hub", "prodclaims")),
        set(),
    ),
    ("slot-removed", "no slot any more", nothing, drop(f"{CLAIMS}.slots"), {"error claims/staging"}),
    ("slot-removed", "a slot more", nothing, put(f"{CLAIMS}.slots.blue", {"hub_binding": "slot"}), set()),
    (
        "slot-strategy-changed",
        "travels instead of staying",
        nothing,
        put(f"{CLAIMS}.slots.staging.hub_binding", "code"),
        {"error claims/staging"},
    ),
    ("app-removed", "one of two", second_app, drop("apps.freight"), {"critical freight/production"}),
    ("app-removed", "one more", nothing, second_app, set()),
    ("protection-removed", "development", nothing, put("tier", "development"), {"error -/production"}),
    ("protection-removed", "staging", nothing, put("tier", "staging"), {"warning -/production"}),
    ("protection-removed", "no lock", nothing, put(f"{CLAIMS}.store", {"lock": False}), {"warning claims/production"}),
    ("protection-removed", "a higher tier", put("tier", "staging"), put("tier", "production"), set()),
    ("subnet-held", "another range", IN_NETWORK, WIDER, {"error claims/production"}),
    ("subnet-held", "into the network", nothing, IN_NETWORK, set()),
    ("network-left", "out of the network", IN_NETWORK, drop(f"{CLAIMS}.network"), {"error claims/production"}),
    (
        "network-left",
        "another place in it",
        IN_NETWORK,
        put(f"{CLAIMS}.network", {"subnet": "10.40.1.0/26", "public": False}),
        set(),
    ),
    (
        "access-opened",
        "nobody is kept out any more",
        nothing,
        drop(f"{CLAIMS}.access.allowed_addresses"),
        {"error claims/production"},
    ),
    (
        "access-opened",
        "open, and it says why",
        nothing,
        put(f"{CLAIMS}.access", {"open_to_everyone": "a form", "system_key": {"holders": []}}),
        {"error claims/production"},
    ),
    (
        "access-opened",
        "the address does not matter any more, the token does",
        put(f"{CLAIMS}.access.authentication", {"client_id": "8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55"}),
        drop(f"{CLAIMS}.access.allowed_addresses"),
        {"note claims/production"},
    ),
    (
        "access-opened",
        "other addresses",
        nothing,
        put(f"{CLAIMS}.access.allowed_addresses", ["198.51.100.0/27"]),
        set(),
    ),
    (
        "access-opened",
        "many addresses more",
        nothing,
        put(f"{CLAIMS}.access.allowed_addresses", ["203.0.112.0/20"]),
        {"note claims/production"},
    ),
    (
        "access-opened",
        "one address more, for a slot only",
        put(f"{CLAIMS}.slots.staging.access", {"allowed_addresses": ["198.51.100.0/27"]}),
        put(f"{CLAIMS}.slots.staging.access", {"allowed_addresses": ["198.51.100.0/27", "198.51.100.77"]}),
        {"note claims/staging"},
    ),
    (
        "access-opened",
        "fewer addresses",
        put(f"{CLAIMS}.access.allowed_addresses", ["203.0.112.0/20"]),
        nothing,
        set(),
    ),
    (
        "access-opened",
        "the same addresses in two halves",
        nothing,
        put(f"{CLAIMS}.access.allowed_addresses", ["203.0.113.8/29", "203.0.113.0/29"]),
        set(),
    ),
    (
        "access-opened",
        "a slot for testers",
        nothing,
        put(f"{CLAIMS}.slots.staging.access", {"allowed_addresses": ["198.51.100.0/27"]}),
        set(),
    ),
    (
        "access-opened",
        "a slot that asks for a token, and lets everybody ask",
        nothing,
        put(
            f"{CLAIMS}.slots.staging.access",
            {"authentication": {"client_id": "8b7d2c14-50e6-4f0a-b3a9-6d1f2e4c8a55"}},
        ),
        {"note claims/staging"},
    ),
    (
        "access-opened",
        "a slot open for a trial",
        nothing,
        put(f"{CLAIMS}.slots.staging.access", {"open_to_everyone": "a trial"}),
        {"error claims/staging"},
    ),
    (
        "access-opened",
        "production alone, while the slot keeps its own",
        put(f"{CLAIMS}.slots.staging.access", {"allowed_addresses": ["198.51.100.0/27"]}),
        drop(f"{CLAIMS}.access.allowed_addresses"),
        {"error claims/production"},
    ),
    (
        "access-opened",
        "in development",
        put("tier", "development"),
        drop(f"{CLAIMS}.access"),
        {"note claims/production"},
    ),
    (
        "retention-shortened",
        "history and telemetry",
        nothing,
        both(put(f"{HUB}.history_days", 60), put("telemetry.retention_days", 120)),
        {"error claims/production", "error -/production"},
    ),
    (
        "retention-shortened",
        "soft delete",
        nothing,
        put(f"{CLAIMS}.vault.soft_delete_days", 30),
        {"error claims/production"},
    ),
    (
        "retention-shortened",
        "days that a database can be taken back",
        in_database(backup_days=14),
        put(f"{HUB}.database.backup_days", 7),
        {"error claims/production"},
    ),
    (
        "database-convertible",
        "out of Hyperscale",
        in_database(),
        put(f"{HUB}.database.sku", "GP_Gen5_2"),
        {"error claims/production"},
    ),
    (
        "database-convertible",
        "from Basic to Hyperscale",
        in_database(sku="Basic", zone_redundant=False),
        put(f"{HUB}.database.sku", "HS_Gen5_2"),
        {"error claims/production"},
    ),
    (
        "database-convertible",
        "other zones and other copies",
        in_database(),
        both(put(f"{HUB}.database.zone_redundant", False), put(f"{CLAIMS}.store", {"redundancy": "GZRS"})),
        {"error claims/production"},
    ),
    (
        "database-convertible",
        "to Hyperscale, with zones",
        in_database(sku="GP_S_Gen5_2", zone_redundant=False),
        in_database(),
        set(),
    ),
    ("database-convertible", "larger", in_database(), put(f"{HUB}.database.sku", "HS_Gen5_8"), set()),
    (
        "store-convertible",
        "a plan that is to be spread over zones, and its store with it",
        both(put(f"{CLAIMS}.plan.zone_redundant", False), put(f"{CLAIMS}.store", {})),
        both(put(f"{CLAIMS}.plan.zone_redundant", True), put(f"{CLAIMS}.store", {})),
        {"error claims/production"},
    ),
    (
        "store-convertible",
        "out of the zones",
        both(put(f"{CLAIMS}.plan.zone_redundant", False), put(f"{CLAIMS}.store", {"redundancy": "GZRS"})),
        both(put(f"{CLAIMS}.plan.zone_redundant", False), put(f"{CLAIMS}.store", {"redundancy": "LRS"})),
        {"error claims/production"},
    ),
    (
        "store-convertible",
        "a second region",
        put(f"{CLAIMS}.store", {"redundancy": "ZRS"}),
        put(f"{CLAIMS}.store", {"redundancy": "RAGZRS"}),
        set(),
    ),
    ("retention-shortened", "longer", nothing, put(f"{HUB}.history_days", 120), set()),
    (
        "review-moved-away",
        "put off",
        nothing,
        put(f"{HUB}.review_due", "2027-11-01"),
        {"warning claims/production"},
    ),
    ("review-moved-away", "no review", nothing, drop(f"{HUB}.review_due"), {"warning claims/production"}),
    (
        "review-moved-away",
        "done when it was due",
        put(f"{HUB}.review_due", "2026-12-01"),
        put(f"{HUB}.review_due", "2027-11-01"),
        set(),
    ),
    ("review-moved-away", "earlier", nothing, put(f"{HUB}.review_due", "2027-01-01"), set()),
    (
        "review-moved-away",
        "no longer personal",
        nothing,
        put(f"{HUB}.personal_data", False),
        {"warning claims/production"},
    ),
    (
        "version-lowered",
        "lower by number, higher by text",
        put(f"{CLAIMS}.versioning.default_version", "1.10"),
        put(f"{CLAIMS}.versioning.default_version", "1.9"),
        {"error claims/production"},
    ),
    ("version-lowered", "removed", nothing, drop(f"{CLAIMS}.versioning"), {"error claims/production"}),
    ("version-lowered", "the same, longer", nothing, put(f"{CLAIMS}.versioning.default_version", "1.4.0"), set()),
    (
        "language-changed",
        "another language",
        nothing,
        put(f"{CLAIMS}.runtime", {"language": "node", "version": "22"}),
        {"error claims/production"},
    ),
    (
        "language-changed",
        "another version of it",
        nothing,
        put(f"{CLAIMS}.runtime", {"language": "python", "version": "3.11"}),
        set(),
    ),
    (
        "data-replaced",
        "another workspace",
        nothing,
        put("names", {"workspace": "log-other"}),
        {"error -/production"},
    ),
    ("data-replaced", "more telemetry a day", nothing, put("telemetry.daily_cap_gb", 30.0), set()),
    (
        "hosting-changed",
        "Flex Consumption instead of Elastic Premium",
        both(drop(f"{CLAIMS}.slots"), put(f"{CLAIMS}.plan", {"sku": "EP1", "maximum_instances": 40})),
        put(f"{CLAIMS}.plan.sku", "FC1"),
        {"error claims/production"},
    ),
    (
        "hosting-changed",
        "Dedicated instead of Elastic Premium",
        nothing,
        put(f"{CLAIMS}.plan", {"sku": "P1v3", "zone_redundant": True, "minimum_instances": 2}),
        {"warning claims/production"},
    ),
    ("hosting-changed", "a larger plan of the kind", nothing, put(f"{CLAIMS}.plan.sku", "EP2"), set()),
    (
        "host-restarted",
        "a setting",
        nothing,
        put(f"{CLAIMS}.settings", {"REMINDER_HOURS": "24"}),
        {"note claims/production"},
    ),
    ("host-restarted", "a larger plan", nothing, put(f"{CLAIMS}.plan.sku", "EP2"), {"note claims/production"}),
    (
        "host-restarted",
        "another function app",
        nothing,
        put(f"{CLAIMS}.names.function_app", "func-other"),
        {"note claims/production"},
    ),
    ("host-restarted", "only the tags", nothing, put("tags", {"cost-center": "12"}), set()),
    ("host-restarted", "a slot more", nothing, put(f"{CLAIMS}.slots.blue", {"hub_binding": "slot"}), set()),
]


@pytest.mark.parametrize(
    ("rule", "what", "before", "after", "expected"), FINDS, ids=[f"{one[0]}: {one[1]}" for one in FINDS]
)
def test_a_rule_on_changes_finds_it_and_no_other_rule_does(
    rule: str, what: str, before: Edit, after: Edit, expected: set[str]
) -> None:
    findings = found(edited(before), edited(before, after), plans=rule in SEES_RESOURCES)
    assert told(findings) == {f"{rule} {one}" for one in expected}


@pytest.mark.parametrize("rule", CHANGES, ids=lambda rule: rule.slug)
def test_every_rule_on_changes_has_a_case_that_breaks_it_and_one_that_comes_close(rule: Rule) -> None:
    cases = [expected for slug, _, _, _, expected in FINDS if slug == rule.slug]
    assert any(cases), "no case breaks it"
    if rule.slug != "slot-strategy-changed":  # nothing but the strategy itself is near it
        assert not all(cases), "no case comes close"


@pytest.mark.parametrize("rule", CHANGES, ids=lambda rule: rule.slug)
def test_a_rule_on_changes_stands_in_a_file_of_its_name(rule: Rule) -> None:
    assert rule.scope is Scope.CHANGE
    assert rule.check.__module__.endswith("." + rule.slug.replace("-", "_"))


def test_refs_of_rules_on_changes_are_in_order() -> None:
    refs = [rule.ref for rule in CHANGES]
    assert refs == sorted(set(refs))


def test_no_change_finds_nothing() -> None:
    assert found(edited(), edited()) == []


def test_a_new_environment_finds_nothing() -> None:
    assert found(None, edited()) == []


def test_a_removed_environment_is_one_finding_that_names_its_hubs() -> None:
    (finding,) = found(edited(), None)
    assert (finding.rule, finding.level, finding.app) == ("app-removed", Level.CRITICAL, None)
    assert "prodclaims, prodclaimsstaging" in finding.message


def test_development_may_change_as_it_likes_and_is_only_told() -> None:
    edit = put("tier", "development")
    (finding,) = found(edited(edit), edited(edit, put(f"{HUB}.name", "claims2")))
    assert finding.level is Level.NOTE


def test_a_tier_lowered_along_the_way_makes_nothing_less_strict() -> None:
    findings = found(edited(), edited(put("tier", "development"), put(f"{HUB}.name", "claims2")))
    assert "hub-left-behind critical claims/production" in told(findings)


def test_a_hub_that_another_environment_had_is_taken_over() -> None:
    test = edited(put("name", "test"), put("tier", "staging"), put(f"{HUB}.name", "testclaims"))
    subject = ChangeSubject(
        None,
        described_state(edited(put(f"{HUB}.name", "testclaims"))),
        TODAY,
        tuple(task_hubs(test)),
        tuple(task_hubs(test)),
    )
    findings = [one for rule in CHANGES for one in run(rule, subject, locator(None))]
    assert told(findings) == {"hub-taken-over critical claims/production"}
    assert "was that of test/claims/production" in findings[0].message


def test_more_addresses_are_counted_once_for_all_slots_that_have_them() -> None:
    wider = edited(put(f"{CLAIMS}.access.allowed_addresses", ["203.0.112.0/20"]))
    told_of = [one for one in found(edited(), wider) if one.rule == "access-opened"]
    assert [one.message for one in told_of] == ["more addresses get in: 16 become 4096"]


def test_who_has_said_why_it_is_open_is_not_told_to_say_it() -> None:
    said = put(f"{CLAIMS}.access", {"open_to_everyone": "a form", "system_key": {"holders": []}})
    (as_said,) = (one for one in found(edited(), edited(said)) if one.rule == "access-opened")
    (unsaid,) = (one for one in found(edited(), edited(drop(f"{CLAIMS}.access"))) if one.rule == "access-opened")
    assert "open_to_everyone" not in as_said.fix
    assert "waive this finding" in as_said.fix
    assert "open_to_everyone: <why>" in unsaid.fix


def test_a_hub_that_is_left_behind_is_named_in_what_is_told_to_do() -> None:
    renamed = edited(put(f"{HUB}.name", "claims2"), put(f"{CLAIMS}.slots.staging.task_hub", "claims3"))
    left = {one.slot: one for one in found(edited(), renamed) if one.rule == "hub-left-behind"}
    production, staging = left[None], left["staging"]
    assert "`task_hub: {name: prodclaims}`" in production.fix
    assert "`hubkeeper up prod --abandon-hub prodclaims`" in production.fix
    assert "`slots: {staging: {task_hub: prodclaimsstaging}}`" in staging.fix


@pytest.mark.parametrize(
    ("before", "after", "sku", "keep", "place"),
    [
        (False, True, "Standard_ZRS", "`store: {redundancy: LRS}` and leave the plan in one zone", "plan"),
        (True, False, "Standard_LRS", "`store: {redundancy: ZRS}`", "plan"),
    ],
    ids=["into zones", "out of them"],
)
def test_a_store_is_told_the_conversion_of_its_own_direction(
    before: bool, after: bool, sku: str, keep: str, place: str
) -> None:
    was, now = (
        edited(put(f"{CLAIMS}.store", {}), put(f"{CLAIMS}.plan.zone_redundant", one)) for one in (before, after)
    )
    (finding,) = (one for one in found(was, now) if one.rule == "store-convertible")
    account = was.app_names("claims").storage_account
    command = f"az storage account migration start --account-name {account} --resource-group {was.resource_names.resource_group}"
    assert f"{command} --sku {sku} --name default" in finding.fix
    assert "migration" not in finding.message
    assert f"say {keep}." in finding.fix
    assert finding.place == f"apps.claims.{place}"


DEPLOYED: list[tuple[str, Callable[[Any], None], set[str]]] = [
    ("nothing", lambda world: None, set()),
    (
        "the hub's setting",
        lambda world: _setting(world["site"], "TASKHUB_NAME", "other"),
        {"hub-left-behind critical claims/production"},
    ),
    (
        "a hub's name that is unknown",
        lambda world: _setting(world["site"], "TASKHUB_NAME", UNKNOWN),
        {"hub-left-behind critical claims/production"},
    ),
    (
        "the hub of the slot, secret",
        lambda world: _setting(world["staging"], "TASKHUB_NAME", Secret("x")),
        {"hub-left-behind critical claims/staging"},
    ),
    (
        "the account's kind",
        lambda world: world["store"].inputs.update(kind="BlobStorage"),
        {"store-replaced critical claims/production"},
    ),
    (
        "the account's protection",
        lambda world: setattr(world["store"], "protect", False),
        {"protection-removed error claims/production"},
    ),
    (
        "the workspace's days",
        lambda world: world["workspace"].inputs.update(retentionInDays=30),
        {"retention-shortened error -/production"},
    ),
    (
        "a slot that answers everybody",
        lambda world: (
            world["staging"]
            .inputs["siteConfig"]
            .update(ipSecurityRestrictions=[], ipSecurityRestrictionsDefaultAction="Allow")
        ),
        {"access-opened error claims/staging"},
    ),
    (
        "a slot of which nobody knows yet whom it lets in",
        lambda world: world["staging"].inputs["siteConfig"].update(ipSecurityRestrictionsDefaultAction=UNKNOWN),
        set(),
    ),
]


def _setting(site: Any, name: str, value: object) -> None:
    for entry in site.inputs["siteConfig"]["appSettings"]:
        if entry["name"] == name:
            entry["value"] = value


@pytest.mark.parametrize(("what", "change", "expected"), DEPLOYED, ids=[one[0] for one in DEPLOYED])
def test_what_is_planned_is_held_against_what_is_deployed(
    what: str, change: Callable[[Any], None], expected: set[str]
) -> None:
    world = sound()
    world["store"].inputs["kind"] = "StorageV2"
    before = registered_state(world.plan)
    changed = deepcopy(world)
    change(changed)
    after = registered_state(changed.plan)
    subject = ChangeSubject(before, after, TODAY, tuple(before.hubs()), tuple(after.hubs()))
    assert told([one for rule in CHANGES for one in run(rule, subject, locator(None))]) == expected


def test_what_is_deployed_and_what_is_described_agree_as_far_as_both_know() -> None:
    described, registered = described_state(edited()), registered_state(sound().plan)
    ours, theirs = described.apps["claims"], registered.apps["claims"]
    assert {slot: hub.key for slot, hub in ours.hubs.items()} == {slot: hub.key for slot, hub in theirs.hubs.items()}
    assert (theirs.language, theirs.protected) == (ours.language, ours.protected)
    assert theirs.guards == ours.guards == {None: {"a list of addresses"}, "staging": {"a list of addresses"}}
    assert theirs.addresses == ours.addresses == {None: ("203.0.113.0/28",), "staging": ("203.0.113.0/28",)}
    assert theirs.store["name"] == ours.store["name"]
    assert (registered.tier, registered.days) == (described.tier, described.days)
