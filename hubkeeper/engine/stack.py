"""The SDK's stack, which asks the CLI only for what is read: each question is a process, and half a second or more."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pulumi import automation
from pulumi.automation._cmd import _parse_and_validate_pulumi_version
from pulumi.automation._minimum_version import _MINIMUM_VERSION
from pulumi.automation._stack import StackInitMode

from hubkeeper.engine.pulumi_cli import PulumiCli


class Stack(automation.Stack):
    """A stack that may not be there yet: the first question about its state raises StackNotFoundError then."""

    def __init__(self, name: str, cli: PulumiCli, folder: Path, program: Callable[[], None]) -> None:
        # The provider of secrets is for a stack that is made, and only a local one ever is.
        workspace = _Workspace(
            work_dir=str(folder), program=program, secrets_provider="passphrase", pulumi_command=_Command(cli)
        )
        super().__init__(name, workspace, StackInitMode.SELECT)

    def info(self, show_secrets: bool = True) -> automation.UpdateSummary:
        """Something, since the SDK wants a summary after each run: from the history, which nobody here reads."""
        return automation.UpdateSummary("update", datetime.now(tz=UTC), "", {}, {}, "succeeded")


class _Command(automation.PulumiCommand):
    """The first CLI on PATH, whose version was asked for when it was found."""

    def __init__(self, cli: PulumiCli) -> None:
        self.command = "pulumi"
        self.version = _parse_and_validate_pulumi_version(_MINIMUM_VERSION, cli.version, opt_out=False)


class _Workspace(automation.LocalWorkspace):
    """A workspace in which no stack is selected: every command names its own."""

    def select_stack(self, stack_name: str) -> None: ...

    def import_stack(self, stack_name: str, state: automation.Deployment) -> None:
        """From a file that is gone afterwards, also where the import fails: secrets stand in it in clear."""
        with TemporaryDirectory() as folder:
            file = Path(folder, "state.json")
            file.write_text(json.dumps(vars(state)), encoding="utf-8")
            self._run_pulumi_cmd_sync(["stack", "import", "--file", str(file), "--stack", stack_name])

    def stack_outputs(self, stack_name: str) -> automation.OutputMap:
        """None: the SDK wants the outputs after each `up`, by two questions, and nobody here reads them."""
        return {}
