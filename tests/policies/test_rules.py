"""Each rule finds what it is for, where it is, and nothing else; a sound world passes all of them."""

import typing
from collections.abc import Callable
from dataclasses import replace

import pytest

from plan import UNKNOWN, Secret
from policies import subjects
from policies.evaluate import locator, run
from policies.finding import Finding
from policies.rule import Level, Rule, Scope
from policies.rules import RULES
from tests.policies.case import Case
from tests.policies.cases import CASES
from tests.policies.cases.access import UNREAD
from tests.policies.cases.identity import nobody_knows_where
from tests.policies.cases.networks import UNKNOWN_IN_A_NETWORK
from tests.policies.cases.retention import lifecycle, table
from tests.policies.changes import both, put, setting
from tests.policies.on_database import on_database
from tests.policies.on_scheduler import on_scheduler
from tests.policies.sound import sound
from tests.policies.world import Change


def in_words(finding: Finding) -> str:
    who = "/".join(part for part in (finding.app, finding.slot) if part)
    return f"{finding.level.value} {who or '-'}"


def test_a_sound_world_breaks_no_rule() -> None:
    assert sound().findings() == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_finds_it_where_it_is_and_no_other_rule_does(case: Case) -> None:
    world = sound()
    case.change(world)
    findings = world.findings()
    assert {finding.rule for finding in findings} == ({case.rule} if case.expected else set())
    assert {in_words(finding) for finding in findings} == case.expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_every_rule_has_a_case_that_breaks_it(rule: Rule) -> None:
    assert any(case.expected for case in CASES if case.rule == rule.slug)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_every_rule_has_a_case_that_comes_close_and_does_not(rule: Rule) -> None:
    assert any(not case.expected for case in CASES if case.rule == rule.slug)


UNKNOWNS: dict[str, list[tuple[str, str]]] = {
    "hub-explicit": [("site", "TASKHUB_NAME"), ("staging", "siteConfig"), ("site", "siteConfig.appSettings")],
    "unique-task-hub": [
        ("site", "TASKHUB_NAME"),
        ("site", "siteConfig.appSettings"),
        ("site", "AzureWebJobsStorage__accountName"),
    ],
    "hub-no-default-name": [("staging", "TASKHUB_NAME")],
    "store-not-shared": [("site", "AzureWebJobsStorage__accountName")],
    "hub-not-overridden": [("site", "siteConfig.appSettings")],
    "hub-as-described": [("site", "TASKHUB_NAME"), ("staging", "AzureWebJobsStorage__accountName")],
    "hub-sticky": [("sticky", "appSettingNames"), ("staging", "name")],
    "telemetry-alike": [("workspace", "retentionInDays"), ("insights", "retentionInDays")],
    "workspace-capped": [("workspace", "workspaceCapping"), ("workspace", "workspaceCapping.dailyQuotaGb")],
    "store-by-identity": [("site", "AzureWebJobsStorage__accountName"), ("site", "AzureWebJobsStorage__credential")],
    "no-content-share": [("site", "siteConfig.appSettings")],
    "storage-roles": [("blobs-role", "roleDefinitionId"), ("store", "accountName")],
    "store-no-shared-key": [("store", "allowSharedKeyAccess")],
    "store-encrypted-transport": [("store", "enableHttpsTrafficOnly"), ("store", "minimumTlsVersion")],
    "store-not-public": [("store", "allowBlobPublicAccess"), ("packages", "publicAccess")],
    "store-soft-delete": [("blobs", "deleteRetentionPolicy"), ("blobs", "accountName")],
    "site-https-only": [("site", "httpsOnly")],
    "site-minimum-tls": [("staging", "siteConfig.minTlsVersion"), ("site", "siteConfig")],
    "site-no-ftp": [("site", "siteConfig.ftpsState")],
    "site-no-remote-debugging": [("site", "siteConfig.remoteDebuggingEnabled")],
    "site-no-publishing-password": [("site-ftp", "allow"), ("site-scm", "name")],
    "vault-rbac": [("vault", "properties"), ("vault", "properties.enableRbacAuthorization")],
    "vault-purge-protection": [("vault", "properties.enablePurgeProtection")],
    "host-id-own": [("site", "AzureFunctionsWebHost__hostid"), ("staging", "siteConfig.appSettings")],
    "host-id-sticky": [("sticky", "appSettingNames")],
    "setting-names-plain": [("site", "siteConfig.appSettings")],
    "telemetry-connected": [("site", "siteConfig.appSettings"), ("staging", "siteConfig")],
    "telemetry-by-identity": [("site", "siteConfig.appSettings")],
    "insights-no-key": [("insights", "disableLocalAuth")],
    "sampling-well-placed": [("site", "siteConfig.appSettings")],
    "identity-no-admin": [("blobs-role", "roleDefinitionId")],
    "vault-own": [("vault", "vaultName"), ("site", "siteConfig.appSettings")],
    "no-literal-secret": [("site", "siteConfig.appSettings")],
    "no-idle-identity": [("site", "identity.type")],
    "vault-reference-identity": [("site", "identity.type")],
    "vault-role": [("secrets-role", "roleDefinitionId"), ("site", "siteConfig.appSettings")],
    "principal-type-given": [("blobs-role", "principalType")],
    "function-keys-kept": [("site", "AzureWebJobsSecretStorageType"), ("site", "siteConfig.appSettings")],
    "store-takes-hubs": [("store", "kind"), ("store", "sku.name")],
    "store-zone-redundant": [("store", "sku"), ("store", "sku.name")],
    "store-no-foreign-tenant": [("store", "allowCrossTenantReplication")],
    "store-by-entra": [("store", "defaultToOAuthAuthentication")],
    "site-no-affinity": [("site", "clientAffinityEnabled")],
    "site-always-on": [("site", "siteConfig.alwaysOn"), ("plan", "sku.tier"), ("plan", "sku")],
    "site-64-bit": [("site", "siteConfig.use32BitWorkerProcess")],
    "site-http2": [("site", "siteConfig.http20Enabled")],
    "site-cors-named": [("site", "siteConfig.cors")],
    "vault-soft-delete": [("vault", "properties"), ("vault", "properties.softDeleteRetentionInDays")],
    "plan-zone-redundant": [("plan", "zoneRedundant")],
    "plan-two-instances": [("plan", "sku.tier"), ("plan", "sku")],
    "one-region": [("store", "location")],
    "owner-tagged": [("store", "tags"), ("workspace", "tags.owner")],
    "no-auto-swap": [("staging", "siteConfig.autoSwapSlotName"), ("site", "siteConfig")],
    "host-version": [("site", "FUNCTIONS_EXTENSION_VERSION"), ("site", "siteConfig.appSettings")],
    "worker-fits-stack": [("site", "FUNCTIONS_WORKER_RUNTIME"), ("staging", "siteConfig.linuxFxVersion")],
    "alert-tells-somebody": [("alert", "actions"), ("alert", "actions.actionGroups")],
    "vault-audited": [("vault-log", "logs")],
    "store-locked": [("lock", "level")],
    "site-not-open": [("site", "siteConfig.ipSecurityRestrictions"), ("staging", "siteConfig")],
    "scm-not-open": [("site", "siteConfig.scmIpSecurityRestrictionsUseMain")],
    "package-own": [("site", "WEBSITE_RUN_FROM_PACKAGE"), ("site", "siteConfig.appSettings")],
}


@pytest.mark.parametrize(
    ("slug", "resource", "path"), [(slug, *one) for slug, places in UNKNOWNS.items() for one in places]
)
def test_a_rule_that_cannot_decide_because_of_an_unknown_says_so_at_its_own_level(
    slug: str, resource: str, path: str
) -> None:
    world = sound()
    change: Callable[[str, str, object], Callable[..., None]] = put if path[0].islower() else setting
    change(resource, path, UNKNOWN)(world)
    rule = next(rule for rule in RULES if rule.slug == slug)
    levels = {finding.level for finding in world.findings() if finding.rule == slug}
    assert levels == {rule.level_in("production")}


#: Rules that read nothing an engine could not know: the description, `protect`, or whether something is there at all.
NEVER_UNKNOWN = {
    # of outputs, most are unknown before the first `up`: one that is called like a secret is told, a case of its own
    "outputs-hold-no-secret",
    "insights-workspace-based",
    "vault-reference-complete",
    "hub-protected",
    "settings-not-ignored",
    # counted over what is described
    "scheduler-quota",
    # an unknown address may be the same as another, and package-own says that it cannot be read
    "package-per-slot",
}
#: Unknown in a resource that the sound world has not, so a test of its own.
NOT_IN_THE_WORLD = {
    "role-scope-narrow",
    "table-keeps-telemetry",
    "lifecycle-spares-hubs",
    "flex-deployment-own",
    "scheduler-hub-made",
    "scheduler-role",
    "scheduler-not-open",
    "scheduler-purges",
    "scheduler-zonal",
    "database-hub-made",
    "database-by-entra",
    "database-tls",
    "database-not-open",
    "database-collated",
    "database-backed-up",
    "database-zonal",
    "authentication-enforced",
    "authentication-one-tenant",
    "authentication-names-callers",
    "front-door-pinned",
    *(slug for slug, _, _ in UNKNOWN_IN_A_NETWORK),
}


def test_no_rule_on_registered_values_is_left_out_of_the_unknowns() -> None:
    reading = {rule.slug for rule in RULES if rule.scope in (Scope.HUBS, Scope.RESOURCE, Scope.PLAN)}
    assert reading - set(UNKNOWNS) == NEVER_UNKNOWN | NOT_IN_THE_WORLD


def test_where_nothing_at_all_is_known_no_rule_that_stops_a_change_is_silent() -> None:
    world = sound()
    for resource in world.plan.resources.values():
        resource.inputs = dict.fromkeys(resource.inputs, UNKNOWN)
    stopping = {
        rule.slug
        for rule in RULES
        if rule.scope in (Scope.HUBS, Scope.RESOURCE, Scope.PLAN)
        and any(level.stops for level in rule.levels)
        and not rule.slug.startswith(("scheduler-", "database-"))
    }
    speaking = {finding.rule for finding in world.findings() if finding.level.stops}
    # These read relations and options, which are known, or the text of a setting, of which there is none.
    assert stopping - speaking <= {*NEVER_UNKNOWN, *NOT_IN_THE_WORLD}
    assert len(stopping & speaking) > 30


@pytest.mark.parametrize(
    ("slug", "change", "expected"),
    [
        ("table-keeps-telemetry", table("AppTraces", UNKNOWN), "error -"),
        ("lifecycle-spares-hubs", lifecycle(UNKNOWN), "critical claims"),
        ("lifecycle-spares-hubs", both(lifecycle("exp"), setting("site", "TASKHUB_NAME", UNKNOWN)), "critical claims"),
        ("scheduler-hub-made", on_scheduler(put("site-hub", "taskHubName", UNKNOWN)), "error claims"),
        ("scheduler-role", on_scheduler(put("site-work", "roleDefinitionId", UNKNOWN)), "error claims"),
        ("scheduler-not-open", on_scheduler(put("scheduler", "properties.ipAllowlist", UNKNOWN)), "warning claims"),
        ("scheduler-purges", on_scheduler(put("history", "properties", UNKNOWN)), "error claims"),
        ("scheduler-zonal", on_scheduler(put("scheduler", "properties.sku", UNKNOWN)), "warning claims"),
        *UNREAD,
        *UNKNOWN_IN_A_NETWORK,
        ("database-hub-made", on_database(put("site-database", "databaseName", UNKNOWN)), "error claims"),
        ("database-by-entra", on_database(put("server", "administrators", UNKNOWN)), "error claims"),
        ("database-tls", on_database(put("server", "minimalTlsVersion", UNKNOWN)), "error claims"),
        ("database-not-open", on_database(put("door", "startIpAddress", UNKNOWN)), "warning claims"),
        ("database-collated", on_database(put("site-database", "collation", UNKNOWN)), "warning claims"),
        ("database-backed-up", on_database(put("site-backups", "retentionDays", UNKNOWN)), "warning claims"),
        ("database-zonal", on_database(put("site-database", "zoneRedundant", UNKNOWN)), "warning claims"),
        ("role-scope-narrow", nobody_knows_where("secrets-role"), "error claims"),
    ],
)
def test_what_is_unknown_in_a_further_resource_is_said_as_well(slug: str, change: Change, expected: str) -> None:
    world = sound()
    change(world)
    assert {in_words(finding) for finding in world.findings() if finding.rule == slug} == {expected}


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.rule == "no-literal-secret" and case.expected], ids=str
)
def test_a_finding_about_a_secret_never_quotes_it(case: Case) -> None:
    world = sound()
    case.change(world)
    told = " ".join(f"{finding.message} {finding.fix}" for finding in world.findings())
    for secret in ("correct horse", "abc", "q8Zr2LxN0vTb7KfW3mHs9YpD1cJg5XaE", "hello"):
        assert secret not in told


def test_a_rule_that_raises_is_a_finding_that_names_no_value() -> None:
    def check(subject: subjects.ResourceSubject) -> typing.NoReturn:
        raise ValueError("AccountKey=abc")

    rule = replace(next(rule for rule in RULES if rule.slug == "store-no-shared-key"), check=check)
    store = sound()["store"]
    subject = next(
        one
        for scope, one in sound().subjects()
        if isinstance(one, subjects.ResourceSubject) and one.resource.urn == store.urn
    )
    (finding,) = run(rule, subject, locator(None))
    assert (finding.rule, finding.level, finding.app) == ("rule-broke", Level.ERROR, "claims")
    assert "store-no-shared-key broke (ValueError at test_rules.py:" in finding.message
    assert "abc" not in finding.message


def test_what_a_rule_found_before_it_raised_is_kept() -> None:
    def check(subject: subjects.PlanSubject) -> typing.Iterator[object]:
        yield from original.check(subject)
        raise KeyError("x")

    world = sound()
    next(case for case in CASES if case.rule == "store-soft-delete" and case.expected).change(world)
    original = next(rule for rule in RULES if rule.slug == "store-soft-delete")
    subject = next(one for scope, one in world.subjects() if scope is Scope.PLAN)
    found = run(replace(original, check=check), subject, locator(None))  # type: ignore[arg-type]
    assert [finding.rule for finding in found] == ["store-soft-delete", "rule-broke"]


def test_slugs_and_refs_are_each_there_once_and_in_order() -> None:
    refs = [rule.ref for rule in RULES]
    assert refs == sorted(set(refs))
    assert len({rule.slug for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_a_rule_looks_at_what_its_scope_says_and_stands_in_a_file_of_its_name(rule: Rule) -> None:
    hints = typing.get_type_hints(rule.check)
    assert hints["subject"].__name__ == f"{rule.scope.name.capitalize()}Subject"
    assert rule.check.__module__.endswith("." + rule.slug.replace("-", "_"))


def test_a_hub_that_is_a_secret_cannot_be_compared_and_is_not_printed() -> None:
    world = sound()
    setting("site", "TASKHUB_NAME", Secret("hunter2"))(world)
    findings = world.findings()
    assert {"hub-explicit", "unique-task-hub", "hub-as-described"} <= {finding.rule for finding in findings}
    assert not any("hunter2" in finding.message for finding in findings)
