"""A project through `check` and through the pack in a preview of the real engine: what each of them tells."""

import os
import runpy
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from pulumi import automation, log
from pulumi.automation import events

from hubkeeper.check import check
from hubkeeper.engine.pulumi_cli import PulumiCli
from policies.finding import Finding
from policies.pack import in_one_line
from tests.engine import willing_azure

Told = Counter[tuple[str, str, str]]
"""How often what was told: level, URN (of the stack itself: none), words."""


def findings(project: Path) -> list[Finding]:
    """What `check` finds in prod today."""
    return list(check(project, ["prod"], datetime.now(tz=UTC).date(), cache=False).findings)


def by_check(found: list[Finding]) -> Told:
    """What `check` tells, in the words of the pack."""
    levels = {True: "mandatory", False: "advisory"}
    return Counter((levels[one.level.stops], one.resource or "", in_one_line(one)) for one in found)


def by_pack(project: Path, pack: Path, cli: PulumiCli) -> Told:
    """What the pack tells in the first preview of prod."""
    told: Told = Counter()
    broken: list[str] = []

    def listen(event: events.EngineEvent) -> None:
        if one := event.policy_event:
            urn = one.resource_urn or ""
            # The engine puts the policy's own sentence above what was reported.
            words = one.message.strip().partition("\n")[2]
            told[(one.enforcement_level, "" if urn.endswith("::hubkeeper-prod") else urn, words)] += 1
        if event.diagnostic_event and event.diagnostic_event.severity == "error":
            broken.append(event.diagnostic_event.message)

    with _stack(project, cli) as stack:
        try:
            stack.preview(
                policy_packs=[str(pack)], on_event=listen, suppress_progress=True, suppress_outputs=True, color="never"
            )
        except automation.CommandError:
            # Mandatory findings fail a preview. Whatever else does would leave things out unseen.
            assert [one for one in broken if "preview failed" not in one] == []
    return told


@contextmanager
def _stack(project: Path, cli: PulumiCli) -> Iterator[automation.Stack]:
    backend = project / "state"
    backend.mkdir()
    server, port = willing_azure.serve()
    variables = {
        "HUBKEEPER_PROJECT": str(project),
        "PULUMI_BACKEND_URL": backend.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "fixtures",
        "PULUMI_DEBUG_PROVIDERS": f"azure-native:{port}",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    }

    def program() -> None:
        runpy.run_path(str(project / "__main__.py"))

    said, log.debug = log.debug, _nothing  # half of what a registration costs, and nobody reads it
    try:
        with patch.dict(os.environ, cli.environment()):
            yield automation.create_or_select_stack(
                "prod",
                project_name="hubkeeper",
                program=program,
                opts=automation.LocalWorkspaceOptions(work_dir=str(project), env_vars=variables),
            )
    finally:
        log.debug = said
        server.stop(None)


def _nothing(*_: object, **__: object) -> None:
    """Says nothing."""
