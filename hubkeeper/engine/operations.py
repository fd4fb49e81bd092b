"""Preview, up and destroy of one environment. `up` and `destroy` look first and stop before anything is touched."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from pulumi import automation
from pulumi.automation import events

from environments import Environment, task_hubs
from hubkeeper.engine.first_up import told, too_early
from hubkeeper.engine.guard import Step, losses, protected_holders
from hubkeeper.engine.impossible import impossible
from hubkeeper.engine.interrupts import waits_for_the_engine
from hubkeeper.engine.locked import held_by_locks
from hubkeeper.engine.look_first import (
    Refused,
    deployed_plan,
    how_to_destroy,
    refuse_abandoned,
    refuse_unknown_vaults,
    soft_deleted_vaults,
)
from hubkeeper.engine.retiring import Retirement, retired
from hubkeeper.engine.session import Session
from hubkeeper.engine.unprotecting import unprotected
from plan import Plan
from policies.between_plans import effects_between
from policies.effect import in_words

Report = Callable[[str], None]

#: Configuration key of the program: names of soft-deleted vaults to bring back, separated by commas.
RECOVER_KEY = "hubkeeper:recoverVaults"

#: The engine has no event for this, only words. pulumi/pulumi, pkg/resource/deploy/step_generator.go, 3.220.
_BLOCKED = re.compile(r'unable to (replace|delete) resource "([^"]+)"')

#: What the engine says last whatever went wrong.
_EMPTY_WORDS = {"preview failed", "update failed"}


class EngineFailed(Exception):
    """The engine ended with an error, which it has told itself. The text is one line for the user.

    `begun`: it had not only looked, so something may have been changed.
    """

    def __init__(self, reason: str, *, begun: bool = False) -> None:
        self.begun = begun
        super().__init__(reason)


@dataclass
class Watcher:
    """Listens to the engine's events: the steps it would take, and what the rules say."""

    steps: list[Step] = field(default_factory=list)
    mandatory: list[str] = field(default_factory=list)
    advisory: list[str] = field(default_factory=list)
    blocked: list[tuple[str, str]] = field(default_factory=list)
    """(replace or delete, URN) of protected resources that the engine would not touch."""

    def __call__(self, event: events.EngineEvent) -> None:
        """Takes one event."""
        if event.resource_pre_event:
            step = event.resource_pre_event.metadata
            state = step.old or step.new
            inputs = state.inputs if state else None
            wanted = step.new.inputs if step.new else None
            protected = bool(step.old and step.old.protect)
            keys = tuple(step.keys or ())
            self.steps.append(Step(step.op.value, step.urn, step.type, keys, inputs, protected, wanted))
        if event.diagnostic_event and "marked for protection" in event.diagnostic_event.message:
            self.blocked += _BLOCKED.findall(event.diagnostic_event.message)
        if event.policy_event:
            found = self.mandatory if event.policy_event.enforcement_level == "mandatory" else self.advisory
            found.append(event.policy_event.policy_name)

    def changes(self) -> dict[str, int]:
        """How many resources of Azure each operation is for."""
        counts: dict[str, int] = {}
        for step in self.steps:
            if step.type.startswith("azure-native:"):
                counts[step.op] = counts.get(step.op, 0) + 1
        return counts


@dataclass(frozen=True)
class Output:
    """Where the engine's own output goes, and how it looks."""

    line: Callable[[str], None]
    color: str = "never"
    quiet: bool = False


def preview(
    session: Session,
    environment: Environment,
    output: Output,
    abandon: frozenset[str] = frozenset(),
    wanted: Plan | None = None,
    agreed: frozenset[str] = frozenset(),
) -> Watcher:
    """What `up` would do, with the rules run in the engine. Raises Refused, EngineFailed.

    `abandon` names hubs that may be left behind. With the plan that is `wanted`, it is told what becomes of what runs.
    `agreed` are URNs of what held hubs and is to be deleted.
    """
    refuse_abandoned(session, environment, abandon)
    watcher = Watcher()
    try:
        with waits_for_the_engine(output.line):
            session.stack.preview(
                policy_packs=[session.policy_pack],
                policy_pack_configs=session.policy_pack_configs,
                on_output=output.line,
                on_error=output.line,
                on_event=watcher,
                color=output.color,
                suppress_outputs=True,
                suppress_progress=output.quiet,
            )
    except automation.CommandError as error:
        watcher.steps += _blocked_steps(session, watcher)
        raise _refused_or_failed(environment, watcher, error, agreed) from None
    refused = [
        *losses(environment, watcher.steps, agreed),
        *held_by_locks(watcher.steps),
        *impossible(watcher.steps),
        *too_early(watcher.steps),
    ]
    if refused:
        raise Refused(*refused)
    if wanted and (deployed := deployed_plan(session)):
        for line in (*in_words(effects_between(deployed, wanted)), *told(watcher.steps)):
            output.line(line)
    return watcher


def up(
    session: Session,
    environment: Environment,
    output: Output,
    *,
    agree: Callable[[str], bool],
    abandon: frozenset[str],
    recover: frozenset[str],
    wanted: Plan | None = None,
    retirement: Retirement | None = None,
) -> Watcher:
    """Previews, asks, and then brings the environment up. Raises Refused, EngineFailed.

    `agree` is shown what would happen and says whether to go on. `abandon` names hubs that may be left behind, `wanted` is
    the plan, by which it is told what becomes of what runs. With a `retirement` an application that is described no more goes
    with what held its hubs.
    """
    refuse_unknown_vaults(session, environment, recover)
    if retirement is None:
        return _up(session, environment, output, agree, abandon, recover, wanted)
    gone, refused = retired(deployed_plan(session), environment, retirement, abandon)
    if gone is None or refused:
        raise Refused(*refused)
    if not agree(gone.question):
        raise Refused("not agreed, so nothing was touched")
    with unprotected(session, gone.holders):
        session = replace(session)  # which looks anew: time has passed, and the protection is another
        return _up(session, environment, output, agree, abandon - gone.untold, recover, wanted, gone.holders)


def _up(
    session: Session,
    environment: Environment,
    output: Output,
    agree: Callable[[str], bool],
    abandon: frozenset[str],
    recover: frozenset[str],
    wanted: Plan | None,
    agreed: frozenset[str] = frozenset(),
) -> Watcher:
    recovering = recover | soft_deleted_vaults(session, environment)
    if recovering:
        session.stack.set_config(RECOVER_KEY, automation.ConfigValue(",".join(sorted(recovering))))
        output.line(f"soft-deleted vaults come back: {', '.join(sorted(recovering))}")
    try:
        watcher = preview(session, environment, output, abandon, wanted, agreed)
        changes = {op: count for op, count in watcher.changes().items() if op != "same"}
        summary = ", ".join(f"{count} {op}" for op, count in sorted(changes.items())) or "nothing to change"
        if changes and not agree(f"{environment.name} ({environment.tier}): {summary}"):
            raise Refused("not agreed, so nothing was touched")
        with waits_for_the_engine(output.line):
            session.stack.up(
                policy_packs=[session.policy_pack],
                policy_pack_configs=session.policy_pack_configs,
                on_output=output.line,
                on_error=output.line,
                color=output.color,
                show_secrets=False,
                suppress_outputs=True,
                suppress_progress=output.quiet,
            )
    except automation.CommandError as error:
        raise EngineFailed(last_words(error), begun=True) from None
    finally:
        if recovering:
            session.stack.remove_config(RECOVER_KEY)
    return watcher


def destroy(session: Session, environment: Environment, output: Output, *, agree: Callable[[str], bool]) -> int:
    """Takes an environment down, unless anything that holds a hub is protected. Returns how many resources went."""
    state = session.deployed.deployment or {}
    resources = state.get("resources") or []
    held = protected_holders(resources)
    if held:
        raise Refused(*held, how_to_destroy(environment, local=session.local is not None))
    real = [one for one in resources if str(one.get("type")).startswith("azure-native:")]
    if not real:
        return 0
    hubs = ", ".join(f"{hub.name} in {hub.store}" for hub in task_hubs(environment))
    question = (
        f"{environment.name} ({environment.tier}): {len(real)} resources go, and with them whatever runs in {hubs}"
    )
    if not agree(question):
        raise Refused("not agreed, so nothing was touched")
    try:
        with waits_for_the_engine(output.line):
            session.stack.destroy(
                on_output=output.line,
                on_error=output.line,
                color=output.color,
                show_secrets=False,
                suppress_outputs=True,
                suppress_progress=output.quiet,
            )
    except automation.CommandError as error:
        raise EngineFailed(last_words(error), begun=True) from None
    return len(real)


def _blocked_steps(session: Session, watcher: Watcher) -> Iterator[Step]:
    """What the engine would have done with protected resources; it stops before it tells these steps."""
    if not watcher.blocked:
        return
    resources = (session.deployed.deployment or {}).get("resources") or []
    known = {one["urn"]: one for one in resources}
    for op, urn in watcher.blocked:
        if one := known.get(urn):
            yield Step(op, urn, one["type"], inputs=one.get("inputs"), protected=True)


def _refused_or_failed(
    environment: Environment, watcher: Watcher, error: automation.CommandError, agreed: frozenset[str]
) -> Exception:
    lost = losses(environment, watcher.steps, agreed)
    if watcher.mandatory:
        names = ", ".join(sorted(set(watcher.mandatory)))
        return Refused(*lost, f"{_findings(len(watcher.mandatory))} of the rules above ({names}); nothing was touched")
    return Refused(*lost) if lost else EngineFailed(last_words(error))


def _findings(count: int) -> str:
    return "1 mandatory finding" if count == 1 else f"{count} mandatory findings"


def last_words(error: automation.CommandError) -> str:
    """One line of the engine's error, the first that says something."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    if "PULUMI_ACCESS_TOKEN must be set" in plain:
        return "no backend to keep the state in, expected `pulumi login …` first (README, Real Azure), or --local"
    lines = [line.strip() for line in re.findall(r"^\s*(?:stderr: )?error: (.+)$", plain, re.MULTILINE)]
    return next((line for line in lines if line not in _EMPTY_WORDS), "the engine stopped with an error (above)")
