"""A pack of many rules decodes a resource once, and its rules see the same."""

from pathlib import Path
from typing import Any

import pytest
from google.protobuf import json_format, struct_pb2
from pulumi.runtime.proto import analyzer_pb2
from pulumi_policy import EnforcementLevel
from pulumi_policy import policy as sdk

from plan import UNKNOWN
from policies import decode_once
from policies.pack import policies_of
from tests.policies.changes import both, put, setting
from tests.policies.engine_calls import described_in, wire
from tests.policies.sound import sound
from tests.policies.world import World

WRONG = both(
    put("site", "siteConfig.ftpsState", "AllAllowed"),
    put("store", "minimumTlsVersion", UNKNOWN),
    setting("staging", "TASKHUB_NAME", "prodclaims"),
)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The messages decoded; the SDK is as it was when the test is over."""
    for name in ("json_format", "deserialize_properties", "unknown_checking_proxy"):
        monkeypatch.setitem(vars(sdk), name, vars(sdk)[name])
    decoded: list[Any] = []
    original = json_format.MessageToDict

    def counting(message: Any, *args: Any, **more: Any) -> Any:
        decoded.append(message)
        return original(message, *args, **more)

    monkeypatch.setattr(json_format, "MessageToDict", counting)
    return decoded


def analyzed(folder: Path, world: World) -> list[str]:
    """Every message of a whole run, through the SDK's own servicer."""
    policies = policies_of(described_in(folder, world))
    served = sdk._PolicyAnalyzerServicer("hubkeeper", "0.0.1", policies, EnforcementLevel.MANDATORY)
    shown, told = [], []
    for one in world.plan.resources.values():
        values = struct_pb2.Struct()
        values.update(wire(one.inputs))
        options = analyzer_pb2.AnalyzerResourceOptions(protect=one.protect, parent=one.parent)
        same: dict[str, Any] = {
            "type": one.type,
            "urn": one.urn,
            "name": one.name,
            "options": options,
            "properties": values,
        }
        told += served.Analyze(analyzer_pb2.AnalyzeRequest(**same), None).diagnostics
        shown.append(analyzer_pb2.AnalyzerResource(**same, parent=one.parent))
    told += served.AnalyzeStack(analyzer_pb2.AnalyzeStackRequest(resources=shown), None).diagnostics
    return [f"{one.policyName} {one.urn} {one.message}" for one in told]


def test_rules_find_the_same_and_a_resource_is_decoded_once(counted: list[Any], tmp_path: Path) -> None:
    world = sound()
    WRONG(world)
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    before, many = analyzed(tmp_path / "before", world), len(counted)
    counted.clear()
    assert decode_once.install()
    after = analyzed(tmp_path / "after", world)
    assert before == after
    assert {"site-no-ftp", "store-encrypted-transport", "unique-task-hub"} <= {one.split()[0] for one in after}
    assert len(counted) <= len(world.plan.resources)
    assert many > 50 * len(counted)


def test_an_sdk_that_works_otherwise_is_left_as_it_is(counted: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(vars(sdk), "deserialize_properties")
    before = dict(vars(sdk))
    assert not decode_once.install()
    assert vars(sdk) == before


def test_what_is_kept_is_bounded(counted: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode_once, "_MOST", 3)
    decoder = decode_once.Decoder()
    for number in range(10):
        message = struct_pb2.Struct()
        message.update({"number": float(number)})
        for _ in range(2):
            values = decoder.deserialize(decoder.message_to_dict(message))
            assert decoder.wrap(values)["number"] == number
    assert len(counted) == 10
    assert len(decoder._plain) <= 3
