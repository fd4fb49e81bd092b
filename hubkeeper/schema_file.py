"""The JSON Schema beside the descriptions, which editors read. It is generated from the model."""

import json

from environments import environment_schema
from hubkeeper.project import Project
from hubkeeper.whole_files import write_whole

FILE = "environment.schema.json"


def schema_text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(environment_schema(), indent=2, ensure_ascii=False) + "\n"


def is_current(project: Project) -> bool:
    """Whether the file says what the model says."""
    file = project.descriptions / FILE
    return file.is_file() and file.read_text(encoding="utf-8") == schema_text()


def write_schema(project: Project) -> None:
    """Writes the file."""
    write_whole(project.descriptions / FILE, schema_text())
