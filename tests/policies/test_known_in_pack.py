"""A finding of the baseline in the engine: still told, and refuses nothing; one more of its kind does."""

import json
from pathlib import Path

import pytest
from pulumi_policy import EnforcementLevel

from policies import pack
from policies.baseline import FILE, recorded, written
from policies.pack import policies_of
from tests.policies.changes import both, put, setting
from tests.policies.engine_calls import Told, described_in, told_by
from tests.policies.sound import sound
from tests.policies.world import TODAY, Change

MANDATORY, ADVISORY = EnforcementLevel.MANDATORY, EnforcementLevel.ADVISORY
HTTP = put("site", "httpsOnly", False)
SHARED = setting("staging", "TASKHUB_NAME", "prodclaims")


def told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, before: Change, now: Change
) -> set[tuple[str, EnforcementLevel]]:
    """What the pack reports where a baseline was written before the last change."""
    monkeypatch.setattr(pack, "_today", lambda: TODAY)
    was, world = sound(), sound()
    before(was)
    now(world)
    described = described_in(folder, world)
    file = folder / FILE
    file.parent.mkdir()
    file.write_text(written(recorded(was.findings(), (), None)))
    reported: list[Told] = told_by(policies_of(described), world.plan)
    return {(policy, level) for policy, level, _, _ in reported}


def test_what_is_known_of_a_resource_is_advisory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(tmp_path, monkeypatch, HTTP, HTTP) == {("site-https-only-known", ADVISORY)}


def test_what_is_known_of_a_whole_stack_is_advisory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = told(tmp_path, monkeypatch, SHARED, SHARED)
    assert found == {("unique-task-hub-known", ADVISORY), ("hub-as-described-known", ADVISORY)}


def test_the_same_mistake_at_another_place_is_mandatory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = told(tmp_path, monkeypatch, HTTP, both(HTTP, put("staging", "httpsOnly", False)))
    assert found == {("site-https-only-known", ADVISORY), ("site-https-only", MANDATORY)}


def test_a_baseline_that_cannot_be_used_is_refused_and_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack, "_today", lambda: TODAY)
    world = sound()
    HTTP(world)
    described = described_in(tmp_path, world)
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text(json.dumps({"version": 2, "findings": []}))
    reported = told_by(policies_of(described), world.plan)
    assert {one[:2] for one in reported} == {("site-https-only", MANDATORY), ("description-readable", MANDATORY)}
    assert any("baseline.json:1: version 2, expected 1; until then nothing is known" in one[2] for one in reported)
