"""What a run ends with: what is there now, and where to look next."""

from environments import Environment, task_hubs
from hubkeeper.engine.operations import Watcher


def of_up(environment: Environment, watcher: Watcher, *, local: bool) -> str:
    """The summary of `up`: hubs above all, then what `up` does not do."""
    changes = {op: count for op, count in watcher.changes().items() if op != "same"}
    done = ", ".join(f"{count} {op}" for op, count in sorted(changes.items())) or "nothing to change"
    total = sum(count for op, count in watcher.changes().items() if op != "delete")
    where = "on the local Azure" if local else f"in subscription {environment.subscription_id}"
    lines = [f"{environment.name} is up {where}: {total} resources ({done})"]
    width = max(len(hub.whose) for hub in task_hubs(environment))
    lines += [f"  {hub.whose:{width}}  hub {hub.name} in {hub.store}" for hub in task_hubs(environment)]
    by_hand = [name for name, app in environment.apps.items() if app.task_hub.database is not None]
    if by_hand:
        lines.append(
            f"  database users are made by hand, once ({', '.join(by_hand)}): see the runbook, prepare-the-database-users"
        )
    if not local:
        lines.append("up does not put code in place, sync triggers or fill the vault: see README, What up does not do")
    return "\n".join(lines)


def of_destroy(environment: Environment, gone: int, *, local: bool) -> str:
    """The summary of `destroy`; it says how the vaults' names come back."""
    if not gone:
        return f"{environment.name}: nothing was there"
    vaults = ", ".join(environment.app_names(app).key_vault for app in environment.apps)
    back = (
        "the next up brings them back"
        if local
        else "`hubkeeper up --recover-vault NAME` brings one back with its secrets"
    )
    return f"{environment.name} is down: {gone} resources gone\n  vaults are soft-deleted and keep their names ({vaults}); {back}"
