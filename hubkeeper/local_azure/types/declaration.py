"""The form in which the facts of one resource type are declared, one place per type."""

import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..database import Stored, Transaction
from ..refusal import Failure
from ..wire import Unknown, unwrap

_IMPLIED = "subscriptionId"


@dataclass(frozen=True)
class Account:
    """Whose Azure a provider instance works in."""

    subscription_id: str
    tenant_id: str


@dataclass(frozen=True)
class Target:
    """A resource as it is about to be written: where, under which id, with which inputs (secrets wrapped)."""

    account: Account
    id: str
    inputs: Mapping[str, Any]
    existing: Stored | None = None

    def text(self, name: str) -> str:
        """An input as a string; "" when it is not there."""
        value = unwrap(self.inputs.get(name))
        return value if isinstance(value, str) else ""

    @property
    def place(self) -> str:
        """The location as Azure compares it: lower case, no spaces."""
        return self.text("location").replace(" ", "").lower()

    @property
    def group_id(self) -> str:
        """The id of the resource group it lives in."""
        return f"/subscriptions/{self.account.subscription_id}/resourceGroups/{self.text('resourceGroupName')}"


@dataclass(frozen=True)
class NameRule:
    """What Azure accepts as a name: the input, a full match, Azure's code and what the rule says."""

    input: str
    pattern: str
    says: str
    code: str = "InvalidResourceName"

    def failure(self, inputs: Mapping[str, Any]) -> Failure | None:
        """The refusal of the name in the inputs, or None. An absent name is refused: nothing here makes up names."""
        name = unwrap(inputs.get(self.input))
        if isinstance(name, Unknown):
            return None
        if not isinstance(name, str):
            return Failure(
                "InvalidRequestContent", f"missing required property '{self.input}'; the local Azure makes up no names"
            )
        if re.fullmatch(self.pattern, name):
            return None
        return Failure(self.code, f"'{name}' is not a valid '{self.input}': {self.says}")


def nothing_computed(_: Target) -> dict[str, Any]:
    """For types whose answer is what went in."""
    return {}


def always_admitted(_: Transaction, __: Target) -> None:
    """For types that nothing but name, parent and group can stop."""


def no_failures(_: Mapping[str, Any]) -> list[Failure]:
    """For types whose inputs need no check beyond the SDK's types and the name."""
    return []


@dataclass(frozen=True)
class ResourceType:
    """One resource type. `replaces` maps a property path to the source that says its change replaces the resource."""

    token: str
    arm_type: str
    api_version: str
    id_form: str
    """With {inputs} in braces; {subscriptionId} comes from the provider. A change of any of these inputs replaces."""
    source: str
    name_rule: NameRule | None = None
    located: bool = True
    """Whether Azure wants a location; what it has can never be changed in place."""
    output_name: str = ""
    """A form like `id_form` for the output "name", where that is not the last segment of the id."""
    replaces: Mapping[str, str] = field(default_factory=dict)
    updatable: frozenset[str] | None = None
    """Only for what holds a task hub: the properties known to be updatable; a change of any other one replaces."""
    singleton: bool = False
    """Comes and goes with its parent; creating it is an update, deleting it a reset to `defaults`."""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    check: Callable[[Mapping[str, Any]], list[Failure]] = no_failures
    revive: Callable[[Transaction, Target], Stored | None] | None = None
    """For what can be soft-deleted: gives back what it was before, or refuses; called before `admit`."""
    admit: Callable[[Transaction, Target], None] = always_admitted
    """Raises Refusal for what only the state of Azure can show; called within the write transaction."""
    computed: Callable[[Target], dict[str, Any]] = nothing_computed
    global_names: Callable[[Target], list[tuple[str, str]]] = field(default=lambda _: [])
    """(scope, name) pairs that no other resource of the world may hold."""
    name_taken: Callable[[Target, Stored], Exception] | None = None
    before_delete: Callable[[Transaction, Stored], None] | None = None

    @property
    def id_inputs(self) -> tuple[str, ...]:
        """The inputs that form the id."""
        parsed = string.Formatter().parse(self.id_form)
        return tuple(name for _, name, _, _ in parsed if name and name != _IMPLIED)

    def resource_id(self, account: Account, inputs: Mapping[str, Any]) -> str:
        """The ARM id, in the casing Azure answers with."""
        names = {name: str(unwrap(inputs.get(name, ""))) for name in self.id_inputs}
        return self.id_form.format(subscriptionId=account.subscription_id, **names)

    def name_of(self, resource_id: str, inputs: Mapping[str, Any]) -> str:
        """The output "name"."""
        if not self.output_name:
            return resource_id.rsplit("/", 1)[-1]
        return self.output_name.format(**{key: unwrap(value) for key, value in inputs.items()})

    def replaced_by(self, path: str) -> bool:
        """Whether a change at this property path replaces the resource."""
        top = path.split(".", 1)[0].split("[", 1)[0]
        if path in self.replaces or top in self.id_inputs:
            return True
        return self.updatable is not None and top not in self.updatable
