"""Values on the wire of the provider protocol, as plain Python values and back.

The engine sends protobuf structs in which a magic string means "unknown" and a magic object means "secret". The rest
of the local Azure works on dict, list, str, int, float, bool and None, with `UNKNOWN` and `Secret` where those stood.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from google.protobuf import struct_pb2
from pulumi.runtime import rpc

_SIGNATURE: Final[str] = rpc._special_sig_key
_SECRET_SIGNATURE: Final[str] = rpc._special_secret_sig


class Unknown:
    """A value that only Azure will know. There is one: `UNKNOWN`."""

    def __repr__(self) -> str:
        return "unknown"


UNKNOWN: Final = Unknown()


@dataclass(frozen=True)
class Secret:
    """A value that must stay wrapped; neither `repr` nor `str` shows it."""

    value: Any

    def __repr__(self) -> str:
        return "Secret(…)"


def decode(struct: struct_pb2.Struct) -> dict[str, Any]:
    """The struct as plain values; nulls are left out, as azure-native does before it looks at anything."""
    return {key: _decode_value(value) for key, value in struct.fields.items() if not _is_null(value)}


def encode(values: Mapping[str, Any]) -> struct_pb2.Struct:
    """The struct for plain values; secrets are wrapped again, else the engine would store them in clear."""
    struct = struct_pb2.Struct()
    struct.update({key: _encode_value(value) for key, value in values.items()})
    return struct


def unwrap(value: Any) -> Any:
    """The value itself where it is a secret. For decisions only: never store, return or print the result."""
    return value.value if isinstance(value, Secret) else value


def reveal(value: Any) -> Any:
    """Like `unwrap`, all the way down."""
    return transform(value, lambda secret: reveal(secret.value))


def transform(value: Any, secret: Callable[[Secret], Any]) -> Any:
    """A copy of the value in which every secret has been replaced by what `secret` makes of it."""
    if isinstance(value, Secret):
        return secret(value)
    if isinstance(value, Mapping):
        return {key: transform(item, secret) for key, item in value.items()}
    if isinstance(value, list):
        return [transform(item, secret) for item in value]
    return value


def has_unknown(value: Any) -> bool:
    """Whether an unknown stands anywhere in the value."""
    if isinstance(value, Unknown):
        return True
    if isinstance(value, Secret):
        return has_unknown(value.value)
    if isinstance(value, Mapping):
        return any(has_unknown(item) for item in value.values())
    return isinstance(value, list) and any(has_unknown(item) for item in value)


def _is_null(value: struct_pb2.Value) -> bool:
    return value.WhichOneof("kind") in (None, "null_value")


def _decode_value(value: struct_pb2.Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        return UNKNOWN if value.string_value == rpc.UNKNOWN else value.string_value
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    if kind == "bool_value":
        return value.bool_value
    if kind == "list_value":
        return [_decode_value(item) for item in value.list_value.values]
    if kind == "struct_value":
        fields = value.struct_value.fields
        if _SIGNATURE in fields and fields[_SIGNATURE].string_value == _SECRET_SIGNATURE:
            return Secret(_decode_value(fields["value"]))
        return decode(value.struct_value)
    return None


def _encode_value(value: Any) -> Any:
    if isinstance(value, Unknown):
        return rpc.UNKNOWN
    if isinstance(value, Secret):
        return {_SIGNATURE: _SECRET_SIGNATURE, "value": _encode_value(value.value)}
    if isinstance(value, Mapping):
        return {key: _encode_value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_encode_value(item) for item in value]
    return value
