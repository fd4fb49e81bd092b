"""Lets the policy SDK decode a resource once, and not once for each rule, and tell what is a secret.

The SDK decodes the whole request again for every policy of a pack, which with a hundred of them is nearly all that a pack costs.
What it makes of one message does not change, and no rule of ours changes it, so it is kept. The engine says of every value
whether it is a secret, which the SDK takes off; here it stays. An SDK that does this elsewhere, or no longer needs to, is left
as it is.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Final

from google.protobuf import json_format
from pulumi_policy import policy as sdk

from plan import Secret
from plan.deployment import SECRET_SIGNATURE, SIGNATURE

#: More messages than a stack has resources; then begins anew.
_MOST: Final = 8192
_REPLACED: Final = ("json_format", "deserialize_properties", "unknown_checking_proxy")


class Decoder:
    """The SDK's three steps from a message to what a policy gets, each kept by what it is made of."""

    def __init__(self) -> None:
        self._decode, self._deserialize, self._wrap = json_format.MessageToDict, *_originals()
        self._plain: dict[bytes, dict[str, Any]] = {}
        # By identity: what the keys are the identities of is kept beside them, so none is used again.
        self._values: dict[int, tuple[Any, Any]] = {}
        self._proxies: dict[int, tuple[Any, Any]] = {}

    def message_to_dict(self, message: Any, *args: Any, **more: Any) -> dict[str, Any]:
        """A message as a dictionary, the same one for equal messages."""
        key = message.SerializeToString(deterministic=True)
        if key not in self._plain:
            self._forget_when_full()
            self._plain[key] = self._decode(message, *args, **more)
        return self._plain[key]

    def deserialize(self, values: dict[str, Any], proxy_secrets: bool = False) -> dict[str, Any]:
        """The values of a dictionary; those for remediation, which changes them, are never kept."""
        if proxy_secrets:
            made: dict[str, Any] = self._deserialize(values, proxy_secrets)
            return made
        return _kept(self._values, values, self._with_secrets)

    def _with_secrets(self, values: dict[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = self._deserialize(_marked(values))
        return made

    def wrap(self, values: dict[str, Any]) -> Any:
        """The proxy that raises at what is unknown."""
        return _kept(self._proxies, values, self._wrap)

    def _forget_when_full(self) -> None:
        if len(self._plain) >= _MOST:
            for kept in (self._plain, self._values, self._proxies):
                kept.clear()


def _marked(value: Any) -> Any:
    """The same, with a Secret wherever the engine says that there is one."""
    match value:
        case dict() if value.get(SIGNATURE) == SECRET_SIGNATURE:
            return Secret(_marked(value.get("value")))
        case dict():
            return {key: _marked(item) for key, item in value.items()}
        case list():
            return [_marked(item) for item in value]
    return value


def _kept(known: dict[int, tuple[Any, Any]], values: Any, make: Any) -> Any:
    found = known.get(id(values))
    if found is None or found[0] is not values:
        found = known[id(values)] = (values, make(values))
    return found[1]


def _originals() -> tuple[Any, Any]:
    return vars(sdk)["deserialize_properties"], vars(sdk)["unknown_checking_proxy"]


def install() -> bool:
    """Puts it into the SDK of this process. False where the SDK has not what it would replace."""
    if not all(name in vars(sdk) for name in _REPLACED):
        return False
    decoder = Decoder()
    vars(sdk).update(
        json_format=SimpleNamespace(**{**vars(json_format), "MessageToDict": decoder.message_to_dict}),
        deserialize_properties=decoder.deserialize,
        unknown_checking_proxy=decoder.wrap,
    )
    return True
