"""The policy pack: the same rules in the engine, on what is really registered, and never silent."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from pulumi_policy import EnforcementLevel, Policy, Severity

from plan import UNKNOWN, Secret
from policies import pack
from policies.pack import in_one_line, policies_of
from policies.project import Description, find_description
from policies.rule import Rule, Violation
from policies.rules import RULES
from tests.policies.case import Case
from tests.policies.cases import CASES
from tests.policies.changes import both, put, setting, unset
from tests.policies.engine_calls import Told, described_in, told_by
from tests.policies.sound import sound
from tests.policies.world import TODAY, Change, World

PLACE = re.compile(r" \(environments/\w+\.yaml:\d+\)")
MANDATORY, ADVISORY = EnforcementLevel.MANDATORY, EnforcementLevel.ADVISORY


class Noon:
    """Stands for `datetime`, so that reviews are judged on the tests' own day."""

    @staticmethod
    def now(tz: object) -> "Noon":
        return Noon()

    def date(self) -> object:
        return TODAY


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack, "datetime", Noon)


def told(folder: Path, change: Change) -> list[Told]:
    world = sound()
    change(world)
    return told_by(policies_of(described_in(folder, world)), world.plan)


def nothing(world: World) -> None:
    """Leaves it as it is."""


# Hubs of other environments come from files.
SAME = [
    case
    for case in CASES
    if not case.what.startswith(("the same name in another", "another tier", "another application's", "26 hubs"))
]


@pytest.mark.parametrize("case", SAME, ids=str)
def test_check_and_pack_find_the_same(case: Case, tmp_path: Path) -> None:
    world = sound()
    case.change(world)
    reported = told_by(policies_of(described_in(tmp_path, world)), world.plan)
    # The pack knows the lines of a description; the world has none.
    said = {(PLACE.sub("", message), level) for _, level, message, _ in reported}
    assert said == {(in_one_line(one), MANDATORY if one.level.stops else ADVISORY) for one in world.findings()}
    assert len(reported) == len(world.findings())


def test_nothing_is_reported_of_a_sound_stack(tmp_path: Path) -> None:
    assert told(tmp_path, nothing) == []


def test_one_hub_in_production_and_its_slot_is_refused_though_all_else_is_unknown(tmp_path: Path) -> None:
    unknown = both(
        setting("staging", "TASKHUB_NAME", "prodclaims"),
        setting("site", "WEBSITE_RUN_FROM_PACKAGE", UNKNOWN),
        put("site", "serverFarmId", UNKNOWN),
        put("staging", "tags", UNKNOWN),
    )
    reported = [one for one in told(tmp_path, unknown) if one[0] == "unique-task-hub"]
    assert [level for _, level, _, _ in reported] == [MANDATORY, MANDATORY]
    assert "prod/claims/staging (environments/prod.yaml:" in reported[0][2]


def test_the_hub_of_another_environment_is_known_from_its_description(tmp_path: Path) -> None:
    world = sound()
    here = described_in(tmp_path, world)
    text = (tmp_path / "environments" / "prod.yaml").read_text()
    named = (
        text.replace("tier: production", "tier: staging")
        .replace("stclaimsprod", "stclaimstest")
        .replace("func-claims-prod", "func-claims-test")
        .replace("backend: azure-storage", "backend: azure-storage\n      name: ProdClaims")
    )
    (tmp_path / "environments" / "test.yaml").write_text(named)
    (reported,) = told_by(policies_of(here), world.plan)
    assert reported[:2] == ("unique-task-hub", MANDATORY)
    assert "is also the hub of test/claims/production (environments/test.yaml:" in reported[2]
    assert "(environments/prod.yaml:" in reported[2]


def test_a_broken_description_is_refused_and_never_read_as_no_collision(tmp_path: Path) -> None:
    world = sound()
    described = described_in(tmp_path, world)
    (tmp_path / "environments" / "test.yaml").write_text("tier: staging\ntier: production\n")
    reported = told_by(policies_of(described), world.plan)
    assert {one[0] for one in reported} == {"description-readable"}
    assert all(level is MANDATORY for _, level, _, _ in reported)
    assert any("environments/test.yaml:2: tier" in one[2] for one in reported)


def test_without_any_description_the_hubs_of_the_stack_are_still_compared() -> None:
    world = sound()
    setting("staging", "TASKHUB_NAME", "prodclaims")(world)
    reported = told_by(policies_of(Description(None)), world.plan)
    assert [one[0] for one in reported] == ["unique-task-hub", "unique-task-hub"]


def test_another_type_version_is_the_same_type(tmp_path: Path) -> None:
    world = sound()
    put("store", "allowSharedKeyAccess", True)(world)
    world["store"].type = "azure-native_storage_v20240101:storage/v20240101:StorageAccount"
    reported = told_by(policies_of(described_in(tmp_path, world)), world.plan)
    assert [one[0] for one in reported] == ["store-no-shared-key"]


def test_settings_of_a_site_that_was_not_registered_in_this_run_count_as_unknown(tmp_path: Path) -> None:
    world = sound()
    policies = policies_of(described_in(tmp_path, world))
    whole = [policy for policy in policies if policy.name in ("description-readable", "unique-task-hub")]
    reported = told_by(whole, world.plan)
    assert [one[:2] for one in reported] == [("unique-task-hub", MANDATORY)] * 2
    assert "cannot be read: it is unknown until Azure has made something" in reported[0][2]


@pytest.mark.parametrize("value", ["correct horse", Secret("correct horse")])
def test_no_report_quotes_a_secret(value: object, tmp_path: Path) -> None:
    reported = told(tmp_path, setting("site", "PARTNER_PASSWORD", value))
    assert [one[0] for one in reported] == ["no-literal-secret"]
    assert "correct horse" not in reported[0][2]


def test_a_report_is_one_line_with_ref_level_who_place_and_fix(tmp_path: Path) -> None:
    ((_, _, message, _),) = told(tmp_path, unset("site", "TASKHUB_NAME"))
    assert "\n" not in message
    assert message.startswith("HK104 hub-explicit (error): prod/claims: TASKHUB_NAME is not registered")
    assert "(environments/prod.yaml:" in message
    assert ". Fix: Keep TASKHUB_NAME" in message


def broken_rule(slug: str) -> Rule:
    def check(subject: object) -> Iterator[Violation]:
        raise RuntimeError("AccountKey=abc")
        yield

    return replace(next(rule for rule in RULES if rule.slug == slug), check=check)


@pytest.mark.parametrize(
    ("slug", "level"),
    [
        ("unique-task-hub", MANDATORY),
        ("site-no-ftp", MANDATORY),
        ("workspace-capped", ADVISORY),
        ("slots-versioned", MANDATORY),
    ],
)
def test_a_rule_that_breaks_is_reported_once_a_subject_and_ends_nothing(
    slug: str, level: EnforcementLevel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack, "RULES", tuple(broken_rule(rule.slug) if rule.slug == slug else rule for rule in RULES))
    reported = told(tmp_path, unset("staging", "TASKHUB_NAME"))
    broke = [one for one in reported if "HK901" in one[2]]
    assert {(one[0], one[1]) for one in broke} == {(slug, level)}
    assert all("abc" not in one[2] for one in broke)
    assert [one[0] for one in reported if one not in broke] == ["hub-explicit"]


def levels(policies: list[Policy]) -> dict[str, EnforcementLevel | None]:
    return {policy.name: policy.enforcement_level for policy in policies}


def test_rules_that_stop_are_mandatory_and_the_others_advisory() -> None:
    known = levels(policies_of(Description(None)))
    for rule in RULES:
        stopping = {level.stops for level in rule.levels}
        assert known[rule.slug] is (MANDATORY if True in stopping else ADVISORY)
        if len(stopping) == 2:
            assert known[f"{rule.slug}-advice"] is ADVISORY


def test_the_project_of_a_pack_is_the_one_named_else_the_folder_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HUBKEEPER_PROJECT", raising=False)
    assert find_description(tmp_path / "policies").root is None
    (tmp_path / "Pulumi.yaml").write_text("name: x\n")
    assert find_description(tmp_path / "policies").root == tmp_path
    monkeypatch.setenv("HUBKEEPER_PROJECT", "/somewhere")
    assert find_description(tmp_path / "policies").root == Path("/somewhere")


def test_a_finding_of_nobody_has_a_line_too() -> None:
    finding = next(iter(sound_with(unset("site", "TASKHUB_NAME")).findings()))
    assert in_one_line(replace(finding, app=None, file=None)).startswith("HK104 hub-explicit (error): prod: ")


def sound_with(change: Change) -> World:
    world = sound()
    change(world)
    return world


def test_a_severity_is_told_only_where_all_findings_of_a_policy_have_it() -> None:
    severities = {policy.name: policy.severity for policy in policies_of(Description(None))}
    assert severities["site-no-ftp"] is Severity.HIGH
    assert severities["unique-task-hub"] is None  # an error, and critical within one store
    assert severities["site-http2"] is Severity.LOW


def test_the_pack_has_the_version_of_the_package(project_root: Path) -> None:
    pack_file = yaml.safe_load((project_root / "policies" / "PulumiPolicy.yaml").read_text())
    package = tomllib.loads((project_root / "pyproject.toml").read_text())
    assert pack_file["version"] == package["project"]["version"]
