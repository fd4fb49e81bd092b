"""The pack as a process: started from elsewhere as the engine starts it, spoken to over gRPC."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from policies.rules import RULES
from tests.policies.changes import both, put, setting
from tests.policies.engine_calls import described_in, wire
from tests.policies.sound import sound
from tests.policies.world import World


@pytest.fixture(scope="module")
def served(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    command = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(project_root / "policies")]
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    world = sound()
    # The pack judges dates on the day it runs.
    world.described["apps"]["claims"]["task_hub"]["review_due"] = (
        datetime.now(tz=UTC).date() + timedelta(days=200)
    ).isoformat()
    described_in(elsewhere, world)
    variables = {"PATH": "", "HUBKEEPER_PROJECT": str(elsewhere)}
    with subprocess.Popen(
        command, cwd=elsewhere / "environments", stdout=subprocess.PIPE, text=True, env=variables
    ) as process:
        assert process.stdout
        port = process.stdout.readline().strip()
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            yield analyzer_pb2_grpc.AnalyzerStub(channel)  # type: ignore[no-untyped-call]
        process.terminate()


def analyzed(served: Any, world: World) -> list[Any]:
    """Every diagnostic of a whole run."""
    found: list[Any] = []
    shown = []
    for resource in world.plan.resources.values():
        options = analyzer_pb2.AnalyzerResourceOptions(protect=resource.protect, parent=resource.parent)
        same = {"type": resource.type, "urn": resource.urn, "name": resource.name, "options": options}
        found += served.Analyze(analyzer_pb2.AnalyzeRequest(**same, properties=struct(resource.inputs))).diagnostics
        outputs = {key: value for key, value in resource.inputs.items() if key != "siteConfig"}
        needs = {
            name: analyzer_pb2.AnalyzerPropertyDependencies(urns=urns)
            for name, urns in resource.property_dependencies.items()
        }
        one = analyzer_pb2.AnalyzerResource(
            **same, properties=struct(outputs), parent=resource.parent, propertyDependencies=needs
        )
        shown.append(one)
    return [*found, *served.AnalyzeStack(analyzer_pb2.AnalyzeStackRequest(resources=shown)).diagnostics]


def struct(values: dict[str, Any]) -> struct_pb2.Struct:
    made = struct_pb2.Struct()
    made.update(wire(values))
    return made


def test_it_starts_from_another_folder_and_lists_every_rule(served: Any) -> None:
    listed = {policy.name for policy in served.GetAnalyzerInfo(analyzer_pb2.AnalyzerInfo()).policies}
    assert {rule.slug for rule in RULES} <= listed


def test_the_sound_stack_passes(served: Any) -> None:
    assert [one.message for one in analyzed(served, sound())] == []


def test_a_hub_shared_with_the_slot_is_mandatory_and_names_the_slots_line(served: Any) -> None:
    world = sound()
    setting("staging", "TASKHUB_NAME", "prodclaims")(world)
    found = [one for one in analyzed(served, world) if one.policyName == "unique-task-hub"]
    assert [one.enforcementLevel for one in found] == [analyzer_pb2.MANDATORY] * 2
    assert "is also the hub of prod/claims/staging (environments/prod.yaml:" in found[0].message


def test_levels_are_set_by_pulumis_own_configuration(served: Any) -> None:
    world = sound()
    put("site", "httpsOnly", False)(world)
    advisory = analyzer_pb2.PolicyConfig(enforcementLevel=analyzer_pb2.ADVISORY)
    disabled = analyzer_pb2.PolicyConfig(enforcementLevel=analyzer_pb2.DISABLED)
    levels = []
    for config in ({}, {"site-https-only": advisory}, {"site-https-only": disabled}, {}):
        served.Configure(analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=config))
        levels.append([one.enforcementLevel for one in analyzed(served, world)])
    assert levels == [[analyzer_pb2.MANDATORY], [analyzer_pb2.ADVISORY], [], [analyzer_pb2.MANDATORY]]


def configured(served: Any, config: dict[str, Any]) -> None:
    """What the engine makes of a configuration file: a level, or a level and properties."""
    levels = {"mandatory": analyzer_pb2.MANDATORY, "advisory": analyzer_pb2.ADVISORY, "disabled": analyzer_pb2.DISABLED}
    known = {policy.name: policy for policy in served.GetAnalyzerInfo(analyzer_pb2.AnalyzerInfo()).policies}
    made = {}
    for name, value in config.items():
        values = {"enforcementLevel": value} if isinstance(value, str) else dict(value)
        level = levels.get(str(values.pop("enforcementLevel", "")), known[name].enforcementLevel)
        made[name] = analyzer_pb2.PolicyConfig(enforcementLevel=level, properties=struct(values))
    served.Configure(analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=made))


@pytest.mark.parametrize(("days", "found"), [(89, ["personal-history-bounded"]), (90, [])])
def test_a_parameter_is_set_by_pulumis_own_configuration(served: Any, days: int, found: list[str]) -> None:
    configured(served, {"personal-history-bounded": {"days": days}})
    assert [one.policyName for one in analyzed(served, sound())] == found
    configured(served, {})
    assert analyzed(served, sound()) == []


def test_the_engine_is_told_the_bounds_of_every_parameter(served: Any) -> None:
    told = {policy.name: policy.configSchema for policy in served.GetAnalyzerInfo(analyzer_pb2.AnalyzerInfo()).policies}
    for rule in RULES:
        for one in rule.parameters:
            schema = dict(told[rule.slug].properties[one.name])
            assert (schema["type"], schema["default"]) == ("integer", one.default)
            assert schema["minimum"] <= one.default <= schema["maximum"]


def test_the_configuration_shown_in_the_docs_is_one_the_pack_takes(served: Any, project_root: Path) -> None:
    text = (project_root / "docs" / "policy-pack.md").read_text(encoding="utf-8")
    shown = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert shown
    config = json.loads(shown[1])
    told = {policy.name: policy.configSchema for policy in served.GetAnalyzerInfo(analyzer_pb2.AnalyzerInfo()).policies}
    for name, value in config.items():
        values = value.keys() - {"enforcementLevel"} if isinstance(value, dict) else set()
        assert values <= set(dict(told[name].properties))
    world = sound()
    put("site", "siteConfig.http20Enabled", False)(world)
    configured(served, config)
    assert analyzed(served, world) == []
    configured(served, {})


def versioned(token: str) -> str:
    """The same type with an explicit API version, as a parameterized SDK names it."""
    _, module, name = token.split(":")
    return f"azure-native_{module}_v20241101:{module}/v20241101:{name}"


def test_resources_of_an_explicit_api_version_are_judged_alike(served: Any) -> None:
    world = sound()
    both(put("site", "siteConfig.ftpsState", "AllAllowed"), setting("staging", "TASKHUB_NAME", "prodclaims"))(world)
    found = [sorted(one.policyName for one in analyzed(served, world))]
    for resource in world.plan.resources.values():
        if resource.type.startswith("azure-native:"):
            resource.type = versioned(resource.type)
    found.append(sorted(one.policyName for one in analyzed(served, world)))
    assert found[0] == found[1] == ["hub-as-described", "site-no-ftp", "unique-task-hub", "unique-task-hub"]
