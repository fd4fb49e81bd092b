"""A waived finding in the engine: still told, and refuses nothing."""

from datetime import date
from pathlib import Path

import pytest
from pulumi_policy import EnforcementLevel

from policies import pack
from policies.pack import policies_of
from policies.waivers import FILE
from tests.policies.changes import put, setting
from tests.policies.engine_calls import Told, described_in, told_by
from tests.policies.sound import sound
from tests.policies.test_waivers import GOOD
from tests.policies.world import TODAY, Change

MANDATORY, ADVISORY = EnforcementLevel.MANDATORY, EnforcementLevel.ADVISORY
HTTPS = GOOD.replace("history-declared", "site-https-only").replace("prod/claims/*", "prod/claims/production")
SHARED = GOOD.replace("history-declared", "unique-task-hub").replace("prod/claims/*", "prod/claims/staging")


def told(folder: Path, waivers: str, change: Change, monkeypatch: pytest.MonkeyPatch, day: date = TODAY) -> list[Told]:
    monkeypatch.setattr(pack, "_today", lambda: day)
    world = sound()
    change(world)
    described = described_in(folder, world)
    file = folder / FILE
    file.parent.mkdir()
    file.write_text(waivers)
    return told_by(policies_of(described), world.plan)


def test_a_waived_finding_of_a_resource_is_advisory_and_says_until_when(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((policy, level, message, _),) = told(tmp_path, HTTPS, put("site", "httpsOnly", False), monkeypatch)
    assert (policy, level) == ("site-https-only-waived", ADVISORY)
    assert "Waived until 2027-02-01: The purge job is being built. Fix: " in message


def test_only_what_the_waiver_covers_is_waived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reported = told(tmp_path, SHARED, setting("staging", "TASKHUB_NAME", "prodclaims"), monkeypatch)
    assert {one[:2] for one in reported} >= {("unique-task-hub", MANDATORY), ("unique-task-hub-waived", ADVISORY)}
    assert len([one for one in reported if one[0].startswith("unique-task-hub")]) == 2


def test_after_its_last_day_the_finding_is_mandatory_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    after = date(2027, 2, 2)
    reported = told(tmp_path, HTTPS, put("site", "httpsOnly", False), monkeypatch, after)
    assert ("site-https-only", MANDATORY) in {one[:2] for one in reported}
    assert not any(one[0].endswith("-waived") for one in reported)


def test_waivers_that_cannot_be_read_are_refused_and_none_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = HTTPS.replace("    owner: claims-platform\n", "")
    reported = told(tmp_path, broken, put("site", "httpsOnly", False), monkeypatch)
    assert {one[:2] for one in reported} == {("site-https-only", MANDATORY), ("description-readable", MANDATORY)}
    assert any("policies/waivers.yaml:2: waivers[0].owner: missing" in one[2] for one in reported)
