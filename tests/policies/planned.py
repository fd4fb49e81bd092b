"""The plan of a description that stands in no file."""

from pathlib import Path

import pulumi

from components import build
from environments import Environment
from plan import Plan, record

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"


def planned(environment: Environment) -> Plan:
    """What the components register for it. Raises plan.ProgramError."""

    def program() -> None:
        pulumi.export("handoff", build(environment, templates=TEMPLATES))

    return record(program, project="hubkeeper", stack=environment.name)
