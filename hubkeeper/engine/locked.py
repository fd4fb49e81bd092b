"""Stops a run that Azure would stop half-way: what lies below a lock can be made, but not deleted or replaced."""

from collections.abc import Sequence

from hubkeeper.engine.guard import Step, plain_type

_LOCK = "azure-native:authorization:ManagementLockByScope"
_ROLE = "azure-native:authorization:RoleAssignment"
_IDENTITY = "azure-native:managedidentity:UserAssignedIdentity"
_KEEPS = {"same", "update", "refresh"}
_REPLACES = {"replace", "delete-replaced", "create-replacement"}


def held_by_locks(steps: Sequence[Step]) -> list[str]:
    """A line for each step that a lock refuses. "Lock your Azure resources", learn.microsoft.com, read 2026-11-22.

    A lock that goes in the same run goes first, before plain deletions. Replacements come earlier: the old resource is deleted
    while everything else is still there.
    """
    locks = [step for step in steps if plain_type(step.type) == _LOCK]
    kept = {_text(lock, "scope") for lock in locks if lock.op in _KEEPS}
    going = {_text(lock, "scope") for lock in locks if lock.op == "delete"}
    lines: dict[str, str] = {}
    for step in steps:
        if plain_type(step.type) == _LOCK or step.op not in _REPLACES | {"delete"} or _only_looks_replaced(step, steps):
            continue
        for scope in kept | (going if step.op in _REPLACES else set()):
            if scope and _is_below(step, scope):
                what = "deleted" if step.op == "delete" else "replaced"
                name, store = step.urn.rsplit("::", 1)[-1], scope.rsplit("/", 1)[-1]
                lines.setdefault(
                    step.urn,
                    f"{name} would be {what}, and Azure refuses that below the lock on {store}: run `up` with "
                    "`store: {lock: false}` alone first, then with this change, then with the lock again",
                )
    return sorted(lines.values())


def _only_looks_replaced(step: Step, steps: Sequence[Step]) -> bool:
    """Whether a role is shown as replaced only because its identity is updated.

    A preview does not know what an updated identity's principal will be. It stays the same as long as the identity does.
    """
    if plain_type(step.type) != _ROLE or step.op not in _REPLACES:
        return False
    keys = {key for same in steps if same.urn == step.urn for key in same.keys}
    identity_stays = all(one.op in _KEEPS for one in steps if plain_type(one.type) == _IDENTITY)
    return keys == {"principalId"} and identity_stays


def _is_below(step: Step, scope: str) -> bool:
    """By the id it is on, or by the account it is in."""
    place = _text(step, "scope") or _text(step, "resourceUri")
    if place:
        return f"{place}/".startswith(f"{scope}/")
    return _text(step, "accountName") == scope.rsplit("/", 1)[-1] and "blobServicesName" not in (step.inputs or {})


def _text(step: Step, name: str) -> str:
    value = (step.inputs or {}).get(name)
    return value.lower().rstrip("/") if isinstance(value, str) else ""
