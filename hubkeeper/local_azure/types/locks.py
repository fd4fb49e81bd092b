"""Microsoft.Authorization/locks: what stops deletions, by whomever, until the lock itself is deleted."""

from ..database import Stored, Transaction
from ..refusal import Refusal
from .declaration import NameRule, ResourceType, Target

_SOURCE = (
    "Lock your Azure resources, learn.microsoft.com; sentence and reach (role assignments and containers below the scope "
    "too): azure-docs issue 110791, AzureTRE issue 4664, azurerm issue 17478 (409 ScopeLocked), read 2026-11-22"
)


def _admit(transaction: Transaction, target: Target) -> None:
    scope = target.text("scope").rstrip("/")
    if scope.count("/") > 2 and transaction.get(scope) is None:
        raise Refusal(404, "ResourceNotFound", f"The Resource '{scope}' that is to be locked was not found.")


def refuse_locked(transaction: Transaction, stored: Stored) -> None:
    """Refuses to delete what a lock covers: the locked resource, what lies below it, and what it lies in.

    Only what goes through the resource manager: a lock stops nobody from deleting tables, queues or blobs through storage's
    own interface.
    """
    if stored.type == LOCK.token:
        return
    key = f"{stored.id.lower()}/"
    scopes = [str(lock.inputs.get("scope", "")).rstrip("/") for lock in transaction.of_type(LOCK.token)]
    locked = [scope for scope in scopes if key.startswith(f"{scope.lower()}/") or f"{scope.lower()}/".startswith(key)]
    if locked:
        raise Refusal(
            409,
            "ScopeLocked",
            f"The scope '{stored.id}' cannot perform delete operation because following scope(s) are locked: "
            f"'{', '.join(sorted(set(locked)))}'. Please remove the lock and try again.",
        )


LOCK = ResourceType(
    token="azure-native:authorization:ManagementLockByScope",
    arm_type="Microsoft.Authorization/locks",
    api_version="2020-05-01",
    id_form="{scope}/providers/Microsoft.Authorization/locks/{lockName}",
    located=False,
    source=_SOURCE,
    name_rule=NameRule("lockName", r"[^<>%&:\\?/\x00-\x1f]{1,260}", "1 to 260 characters without < > % & : \\ ? /"),
    admit=_admit,
)

TYPES = (LOCK,)
