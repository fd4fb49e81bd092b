"""The pack as a process: started from elsewhere as the engine starts it, spoken to over gRPC."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from policies.rules import RULES
from tests.policies.changes import put, setting
from tests.policies.engine_calls import described_in, wire
from tests.policies.sound import sound
from tests.policies.world import World


@pytest.fixture(scope="module")
def served(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    command = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(project_root / "policies")]
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    described_in(elsewhere, sound())
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
