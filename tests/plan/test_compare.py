"""What two plans differ in, as sentences."""

from dataclasses import replace
from typing import Any, Final

import pytest

from plan import UNKNOWN, Plan, Resource, Secret, differences

URN: Final = "urn:pulumi:dev::shop::a:b:C::c"
BASE: Final = Resource(URN, "a:b:C", "c", inputs={"size": 3, "list": [1, {"deep": "x"}]}, provider="urn:pulumi:p::1")


def of(*resources: Resource) -> Plan:
    return Plan("shop", "dev", {resource.urn: resource for resource in resources})


def with_inputs(**inputs: Any) -> Plan:
    return of(replace(BASE, inputs=BASE.inputs | inputs))


def test_a_plan_equals_itself() -> None:
    assert differences(of(BASE), of(replace(BASE))) == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"protect": True}, "protect: recorded False, registered True"),
        ({"parent": "urn:x"}, "parent: recorded '', registered 'urn:x'"),
        ({"dependencies": ("urn:x",)}, "dependencies[0]: recorded nothing, registered 'urn:x'"),
        ({"property_dependencies": {"size": ("u",)}}, "propertyDependencies.size[0]: recorded nothing, registered 'u'"),
        ({"provider": "urn:pulumi:q::2"}, "provider: recorded 'urn:pulumi:p', registered 'urn:pulumi:q'"),
        ({"inputs": {"size": True, "list": [1, {"deep": "x"}]}}, "inputs.size: recorded 3, registered True"),
        ({"inputs": {"size": 3, "list": [1, {"deep": "y"}]}}, "inputs.list[1].deep: recorded 'x', registered 'y'"),
        ({"inputs": {"size": 3, "list": [1]}}, "inputs.list[1]: recorded {'deep': 'x'}, registered nothing"),
        ({"inputs": {"size": 3}}, "inputs.list: recorded [1, {'deep': 'x'}], registered nothing"),
    ],
)
def test_each_difference_is_named_at_its_innermost_place(change: dict[str, Any], line: str) -> None:
    assert differences(of(BASE), of(replace(BASE, **change))) == [f"{URN}: {line}"]


@pytest.mark.parametrize("change", [{"id": "x"}, {"outputs": {"a": 1}}, {"provider": "urn:pulumi:p::other"}])
def test_what_only_an_engine_can_give_is_not_compared(change: dict[str, Any]) -> None:
    assert differences(of(BASE), of(replace(BASE, **change))) == []


def test_an_unknown_matches_anything_that_is_there() -> None:
    assert differences(with_inputs(size=UNKNOWN), with_inputs(size=[1])) == []
    assert differences(with_inputs(new=UNKNOWN), of(BASE)) == [
        f"{URN}: inputs.new: recorded UNKNOWN, registered nothing"
    ]


def test_secrets_are_compared_where_both_are_known_and_shown_never() -> None:
    assert differences(with_inputs(size=Secret("one")), with_inputs(size=Secret())) == []
    assert differences(with_inputs(size=Secret("one")), with_inputs(size=Secret("one"))) == []
    assert differences(with_inputs(size=Secret("one")), with_inputs(size=Secret("two"))) == [
        f"{URN}: inputs.size: another secret"
    ]
    assert differences(with_inputs(size=Secret("one")), with_inputs(size="one")) == [
        f"{URN}: inputs.size: recorded Secret([secret]), registered 'one'"
    ]


def test_a_resource_on_one_side_is_a_difference_unless_the_engine_made_it() -> None:
    other = replace(BASE, urn=URN + "2")
    made = replace(BASE, urn="urn:pulumi:dev::shop::pulumi:providers:azure-native::default_3_29_0")
    assert differences(of(BASE, other), of(BASE, made)) == [f"{URN}2: only recorded"]
    assert differences(of(BASE), of(BASE, other)) == [f"{URN}2: only registered"]
