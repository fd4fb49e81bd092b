"""What Pulumi's SDK keeps per context, set up for one recording."""

from __future__ import annotations

from collections.abc import Collection

from pulumi._utils import ContextProperty
from pulumi.runtime import config as sdk_config
from pulumi.runtime import settings as sdk_settings
from pulumi.runtime.proto import engine_pb2

from plan.monitor import RecordingMonitor

_UNSET = object()


class ErrorLog:
    """Stands for the engine and takes the program's log: an error makes a deployment fail, the rest is for people."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def Log(self, request: engine_pb2.LogRequest) -> None:  # noqa: N802 - the protocol's name
        if request.severity == engine_pb2.ERROR:
            self.errors.append(" ".join(request.message.split()))

    def RequirePulumiVersion(self, request: object) -> None:  # noqa: N802
        """Any version will do: none runs."""


def enter_context(
    monitor: RecordingMonitor, log: ErrorLog, organization: str, config: dict[str, str], secret_keys: Collection[str]
) -> None:
    """Make the current context this recording's, so that nothing of an earlier program is left in it."""
    sdk_settings.ROOT.set(None)
    for setting in vars(sdk_settings.Settings).values():
        if isinstance(setting, ContextProperty):
            # The SDK takes the first value that a context sets for every other context's default. This is the first.
            setting._data.set(_UNSET)
    sdk_settings.Settings(
        project=monitor.plan.project,
        stack=monitor.plan.stack,
        monitor=monitor,
        engine=log,
        dry_run=True,
        organization=organization,
    )
    sdk_config.set_all_config(config, list(secret_keys))
