"""The resource manager: what Azure does with a resource that is created, read, updated or deleted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .database import Database, Stored, Transaction
from .outputs import echo, merge
from .redact import Redactor, is_marked
from .refusal import AlreadyExists, Failure, Refusal
from .types import REGISTRY, Account, ResourceType, Target
from .types.locks import refuse_locked
from .validate import failures_of_inputs
from .wire import Secret, has_unknown, unwrap

_SINGLETONS = {kind.arm_type.lower() for kind in REGISTRY.values() if kind.singleton}


def _wanted() -> bool:
    return True


@dataclass(frozen=True)
class LocalAzure:
    """`adopted` are (URN, lower-case id) pairs that an interrupted run created and the engine does not know of."""

    database: Database
    redact: Redactor
    adopted: frozenset[tuple[str, str]] = frozenset()

    def check(
        self, kind: ResourceType, account: Account, inputs: Mapping[str, Any]
    ) -> tuple[dict[str, Any], list[Failure]]:
        """The inputs with the location filled in as azure-native does, and what is wrong with them."""
        checked = dict(inputs)
        if kind.located and "location" not in checked and (location := self._location_of_group(kind, account, checked)):
            checked["location"] = location
        failures = failures_of_inputs(kind.token, checked)
        if kind.located and "location" not in checked:
            failures.append(Failure("InvalidRequestContent", "missing required property 'location'"))
        name_input = kind.name_rule.input if kind.name_rule else ""
        name = kind.name_rule.failure(checked) if kind.name_rule else None
        if name and not any(f"'{name_input}'" in failure.sentence for failure in failures):
            failures.append(name)
        return checked, failures if failures else kind.check(checked)

    def create(
        self,
        kind: ResourceType,
        urn: str,
        account: Account,
        inputs: Mapping[str, Any],
        still_wanted: Callable[[], bool] = _wanted,
    ) -> tuple[str, dict[str, Any]]:
        """Creates a resource: its id and outputs. Nothing is written when `still_wanted` says that nobody waits."""
        resource_id = kind.resource_id(account, inputs)
        with self.database.write(still_wanted) as transaction:
            existing = transaction.get(resource_id)
            if existing and (urn, resource_id.lower()) not in self.adopted:
                raise AlreadyExists(existing.id)
            return resource_id, self._put(transaction, kind, urn, Target(account, resource_id, inputs, existing))

    def update(
        self, kind: ResourceType, urn: str, resource_id: str, account: Account, inputs: Mapping[str, Any],
        still_wanted: Callable[[], bool] = _wanted,
    ) -> dict[str, Any]:  # fmt: skip
        """Puts a resource again: its outputs. As in Azure, one that is gone comes back."""
        with self.database.write(still_wanted) as transaction:
            existing = transaction.get(resource_id)
            return self._put(transaction, kind, urn, Target(account, resource_id, inputs, existing))

    def read(
        self, resource_id: str, known_inputs: Mapping[str, Any], known_outputs: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Outputs and inputs of a resource, None when it is gone; what Azure does not tell comes from what is known."""
        with self.database.write() as transaction:
            stored = transaction.get(resource_id)
        if stored is None:
            return None
        outputs = {key: _restore(value, known_outputs.get(key)) for key, value in stored.outputs.items()}
        comparable = self.redact(known_inputs)
        inputs: dict[str, Any] = {}
        for key, value in stored.inputs.items():
            same = key in known_inputs and _without_settings(comparable.get(key)) == _without_settings(value)
            inputs[key] = known_inputs[key] if same else _restore(_without_settings(value), known_inputs.get(key))
        return _without_gaps(outputs), _without_gaps(inputs)

    def delete(self, kind: ResourceType, resource_id: str, still_wanted: Callable[[], bool] = _wanted) -> None:
        """Deletes a resource and what lies below it; one that is gone already is no mistake."""
        with self.database.write(still_wanted) as transaction:
            stored = transaction.get(resource_id)
            if stored is None:
                return
            if not kind.singleton:  # deleting one of those is an update
                refuse_locked(transaction, stored)
            if kind.before_delete:
                kind.before_delete(transaction, stored)
            transaction.remove(resource_id)

    def _put(self, transaction: Transaction, kind: ResourceType, urn: str, target: Target) -> dict[str, Any]:
        if has_unknown(target.inputs):
            raise Refusal(
                400, "InvalidRequestContent", "an input is still unknown; only a preview can leave values open"
            )
        _refuse_without_parents(transaction, kind, target)
        _refuse_move(kind, target)
        names = kind.global_names(target)
        for scope, name in names:
            holder = transaction.holder_of(scope, name)
            if holder and holder.id.lower() != target.id.lower() and kind.name_taken:
                raise kind.name_taken(target, holder)
        if target.existing is None and kind.revive:
            target = replace(target, existing=kind.revive(transaction, target))
        kind.admit(transaction, target)
        outputs = merge(echo(kind.token, target.inputs), kind.computed(target))
        outputs |= {
            "name": kind.name_of(target.id, target.inputs),
            "type": kind.arm_type,
            "azureApiVersion": kind.api_version,
        }
        if kind.located:
            outputs["location"] = target.place
        subscription = target.account.subscription_id
        stored = Stored(target.id, kind.token, urn, subscription, self.redact(target.inputs), self.redact(outputs))
        transaction.put(stored, names)
        return outputs

    def _location_of_group(self, kind: ResourceType, account: Account, inputs: Mapping[str, Any]) -> str:
        target = Target(account, "", inputs)
        if (
            "resourceGroupName" not in kind.id_inputs
            or target.group_id.lower() == kind.resource_id(account, inputs).lower()
        ):
            return ""
        with self.database.write() as transaction:
            group = transaction.get(target.group_id)
        return str(group.outputs.get("location", "")) if group else ""


def _refuse_move(kind: ResourceType, target: Target) -> None:
    # pulumi-azure-native issue 3053; reached where azure-native calls a changed location an update.
    present = str(target.existing.outputs.get("location", "")) if target.existing and kind.located else target.place
    if present != target.place:
        raise Refusal(
            409,
            "InvalidResourceLocation",
            f"The resource '{target.id.rsplit('/', 1)[-1]}' already exists in location '{present}' in resource group "
            f"'{target.text('resourceGroupName')}'. A resource with the same name cannot be created in location "
            f"'{target.place}'. Please select a new resource name.",
        )


def _refuse_without_parents(transaction: Transaction, kind: ResourceType, target: Target) -> None:
    if "resourceGroupName" not in kind.id_inputs or target.id.lower() == target.group_id.lower():
        return
    if transaction.get(target.group_id) is None:
        raise Refusal(
            404, "ResourceGroupNotFound", f"Resource group '{target.text('resourceGroupName')}' could not be found."
        )
    head, tail = target.id.split("/providers/", 1)
    namespace, *segments = tail.split("/")
    for end in range(2, len(segments), 2):
        arm_type = "/".join([namespace, *segments[0:end:2]]).lower()
        ancestor = f"{head}/providers/{namespace}/{'/'.join(segments[:end])}"
        if arm_type not in _SINGLETONS and transaction.get(ancestor) is None:
            raise Refusal(
                404,
                "ParentResourceNotFound",
                "Can not perform requested operation on nested resource. "
                f"Parent resource '{segments[end - 1]}' not found.",
            )


def _without_settings(value: Any) -> Any:
    # Azure never tells them, so they count as unchanged (pulumi-azure-native issue 3279).
    if not isinstance(value, Mapping):
        return value
    return {
        key: item
        for key, item in value.items()
        if key not in ("appSettings", "connectionStrings", "azureStorageAccounts", "push")
    }


def _restore(stored: Any, known: Any) -> Any:
    """The stored value; where a secret stood, the one that the engine still knows, or nothing."""
    if isinstance(known, Secret) and not is_marked(stored):
        known = unwrap(known)
    if is_marked(stored):
        return known if isinstance(known, Secret) else None
    if isinstance(stored, Mapping):
        inner = known if isinstance(known, Mapping) else {}
        return {key: _restore(value, inner.get(key)) for key, value in stored.items()}
    if isinstance(stored, list):
        items = known if isinstance(known, list) else []
        return [_restore(value, items[index] if index < len(items) else None) for index, value in enumerate(stored)]
    return stored


def _without_gaps(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
