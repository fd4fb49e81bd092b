"""What may be stored: no secret, and of application settings names only, with a digest that tells a change.

The digest is keyed with a random key in a file beside the database, so that a short value cannot be guessed from it by
whoever is handed the database.
"""

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .wire import Secret, reveal, transform

SECRET_MARKER = "[secret]"
_SETTINGS = ("appSettings", "connectionStrings")
_WHOLLY = ("azureStorageAccounts", "push")
"""Parts of a siteConfig that hold keys: kept as a digest only."""


class Redactor:
    """Makes inputs and outputs fit to be stored."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def beside(cls, database: Path) -> "Redactor":
        """With the key kept beside a database; made when it is not there yet."""
        path = database.with_name(database.name + ".key")
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            fresh = path.with_name(f"{path.name}.{os.getpid()}")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(secrets.token_hex(32).encode())
            with contextlib.suppress(FileExistsError):  # another process was first: its key counts
                path.hardlink_to(fresh)
            fresh.unlink()
        return cls(path.read_bytes())

    def __call__(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A copy without secrets and without values of settings."""
        config = values.get("siteConfig")
        config = config.value if isinstance(config, Secret) else config
        copy = dict(values)
        if isinstance(config, Mapping):
            copy["siteConfig"] = {key: self._site_property(key, value) for key, value in config.items()}
        marked: dict[str, Any] = transform(copy, lambda _: SECRET_MARKER)
        return marked

    def _site_property(self, key: str, value: Any) -> Any:
        if key in _WHOLLY:
            return self._digest(value)
        plain = value.value if isinstance(value, Secret) else value
        if key not in _SETTINGS or not isinstance(plain, list):
            return value
        return [self._setting(item.value if isinstance(item, Secret) else item) for item in plain]

    def _setting(self, setting: Any) -> dict[str, Any]:
        if not isinstance(setting, Mapping):
            return {"digest": self._digest(setting)}
        name = setting.get("name")
        return {"name": SECRET_MARKER if isinstance(name, Secret) else name, "digest": self._digest(setting)}

    def _digest(self, value: Any) -> str:
        text = json.dumps(reveal(value), sort_keys=True, default=str)
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


def is_marked(value: Any) -> bool:
    """Whether a secret stood here before it was stored."""
    return isinstance(value, str) and value == SECRET_MARKER
