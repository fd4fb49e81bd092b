"""Where a local run keeps its things: everything below `.hubkeeper/local`, nothing in the tracked tree."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hubkeeper.project import Project


@dataclass(frozen=True)
class LocalFolders:
    """State, home and work folders of local runs; one database of the local Azure for all environments."""

    root: Path

    @classmethod
    def of(cls, project: Project) -> "LocalFolders":
        """The folders of a project, made when they are not there."""
        folders = cls(project.private / "local")
        for folder in (folders.state, folders.home):
            folder.mkdir(parents=True, exist_ok=True)
        return folders

    @property
    def state(self) -> Path:
        """The engine's file backend."""
        return self.root / "state"

    @property
    def home(self) -> Path:
        """The engine's own home: without plugins, so that no other provider than ours can be found."""
        return self.root / "home"

    @property
    def database(self) -> Path:
        """What the local Azure holds."""
        return self.root / "azure.db"

    @property
    def passphrase(self) -> Path:
        """The file of the passphrase that secrets in the local state are encrypted with; made up once."""
        file = self.root / "passphrase"
        if not file.exists():
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as handle:
                handle.write(secrets.token_urlsafe(32))
        return file

    def work(self, project: Project, environment: str, policy_runner: Path) -> Path:
        """The folder the engine works in. It rewrites `Pulumi.<stack>.yaml`, so it gets a copy and never the tracked one.

        `policy_runner` is the folder of the runner of policy packs. The engine would find it on PATH too, and warn of it in
        every run (pulumi/pulumi, sdk/go/common/workspace/plugins.go, 3.255).
        """
        folder = self.root / "work" / environment
        (folder / "environments").mkdir(parents=True, exist_ok=True)
        said = yaml.safe_load((project.root / "Pulumi.yaml").read_text(encoding="utf-8"))
        runner = {"name": "policy-python", "path": str(policy_runner)}
        said["plugins"] = {**said.get("plugins", {}), "analyzers": [runner]}
        (folder / "Pulumi.yaml").write_text(yaml.safe_dump(said), encoding="utf-8")
        target = folder / "environments" / f"Pulumi.{environment}.yaml"
        merged = {**_config(target), "config": {**_plain(project.descriptions / target.name), **_secrets(target)}}
        target.write_text(yaml.safe_dump(merged), encoding="utf-8")
        return folder


def _config(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    return document if isinstance(document, dict) else {}


def _plain(tracked: Path) -> dict[str, Any]:
    """The tracked stack's configuration without what is encrypted: only the user's own backend can read that."""
    config = _config(tracked).get("config") or {}
    return {key: value for key, value in config.items() if not _is_encrypted(value)}


def _secrets(local: Path) -> dict[str, Any]:
    """The secrets set in the local stack itself. Anything else there is a copy of what the tracked file once said."""
    config = _config(local).get("config") or {}
    return {key: value for key, value in config.items() if _is_encrypted(value)}


def _is_encrypted(value: object) -> bool:
    return isinstance(value, dict) and "secure" in value
