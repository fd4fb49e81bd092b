"""What an interrupted local run leaves behind, and how the next one goes on: dead locks, pending operations, orphans.

For real Azure the same steps are the operator's: `pulumi cancel`, `pulumi refresh`, `pulumi import`. README tells them.
"""

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pulumi import automation

from hubkeeper import local_azure
from hubkeeper.engine.local_folders import LocalFolders

Report = Callable[[str], None]


class InUse(Exception):
    """Another run works on the stack right now. The text is one line for the user."""


def make_readable(environment: str, project: str, folders: LocalFolders) -> None:
    """Lets the engine read the stack again, if it was killed while it wrote. Comes before the stack is opened.

    The engine's file store keeps a small file of attributes beside each file. The file itself is replaced whole, but the
    attributes are not (gocloud.dev, blob/fileblob/attrs.go, 0.37): empty ones make the stack unreadable, missing ones do not.

    Raises InUse when another run works on the stack.
    """
    for lock in _locks(environment, project, folders):
        holder = _holder(lock)
        if holder is not None and _is_alive(holder):
            raise InUse(f"{environment} is in use: process {holder} works on it, expected it to end first")
    for attributes in (folders.state / ".pulumi").rglob("*.attrs"):
        is_ours = f"/{project}/{environment}." in str(attributes) or f"/{project}/{environment}/" in str(attributes)
        if (is_ours or attributes.name == "meta.yaml.attrs") and not _is_json(attributes):
            attributes.unlink(missing_ok=True)


def heal(
    stack: automation.Stack, deployment: automation.Deployment, project: str, folders: LocalFolders, report: Report
) -> list[dict[str, str]]:
    """Clears what a killed run left in the stack, and lists what the local Azure has that the state does not know.

    `deployment` is the state, read just now.
    """
    if _locks(stack.name, project, folders):
        stack.cancel()
        report("the lock of a run that died was cleared")
    content: dict[str, Any] = dict(deployment.deployment or {})
    pending = content.get("pending_operations") or []
    if pending:
        content["pending_operations"] = []
        stack.import_stack(automation.Deployment(version=deployment.version, deployment=content))
        report(f"{len(pending)} operations of an interrupted run were pending; they are done again")
    known = {str(resource.get("id")) for resource in content.get("resources") or [] if resource.get("id")}
    orphans = local_azure.orphans(folders.database, f"urn:pulumi:{stack.name}::{project}::", known)
    if orphans:
        report(f"{len(orphans)} resources of an interrupted run are adopted")
    return orphans


def _locks(environment: str, project: str, folders: LocalFolders) -> list[Path]:
    return list((folders.state / ".pulumi" / "locks").glob(f"**/{project}/{environment}/*.json"))


def _is_json(file: Path) -> bool:
    try:
        json.loads(file.read_bytes())
    except (OSError, ValueError):
        return False
    return True


def _holder(lock: Path) -> int | None:
    """The process that took a lock, where that can be known: None for another machine's or an unreadable one."""
    try:
        content = json.loads(lock.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if content.get("hostname") not in (None, "", socket.gethostname()):
        return None
    process = content.get("pid")
    return process if isinstance(process, int) and process > 0 else None


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(process)


def _is_zombie(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (OSError, IndexError):
        return False
