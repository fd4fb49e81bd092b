"""The pack over states that the real engine exported: by `pulumi policy analyze` itself, and as it gives them to the pack.

It gives inputs first, then outputs: pulumi/pulumi, pkg/resource/deploy/analyze_snapshot.go, 3.255. The command came with 3.229,
its --file with 3.249; with an older CLI the tests that need it say so.
"""

import json
import os
import re
import sys
from copy import deepcopy
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2
from pulumi_policy import EnforcementLevel
from pulumi_policy import policy as sdk

from plan.deployment import SECRET_SIGNATURE, SIGNATURE
from policies.decode_once import install
from policies.pack import policies_of
from policies.project import Description
from tests.engine.already_up import AlreadyUp
from tests.engine.workbench import Answer, Workbench

pytestmark = pytest.mark.engine
State = list[dict[str, Any]]


@pytest.fixture(scope="module")
def bench(already_up: AlreadyUp, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """A project in which dev and test are up."""
    bench = already_up.applications(tmp_path_factory.mktemp("analyzed") / "project", "dev", "claims")
    answer = bench.run("up", "test", "--local", "--yes")
    assert answer.code == 0, answer.out + answer.err
    return bench


@pytest.fixture(scope="module")
def deployed(bench: Workbench) -> tuple[Path, State]:
    """The project, and the resources of its dev and test in one list, mixed."""
    exported: list[State] = []
    for environment in ("dev", "test"):
        folder = bench.root / ".hubkeeper" / "local" / "work" / environment
        answer = bench.pulumi("stack", "export", "--stack", environment, folder=folder)
        exported.append(json.loads(answer.out)["deployment"]["resources"])
    return bench.root, [one for one in chain.from_iterable(zip_longest(*exported)) if one]


def blind(value: Any) -> Any:
    """A value whose secrets the command cannot decrypt."""
    match value:
        case dict() if value.get(SIGNATURE) == SECRET_SIGNATURE:
            return {SIGNATURE: SECRET_SIGNATURE, "value": "[secret]"}
        case dict():
            return {key: blind(item) for key, item in value.items()}
        case list():
            return [blind(item) for item in value]
    return value


def struct(values: dict[str, Any]) -> struct_pb2.Struct:
    made = struct_pb2.Struct()
    made.update(blind(values))
    return made


def told(root: Path, state: State, monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Policy and URN of every diagnostic."""
    for name in ("json_format", "deserialize_properties", "unknown_checking_proxy"):
        monkeypatch.setitem(vars(sdk), name, vars(sdk)[name])
    assert install()
    policies = policies_of(Description(root))
    pack = sdk._PolicyAnalyzerServicer("hubkeeper", "1.0.0", policies, EnforcementLevel.MANDATORY)
    found: set[tuple[str, str]] = set()
    shown = []
    for one in state:
        options = analyzer_pb2.AnalyzerResourceOptions(protect=one.get("protect", False), parent=one.get("parent", ""))
        same: dict[str, Any] = {"type": one["type"], "urn": one["urn"], "name": one["urn"].rpartition("::")[2]}
        request = analyzer_pb2.AnalyzeRequest(**same, options=options, properties=struct(one.get("inputs", {})))
        found |= {(it.policyName, one["urn"]) for it in pack.Analyze(request, None).diagnostics}
        needs = {
            name: analyzer_pb2.AnalyzerPropertyDependencies(urns=urns or [])
            for name, urns in one.get("propertyDependencies", {}).items()
        }
        shown.append(
            analyzer_pb2.AnalyzerResource(
                **same,
                options=options,
                parent=one.get("parent", ""),
                properties=struct(one.get("outputs", {})),
                dependencies=one.get("dependencies", []),
                propertyDependencies=needs,
            )
        )
    whole = pack.AnalyzeStack(analyzer_pb2.AnalyzeStackRequest(resources=shown), None)
    return found | {(it.policyName, it.urn) for it in whole.diagnostics}


def site(state: State, stack: str) -> dict[str, Any]:
    return next(
        one
        for one in state
        if one["type"] == "azure-native:web:WebApp" and one["urn"].startswith(f"urn:pulumi:{stack}::")
    )


def root_of(stack: str) -> str:
    return f"urn:pulumi:{stack}::hubkeeper::pulumi:pulumi:Stack::hubkeeper-{stack}"


def put(one: dict[str, Any], name: str, value: Any) -> None:
    settings = one["inputs"]["siteConfig"]["appSettings"]
    settings[:] = [it for it in settings if it["name"] != name] + [{"name": name, "value": value}]


def test_nothing_is_found_in_states_as_they_were_brought_up(
    deployed: tuple[Path, State], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(*deployed, monkeypatch) == set()


def test_each_resource_is_judged_as_one_of_its_own_stack(
    deployed: tuple[Path, State], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, state = deployed[0], deepcopy(deployed[1])
    site(state, "test")["inputs"]["siteConfig"]["ftpsState"] = "AllAllowed"
    put(site(state, "dev"), "TASKHUB_NAME", "testclaims")
    assert told(root, state, monkeypatch) == {
        ("site-no-ftp", site(state, "test")["urn"]),
        ("unique-task-hub", root_of("dev")),
        ("unique-task-hub", root_of("test")),
        ("hub-as-described", root_of("dev")),
    }


def test_a_secret_that_cannot_be_decrypted_is_still_a_secret(
    deployed: tuple[Path, State], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, state = deployed[0], deepcopy(deployed[1])
    put(site(state, "dev"), "GREETING", {SIGNATURE: SECRET_SIGNATURE, "ciphertext": "v1:abc"})
    assert told(root, state, monkeypatch) == {("no-literal-secret", site(state, "dev")["urn"])}


def test_a_stack_of_another_project_has_no_description_of_ours(
    deployed: tuple[Path, State], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, state = deployed
    text = json.dumps([one for one in state if one["urn"].startswith("urn:pulumi:test::")])
    elsewhere = json.loads(text.replace("::hubkeeper::", "::payroll::").replace("testclaims", "payrollhub"))
    assert not any(policy == "hub-as-described" for policy, _ in told(root, elsewhere, monkeypatch))


def analyzed(bench: Workbench, state: State, folder: Path) -> Answer:
    """What the real command says of a file with these resources."""
    version = tuple(map(int, re.findall(r"\d+", bench.pulumi("version", folder=bench.root).out)[:2]))
    if version < (3, 249):
        pytest.skip(f"the Pulumi CLI is {version}: policy analyze --file came with 3.249")
    file = folder / "state.json"
    file.write_text(json.dumps({"version": 3, "deployment": {"manifest": {}, "resources": blind(state)}}))
    runner = f"{bench.cli.parent}{os.pathsep}{os.environ['PATH']}"
    return bench.pulumi(
        *("policy", "analyze", "--file", str(file), "--policy-pack", str(bench.root / "policies"), "--color", "never"),
        folder=bench.root,
        PATH=runner,
        HUBKEEPER_PYTHON=sys.executable,
    )


def test_the_command_passes_what_was_brought_up(bench: Workbench, deployed: tuple[Path, State], tmp_path: Path) -> None:
    answer = analyzed(bench, deployed[1], tmp_path)
    assert answer.code == 0, answer.out + answer.err
    assert "hubkeeper@v" in answer.out


def test_the_command_refuses_what_the_pack_refuses(
    bench: Workbench, deployed: tuple[Path, State], tmp_path: Path
) -> None:
    state = deepcopy(deployed[1])
    site(state, "test")["inputs"]["siteConfig"]["ftpsState"] = "AllAllowed"
    put(site(state, "dev"), "TASKHUB_NAME", "testclaims")
    answer = analyzed(bench, state, tmp_path)
    assert answer.code == 1, answer.out + answer.err
    mandatory = re.findall(r"\[mandatory\] +(?:\[severity: \w+\] +)?([a-z-]+)", answer.out)
    assert sorted(mandatory) == ["hub-as-described", "site-no-ftp", "unique-task-hub", "unique-task-hub"]
