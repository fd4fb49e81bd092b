"""Plans in Pulumi's own deployment format, the one of `pulumi stack export` and `pulumi stack import`.

Unknown values are Pulumi's own marker; a secret is the text `[secret]`, never its value.
Source of the format: pulumi/pulumi, sdk/go/common/apitype/core.go `ResourceV3`, read 2026-11-22.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from plan.model import HIDDEN, UNKNOWN, Plan, Resource, Secret, SourceLine, Unknown
from plan.order import in_dependency_order
from plan.urns import STACK_TYPE, split_urn, without_version

UNKNOWN_MARKER: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
SECRET_SIGNATURE: Final = "1b47061264138c4ac30d75fd1eb44270"
MAX_WHOLE: Final = 2**53
"""Beyond this a number on the wire (a float) no longer says which whole number it was."""

FORMAT_VERSION: Final = 3
READABLE_VERSIONS: Final = (3, 4)
_SOURCE_SCHEMES: Final = ("project:///", "file://")


class DeploymentFormatError(ValueError):
    """The document is not a deployment that can be read; the message is one line and says what was expected."""


def write_deployment(plan: Plan) -> dict[str, Any]:
    """The plan as a deployment. The same plan gives the same document: nothing in it tells time or machine."""
    resources = [_write_resource(resource) for resource in in_dependency_order(plan.resources.values())]
    # Import refuses a manifest without a time; this one is Go's own "no time".
    manifest = {"time": "0001-01-01T00:00:00Z", "magic": "", "version": ""}
    return {"version": FORMAT_VERSION, "deployment": {"manifest": manifest, "resources": resources}}


def _write_resource(resource: Resource) -> dict[str, Any]:
    written: dict[str, Any] = {
        "urn": resource.urn,
        "custom": resource.custom,
        # The engine checks this against the URN, so it keeps an API version that `type` drops.
        "type": split_urn(resource.urn).token,
    }
    if resource.custom:
        written["id"] = resource.id or UNKNOWN_MARKER
    optional: dict[str, Any] = {
        "inputs": write_value(resource.inputs),
        "outputs": write_value(resource.outputs),
        "parent": resource.parent,
        "protect": resource.protect,
        "external": resource.external,
        "dependencies": list(resource.dependencies),
        "provider": resource.provider,
        "propertyDependencies": {name: list(urns) for name, urns in sorted(resource.property_dependencies.items())},
        "retainOnDelete": resource.retain_on_delete,
        "ignoreChanges": list(resource.ignore_changes),
        "sourcePosition": _write_source(resource.source),
    }
    written.update((key, value) for key, value in optional.items() if value)
    return written


def write_value(value: Any) -> Any:
    """A plan's value as JSON data."""
    match value:
        case Secret():
            return HIDDEN
        case Unknown():
            return UNKNOWN_MARKER
        case dict():
            return {key: write_value(value[key]) for key in sorted(value)}
        case list() | tuple():
            return [write_value(item) for item in value]
        case float():
            return whole_number(value)
    return value


def whole_number(number: float) -> int | float:
    """The number as int where it is one: on the wire all numbers are floats, and in JSON 5.0 is not 5."""
    return int(number) if number.is_integer() and abs(number) < MAX_WHOLE else number


def read_deployment(document: Mapping[str, Any]) -> Plan:
    """The plan that a deployment describes; resources that only wait for their deletion are left out."""
    version = document.get("version") if isinstance(document, Mapping) else None
    if version not in READABLE_VERSIONS:
        raise DeploymentFormatError(f"version: got {version!r}, expected a deployment of version 3 or 4")
    deployment = document.get("deployment")
    entries = deployment.get("resources") or [] if isinstance(deployment, Mapping) else None
    if not isinstance(entries, list):
        raise DeploymentFormatError("deployment.resources: expected a list of resources")
    plan = Plan(project="", stack="")
    for position, entry in enumerate(entries):
        if isinstance(entry, Mapping) and entry.get("delete"):
            continue
        try:
            resource = _read_resource(entry)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            place = f"deployment.resources[{position}]"
            raise DeploymentFormatError(f"{place}: expected a resource with URN and type: {error}") from None
        plan.resources[resource.urn] = resource
        parts = split_urn(resource.urn)
        plan.project, plan.stack = parts.project, parts.stack
        if resource.type == STACK_TYPE:
            plan.outputs = resource.outputs
    _refuse_circles(plan)
    return plan


def _refuse_circles(plan: Plan) -> None:
    """A resource that is above itself, in a document that no engine wrote, would have ancestors without end."""
    ended: set[str] = set()
    for start in plan.resources.values():
        seen: set[str] = set()
        resource: Resource | None = start
        while resource and resource.urn not in ended:
            if resource.urn in seen:
                raise DeploymentFormatError(f"{resource.name} is its own parent, expected one above it")
            seen.add(resource.urn)
            resource = plan.resources.get(resource.parent)
        ended |= seen


def _read_resource(entry: Mapping[str, Any]) -> Resource:
    urn: str = entry["urn"]
    resource_id: str = entry.get("id") or ""
    return Resource(
        urn=urn,
        type=without_version(entry["type"]),
        name=split_urn(urn).name,
        parent=str(entry.get("parent") or ""),
        custom=bool(entry.get("custom")),
        inputs=_read_object(entry.get("inputs")),
        outputs=_read_object(entry.get("outputs")),
        id="" if resource_id == UNKNOWN_MARKER else resource_id,
        dependencies=tuple(sorted(entry.get("dependencies") or ())),
        property_dependencies={
            name: tuple(sorted(urns)) for name, urns in (entry.get("propertyDependencies") or {}).items() if urns
        },
        provider=entry.get("provider") or "",
        protect=bool(entry.get("protect")),
        retain_on_delete=bool(entry.get("retainOnDelete")),
        ignore_changes=tuple(entry.get("ignoreChanges") or ()),
        source=_read_source(entry.get("sourcePosition")),
        external=bool(entry.get("external")),
    )


def _read_object(values: Any) -> dict[str, Any]:
    return {key: read_value(value) for key, value in (values or {}).items()}


def read_value(value: Any) -> Any:
    """A plan's value from JSON data: markers become UNKNOWN, secrets a Secret, whole numbers int."""
    match value:
        case str():
            return UNKNOWN if value == UNKNOWN_MARKER else Secret() if value == HIDDEN else value
        case float():
            return whole_number(value)
        case dict() if SIGNATURE in value:
            return _read_special(value)
        case dict():
            return {key: read_value(item) for key, item in value.items()}
        case list():
            return [read_value(item) for item in value]
    return value


def _read_special(value: dict[str, Any]) -> Any:
    if value[SIGNATURE] == SECRET_SIGNATURE:
        # `--show-secrets` writes the value as JSON in a string; otherwise there is only a ciphertext.
        return Secret(read_value(json.loads(value["plaintext"]))) if "plaintext" in value else Secret()
    return {key: read_value(item) for key, item in value.items() if key != SIGNATURE}


def _write_source(source: SourceLine | None) -> str:
    if source is None:
        return ""
    scheme = _SOURCE_SCHEMES[1] if source.file.startswith("/") else _SOURCE_SCHEMES[0]
    return f"{scheme}{source.file}#{source.line}"


def _read_source(position: str | None) -> SourceLine | None:
    for scheme in _SOURCE_SCHEMES:
        if position and position.startswith(scheme):
            file, _, line = position.removeprefix(scheme).rpartition("#")
            # A column may follow the line: "#12,4".
            number = line.partition(",")[0]
            return SourceLine(file, int(number)) if file and number.isdigit() else None
    return None
