"""The SDK beside the tables: where the two offer other choices, one of them is wrong, and Azure refuses what it says.

Looked at are the properties that are registered, as the tables have no others.

The SDK keeps one enum of each name in a module, also where two services have one of that name.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from hubkeeper.local_azure.sdk_types import Choice, ListOf, MapOf, ObjectOf, Shape, inputs_of
from hubkeeper.local_azure.types import REGISTRY
from tests.schemas.bodies import by_sdk_name, sdk_name
from tests.schemas.tables import Table, table, wanted_of

#: Azure takes "Equal" and publishes "Equals": bicep-types-az issue 2643, read 2026-11-23.
ONE_IS_WRONG = {("azure-native:monitor:ScheduledQueryRule", "criteria.allOf[].operator"): {"Equal", "Equals"}}


class Walk:
    """The inputs of a type, each property of the SDK's beside Azure's."""

    def __init__(self, known: Table) -> None:
        self.known = known
        self.seen: set[tuple[type, str]] = set()

    def differing(self, ours: Shape, azures: Any, path: str) -> Iterator[tuple[str, set[Any]]]:
        """Paths where the choices differ, and the values that only one of the two has."""
        match ours, azures:
            case Choice(values=values), {"one_of": choices}:
                if set(values) != set(choices):
                    yield path, set(values) ^ set(choices)
            case ListOf(item=item), {"list": below}:
                yield from self.differing(item, below, f"{path}[]")
            case MapOf(item=item), {"map": below}:
                yield from self.differing(item, below, f"{path}.*")
            case ObjectOf(declared_by=declared_by), {"object": name} if (declared_by, name) not in self.seen:
                self.seen.add((declared_by, name))
                for key, (own, theirs) in self.properties(ours, name).items():
                    yield from self.differing(own, theirs, f"{path}.{key}".lstrip("."))

    def properties(self, ours: ObjectOf, name: str) -> dict[str, tuple[Shape, Any]]:
        described = self.known.objects[name]
        inner = described["properties"].get("properties")
        lifted = "properties" not in ours.properties and isinstance(inner, dict) and "object" in inner
        azures = (by_sdk_name(self.known.objects[inner["object"]]) if lifted else {}) | by_sdk_name(described)
        return {key: (own, azures[key][1]) for key, own in ours.properties.items() if key in azures}


@pytest.mark.parametrize("token", REGISTRY)
def test_the_sdk_offers_the_choices_that_azure_has_for_what_is_registered(token: str) -> None:
    wanted = wanted_of(REGISTRY[token])
    known = table(wanted.namespace)
    found = dict(Walk(known).differing(inputs_of(token), known.bodies[wanted.key]["body"], ""))
    assert found == {path: values for (of, path), values in ONE_IS_WRONG.items() if of == token}


def test_a_name_of_azure_is_spelled_as_the_sdk_spells_it() -> None:
    assert [sdk_name(name) for name in ("Application_Type", "odata.type", "SamplingPercentage", "sku")] == [
        "applicationType",
        "odataType",
        "samplingPercentage",
        "sku",
    ]
