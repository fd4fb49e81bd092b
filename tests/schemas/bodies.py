"""A resource as the SDK takes it, against the body that Azure publishes for its type.

The SDK lifts the keys of `properties` one level up, at the top and wherever Azure nests a resource in another; a key is
therefore looked for beside `properties` first, then within. Parts of the id are no part of the body; the last one is its
name. Identities are given as a list of ids and sent as a map.

The tables have the properties that were registered when they were made. Another one is a mistake until the source has been
asked for it, which is what `extract.py` does with the walk of this file over all of the source.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hubkeeper.local_azure.types import REGISTRY
from plan import UNKNOWN, Resource, Secret
from tests.schemas.tables import Table, table, wanted_of

_KINDS: dict[str, tuple[type, ...]] = {"string": (str,), "boolean": (bool,), "number": (int, float)}
_ANYTHING = "anything"
#: Where the specification itself gives the SDK another name than Azure's (x-ms-client-name), and Azure's.
_RENAMED = {
    "enableHttpsTrafficOnly": "supportsHttpsTrafficOnly",
    "enableNfsV3": "isNfsV3Enabled",
    "encryptionIdentity": "identity",
    "keyVaultProperties": "keyvaultproperties",
    "networkRuleSet": "networkAcls",
    "roleType": "type",
}


#: What is wrong with a property that no table has: nobody looked, or there is none.
NOT_LOOKED_UP = "not looked up yet: `python -m tests.schemas.extract` does, or says that there is no such property"
#: Stands in `Seen` for an object itself.
ITSELF = ""
#: What a walk came by: objects, each with a property of it, by Azure's names.
Seen = set[tuple[str, str]]


def mistakes(resource: Resource, known: Table | None = None, seen: Seen | None = None) -> list[str]:
    """What Azure's schema has against a resource: `<path>: <what>`, empty when nothing.

    `known` is held against instead of this folder's table; `seen` is told of all that was asked of it.
    """
    kind = REGISTRY[resource.type]
    wanted = wanted_of(kind)
    known = known or table(wanted.namespace)
    body = known.bodies[wanted.key]["body"]
    inputs = {key: value for key, value in resource.inputs.items() if key not in kind.id_inputs}
    name = wanted.constant_name or resource.inputs.get(kind.id_inputs[-1], UNKNOWN)
    return list(_Checker(known, set() if seen is None else seen).value({"name": name, **inputs}, body, ""))


class _Checker:
    def __init__(self, known: Table, seen: Seen) -> None:
        self.known = known
        self.seen = seen

    def value(self, value: Any, shape: Any, path: str) -> Iterator[str]:
        if value is UNKNOWN or value is None or shape == _ANYTHING:
            return
        if isinstance(value, Secret):
            yield from (f"{path}: a secret that does not hold" for _ in self.value(value.value, shape, path))
            return
        plain: dict[str, Any] = {"kind": shape} if isinstance(shape, str) else shape
        if "one_of" in plain:
            if value not in plain["one_of"]:
                yield f"{path}: {value!r} is none of {', '.join(map(str, plain['one_of']))}"
        elif "kind" in plain:
            yield from self._scalar(value, plain, path)
        elif "list" in plain:
            yield from self._list(value, plain, path)
        elif "map" in plain:
            yield from self._map(value, plain["map"], path)
        else:
            yield from self._object(value, plain["object"], path)

    def _scalar(self, value: Any, shape: Mapping[str, Any], path: str) -> Iterator[str]:
        kind = shape["kind"]
        if not isinstance(value, _KINDS[kind]) or (isinstance(value, bool) and kind != "boolean"):
            yield f"{path}: {type(value).__name__} where a {kind} belongs"
            return
        size = len(value) if isinstance(value, str) else value
        least, most = (shape.get(key, shape.get(other)) for key, other in (("least", "shortest"), ("most", "longest")))
        if (least is not None and size < least) or (most is not None and size > most):
            yield f"{path}: {value!r} is outside {least} to {most}"
        if "pattern" in shape and not re.search(shape["pattern"], value):
            yield f"{path}: {value!r} does not match {shape['pattern']}"

    def _list(self, value: Any, shape: Mapping[str, Any], path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{path}: {type(value).__name__} where a list belongs"
            return
        if len(value) not in range(shape.get("shortest", 0), shape.get("longest", len(value)) + 1):
            yield f"{path}: {len(value)} items, outside {shape.get('shortest', 0)} to {shape.get('longest')}"
        for number, one in enumerate(value):
            yield from self.value(one, shape["list"], f"{path}[{number}]")

    def _map(self, value: Any, shape: Any, path: str) -> Iterator[str]:
        if path.endswith("identity.userAssignedIdentities") and isinstance(value, list):
            value = {one: {} for one in value if isinstance(one, str)}
        if not isinstance(value, Mapping):
            yield f"{path}: {type(value).__name__} where a map belongs"
            return
        for key, one in value.items():
            yield from self.value(one, shape, f"{path}.{key}")

    def _object(self, value: Any, name: str, path: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"{path}: {type(value).__name__} where an object belongs"
            return
        described, names = self._told(value, name)
        if "told_by" in described and len(names) == 1:
            by = sdk_name(described["told_by"])
            yield f"{path}.{by}: {value.get(by)!r} is none of {', '.join(described['of'])}"
            return
        inner, inner_names = self._inner(value, described)
        own, lifted = by_sdk_name(described), by_sdk_name(inner)
        for key, one in value.items():
            here = f"{path}.{key}" if path else key
            sdk = key if key in own or key in lifted else _RENAMED.get(key, key)
            if sdk in own:
                self._see(names, own[sdk][0])
                yield from self.value(one, own[sdk][1], here)
            elif sdk in lifted:
                self._see(names, "properties")
                self._see(inner_names, lifted[sdk][0])
                yield from self.value(one, lifted[sdk][1], here)
            elif key in (*described.get("read_only", ()), *inner.get("read_only", ())):
                self._see([*names, *inner_names], key)
                yield f"{here}: only Azure sets it"
            elif "others" in described:
                self._see(names, key)
                yield from self.value(one, described["others"], here)
            else:
                yield f"{here}: {'no such property' if self.known.whole else NOT_LOOKED_UP}"
        has_inner = bool(lifted.keys() & (value.keys() - own.keys()))
        for required in (*described.get("required", ()), *(inner.get("required", ()) if has_inner else ())):
            if value.get(sdk_name(required)) is None and not (required == "properties" and has_inner):
                yield f"{path}.{sdk_name(required)}: missing" if path else f"{sdk_name(required)}: missing"

    def _see(self, names: list[str], key: str) -> None:
        self.seen.update((name, key) for name in names)

    def _told(self, value: Mapping[str, Any], name: str) -> tuple[Mapping[str, Any], list[str]]:
        """An object by its name. Of several bodies, the one that a property of the value names, with what all share."""
        described = self.known.objects[name]
        self._see([name], ITSELF)
        told_by = described.get("told_by", "")
        shape = described["of"].get(value.get(sdk_name(told_by))) if told_by else None
        if shape is None:
            return described, [name]
        self._see([name], told_by)
        self._see([shape["object"]], ITSELF)
        chosen = self.known.objects[shape["object"]]
        both = {key: [*described.get(key, ()), *chosen.get(key, ())] for key in ("required", "read_only")}
        properties = {**described["properties"], **chosen["properties"]}
        return {**described, **chosen, **both, "properties": properties}, [name, shape["object"]]

    def _inner(self, value: Mapping[str, Any], described: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[str]]:
        """The object behind `properties`, whose keys the SDK lifts, unless it is given as it is."""
        shape = described["properties"].get("properties")
        if "properties" in value or not isinstance(shape, Mapping) or "object" not in shape:
            return {"properties": {}}, []
        return self._told(value, shape["object"])


def sdk_name(name: str) -> str:
    """A property as the SDK spells it: `Application_Type` is applicationType there, `odata.type` is odataType."""
    first, *others = re.split(r"[._]", name)
    return first[:1].lower() + first[1:] + "".join(one[:1].upper() + one[1:] for one in others)


def by_sdk_name(described: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
    """Azure's names and the shapes of an object's properties, by the SDK's names."""
    return {sdk_name(name): (name, shape) for name, shape in described["properties"].items()}
