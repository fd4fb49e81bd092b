"""Records what a program wants, in process: no Pulumi CLI, no engine, no cloud."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Collection, Mapping
from contextlib import nullcontext
from inspect import isawaitable
from pathlib import Path
from typing import TYPE_CHECKING

from plan.failures import ProgramError, SourceFinder, program_error
from plan.model import Plan
from plan.order import in_dependency_order

if TYPE_CHECKING:
    from plan.monitor import Lookup

__all__ = ["ProgramError", "record"]


def record(
    program: Callable[[], object],
    *,
    project: str,
    stack: str,
    config: Mapping[str, str] | None = None,
    secret_keys: Collection[str] = (),
    organization: str = "organization",
    project_root: Path | None = None,
    lookup: Lookup | None = None,
    shortcuts: bool = True,
) -> Plan:
    """The plan of a program: what `pulumi preview` of a new stack would register.

    The program runs as in a preview, in a context of its own; it may be a coroutine function. Only what modules keep
    for themselves outlives it, so a program must not read stack or configuration at module level.

    config        full keys and values, `{"project:key": "value"}`; objects as JSON text
    secret_keys   the keys whose values are secrets
    project_root  folder of the program: source lines are the innermost ones below it, relative to it
    lookup        answers provider functions (`azure-native:authorization:getClientConfig`): token and arguments in,
                  result out; without it a program that asks one is a ProgramError
    shortcuts     False runs the SDK exactly as it is: the same plan, ten times slower and more

    Raises ProgramError, whatever goes wrong in the program. Cannot be called from a running event loop.
    """
    # Pulumi costs a quarter of a second to import; whoever only reads plans should not pay for it.
    from pulumi.runtime.stack import run_in_stack

    from plan.lazy_sdk import packages_by_need
    from plan.monitor import RecordingMonitor
    from plan.sdk_context import ErrorLog, enter_context
    from plan.shortcuts import recording_runner, takes_outputs_later

    finder = SourceFinder(project_root)
    asked_later = shortcuts and takes_outputs_later()
    monitor = RecordingMonitor(project, stack, finder, lookup, asked_later=asked_later)
    settings = dict(config or {})
    secrets = [settings[key] for key in secret_keys if key in settings]

    failed: list[ProgramError] = []

    async def guarded() -> None:
        # Here and not only outside: a failed program leaves broken registrations, and the SDK raises those instead.
        try:
            result = program()
            if isawaitable(result):
                await result
        except (Exception, SystemExit) as error:
            failed.append(program_error(error, finder, secrets))
            raise failed[0] from error

    log = ErrorLog()

    def run() -> None:
        enter_context(monitor, log, organization, settings, secret_keys)
        with packages_by_need() if shortcuts else nullcontext(), recording_runner(shortcuts) as runner:
            runner.run(run_in_stack(guarded))

    try:
        contextvars.copy_context().run(run)
    except (Exception, SystemExit) as error:
        raise failed[0] if failed else program_error(error, finder, secrets) from error
    if log.errors:
        raise program_error(ProgramError(log.errors[0]), finder, secrets)
    plan = monitor.plan
    plan.resources = {resource.urn: resource for resource in in_dependency_order(plan.resources.values())}
    return plan
