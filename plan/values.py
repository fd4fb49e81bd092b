"""Values on Pulumi's wire (protobuf structs) as plain values, and plain values as structs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from google.protobuf.struct_pb2 import ListValue, Struct, Value

from plan.deployment import SECRET_SIGNATURE, SIGNATURE, UNKNOWN_MARKER, whole_number
from plan.model import UNKNOWN, Secret, Unknown

OUTPUT_SIGNATURE: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"


def from_struct(struct: Struct) -> dict[str, Any]:
    """The properties of a resource, unknowns and secrets exactly where they are."""
    return {key: from_value(value) for key, value in struct.fields.items()}


def from_value(value: Value) -> Any:
    """A plain value: dict, list, str, int, float, bool, None, UNKNOWN or Secret."""
    match value.WhichOneof("kind"):
        case "string_value":
            text = value.string_value
            return UNKNOWN if text == UNKNOWN_MARKER else text
        case "struct_value":
            fields = value.struct_value.fields
            if SIGNATURE in fields:
                return _from_special(fields)
            return {key: from_value(item) for key, item in fields.items()}
        case "list_value":
            return [from_value(item) for item in value.list_value.values]
        case "bool_value":
            return value.bool_value
        case "number_value":
            return whole_number(value.number_value)
        case _:
            return None


def _from_special(fields: Mapping[str, Value]) -> Any:
    signature = fields[SIGNATURE].string_value
    if signature == SECRET_SIGNATURE:
        return Secret(from_value(fields["value"]))
    if signature == OUTPUT_SIGNATURE:
        known = from_value(fields["value"]) if "value" in fields else UNKNOWN
        return Secret(known) if "secret" in fields and fields["secret"].bool_value else known
    # References to resources, assets and archives stay objects.
    return {key: from_value(value) for key, value in fields.items() if key != SIGNATURE}


def to_struct(values: Mapping[str, Any]) -> Struct:
    """The struct that a provider would answer with; from_struct gives the same values back."""
    return Struct(fields={key: _to_value(value) for key, value in values.items()})


def _to_value(value: Any) -> Value:
    match value:
        case None:
            return Value(null_value=0)  # type: ignore[arg-type]
        case str():
            return Value(string_value=value)
        case bool():
            return Value(bool_value=value)
        case int() | float():
            return Value(number_value=value)
        case Unknown():
            return Value(string_value=UNKNOWN_MARKER)
        case Secret():
            return Value(struct_value=to_struct({SIGNATURE: SECRET_SIGNATURE, "value": value.value}))
        case Mapping():
            return Value(struct_value=to_struct(value))
        case list() | tuple():
            return Value(list_value=ListValue(values=[_to_value(item) for item in value]))
    raise TypeError(f"expected a plain value, got {type(value).__name__}")
