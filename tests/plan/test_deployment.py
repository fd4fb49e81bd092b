"""Plans in Pulumi's deployment format: written, read again, and taken by Pulumi itself."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any, Final

import pulumi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.environment import environment
from plan import STACK_TYPE, UNKNOWN, DeploymentFormatError, Plan, Resource, Secret, SourceLine, differences, record
from plan.deployment import SECRET_SIGNATURE, SIGNATURE, UNKNOWN_MARKER
from plan.urns import build_urn, without_version

SECRET: Final = "planted-secret-5f2c"
TOKENS: Final = (
    "azure-native:web:WebApp",
    "azure-native:web/v20241101:WebApp",
    "pulumi:providers:azure-native",
    "a:b:C",
)
MARKED: Final = {UNKNOWN_MARKER, "[secret]", SIGNATURE}

texts = st.text(max_size=8).filter(lambda text: text not in MARKED)
names = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_:/ ", min_size=1, max_size=12)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
    | st.just(UNKNOWN)
    | st.just(Secret())
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8
)
objects = st.dictionaries(texts, values, max_size=4)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    root = Resource(build_urn("dev", "shop", "", STACK_TYPE, "shop-dev"), STACK_TYPE, "shop-dev", custom=False)
    root.outputs = draw(objects)
    plan = Plan("shop", "dev", {root.urn: root}, root.outputs)
    for name in draw(st.lists(names, max_size=6, unique=True)):
        token = draw(st.sampled_from(TOKENS))
        parent = draw(st.sampled_from([*plan.resources.values()]))
        earlier = st.lists(st.sampled_from([*plan.resources]), max_size=3, unique=True).map(lambda u: tuple(sorted(u)))
        resource = Resource(
            urn=build_urn("dev", "shop", parent.urn, token, name),
            type=without_version(token),
            name=name,
            parent=parent.urn,
            inputs=draw(objects),
            outputs=draw(objects),
            id=draw(st.just("") | st.just("/subscriptions/s")),
            dependencies=draw(earlier),
            property_dependencies=draw(st.dictionaries(names, earlier.filter(bool), max_size=2)),
            provider=draw(st.just("") | st.just(f"{root.urn}::id")),
            protect=draw(st.booleans()),
            retain_on_delete=draw(st.booleans()),
            ignore_changes=draw(st.lists(names, max_size=2).map(tuple)),
            source=draw(st.none() | st.builds(SourceLine, st.sampled_from(["a/b.py", "/c d.py"]), st.integers(1, 999))),
            external=draw(st.booleans()),
        )
        plan.resources[resource.urn] = resource
    return plan


@given(plans())
def test_a_plan_that_is_written_and_read_is_the_same_plan(plan: Plan) -> None:
    text = json.dumps(plan.to_deployment())
    read = Plan.from_deployment(json.loads(text))
    assert read == plan
    assert differences(plan, read) == []
    assert json.dumps(read.to_deployment()) == text, "written once or twice, the same bytes"


@given(plans(), st.randoms())
def test_the_order_in_which_resources_arrived_leaves_no_trace(plan: Plan, random: Any) -> None:
    shuffled = list(plan.resources.items())
    random.shuffle(shuffled)
    other = Plan(plan.project, plan.stack, dict(shuffled), plan.outputs)
    assert json.dumps(other.to_deployment()) == json.dumps(plan.to_deployment())


@given(st.text(min_size=6), objects)
def test_a_secret_is_never_written(secret: str, beside: dict[str, Any]) -> None:
    urn = build_urn("dev", "shop", "", "a:b:C", "c")
    plan = Plan("shop", "dev", {urn: Resource(urn, "a:b:C", "c", inputs={"key": Secret(secret)}, outputs=beside)})
    without = Plan("shop", "dev", {urn: Resource(urn, "a:b:C", "c", inputs={"key": Secret()}, outputs=beside)})
    assert plan.to_deployment() == without.to_deployment()


def test_secrets_of_an_export_are_secrets_whether_they_are_shown_or_not() -> None:
    urn = "urn:pulumi:dev::shop::a:b:C::c"
    inputs = {
        "hidden": {SIGNATURE: SECRET_SIGNATURE, "ciphertext": "v1:abc"},
        "shown": {SIGNATURE: SECRET_SIGNATURE, "plaintext": '{"deep":[1.0]}'},
        "number": 4.0,
    }
    entry = {"urn": urn, "custom": True, "id": "x", "type": "a:b:C", "inputs": inputs}
    plan = Plan.from_deployment({"version": 3, "deployment": {"resources": [entry]}})
    assert plan.resources[urn].inputs == {"hidden": Secret(), "shown": Secret({"deep": [1]}), "number": 4}


def test_what_only_waits_for_its_deletion_is_no_part_of_the_plan() -> None:
    entry = {"urn": "urn:pulumi:dev::shop::a:b:C::c", "type": "a:b:C", "custom": True, "id": "new"}
    old = entry | {"id": "old", "delete": True}
    plan = Plan.from_deployment({"version": 3, "deployment": {"resources": [entry, old]}})
    assert [resource.id for resource in plan.resources.values()] == ["new"]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({}, "version: got None, expected a deployment of version 3 or 4"),
        ({"version": 1}, "version: got 1, expected"),
        ([], "version: got None, expected"),
        ({"version": 3}, "deployment.resources: expected a list"),
        (
            {"version": 3, "deployment": {"resources": [{"type": "a:b:C"}]}},
            "deployment.resources[0]: expected a resource",
        ),
        (
            {"version": 3, "deployment": {"resources": [{"urn": "x", "type": "a:b:C"}]}},
            "deployment.resources[0]: expected",
        ),
        ({"version": 3, "deployment": {"resources": ["x"]}}, "deployment.resources[0]: expected"),
    ],
)
def test_a_document_of_another_kind_is_refused_in_one_line(document: Any, message: str) -> None:
    with pytest.raises(DeploymentFormatError) as caught:
        Plan.from_deployment(document)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_an_empty_stack_is_an_empty_plan() -> None:
    assert Plan.from_deployment({"version": 3, "deployment": {"resources": None}}).resources == {}


@pytest.mark.engine
def test_pulumi_takes_a_recorded_plan_and_gives_the_same_back(pulumi_cli: Path, tmp_path: Path) -> None:
    def program() -> None:
        environment(50)()
        key = pulumi.Config().require_secret("key")
        pulumi.CustomResource("sample:index:Thing", "thing", {"key": key, "list": [{"deep": key}]})
        pulumi.export("key", key)

    config = {"shop:key": SECRET}
    plan = record(program, project="shop", stack="dev", config=config, secret_keys=config)
    (tmp_path / "plan.json").write_text(json.dumps(plan.to_deployment()))
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "state").mkdir()
    own = {
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "PULUMI_BACKEND_URL": f"file://{tmp_path}/state",
        "PULUMI_CONFIG_PASSPHRASE": "local",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }

    def run(*arguments: str) -> str:
        command = [str(pulumi_cli), "stack", *arguments, "--non-interactive"]
        done = subprocess.run(command, cwd=tmp_path, env=own, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("init", "dev")
    run("import", "--file", "plan.json")
    exported = json.loads(run("export"))
    assert exported["deployment"]["resources"] == plan.to_deployment()["deployment"]["resources"]
    assert differences(plan, Plan.from_deployment(exported)) == []
    assert not [path for path in tmp_path.rglob("*.*") if path.is_file() and SECRET in path.read_text(errors="replace")]
