"""Records the plan of an environment by running the project's own program in process."""

import runpy
import sys

from environments import Environment
from hubkeeper.project import Project
from plan import Plan, record


def record_environment(project: Project, environment: str) -> Plan:
    """What the program of the project registers for the environment. Raises plan.ProgramError."""

    def program() -> None:
        root = str(project.root)
        if root not in sys.path:
            sys.path.insert(0, root)
        runpy.run_path(str(project.root / "__main__.py"))

    return record(program, project=project.name, stack=environment, project_root=project.root)


def record_described(project: Project, environment: Environment) -> Plan:
    """What the project's components register for an environment that is not, or no more, described so. Raises plan.ProgramError."""

    def program() -> None:
        root = str(project.root)
        if root not in sys.path:
            sys.path.insert(0, root)

        import pulumi

        from components import build

        pulumi.export("handoff", build(environment, templates=project.root / "templates"))

    return record(program, project=project.name, stack=environment.name, project_root=project.root)
