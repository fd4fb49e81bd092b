"""The descriptions as they were at a revision, read from git's objects: no checkout, no second work tree."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from environments import DescriptionError, Estate, Problem, load_estate
from environments.problems import one_line
from hubkeeper.check.bad_input import BadInput
from hubkeeper.project import Project


@dataclass(frozen=True)
class Earlier:
    """What was described at a commit. `estate` is None where nothing was, or, with `problems`, where it cannot be read."""

    commit: str
    estate: Estate | None = None
    problems: tuple[Problem, ...] = ()


def estate_at(project: Project, revision: str) -> Earlier:
    """The estate at the revision, or where the work tree has branched off from it. Raises BadInput."""
    named = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not named:
        raise BadInput(
            f"--base {one_line(revision)}: no such revision in this repository, expected one like origin/main "
            "(in CI, fetch the whole history)"
        )
    commit = _git(project, "merge-base", named, "HEAD") or named
    files = _files(project, commit)
    if not files:
        return Earlier(commit)
    lost = [name for name, content in files.items() if content is None]
    if lost:
        wrong = "a link to what was not in the repository"
        return Earlier(commit, None, tuple(Problem(f"environments/{name}", 1, "", wrong, "a file") for name in lost))
    with TemporaryDirectory() as folder:
        environments = Path(folder, "environments")
        environments.mkdir()
        for name, content in files.items():
            (environments / name).write_bytes(content or b"")
        try:
            return Earlier(commit, load_estate(environments))
        except DescriptionError as error:
            return Earlier(commit, None, error.problems)


def _files(project: Project, commit: str) -> dict[str, bytes | None]:
    """The descriptions by name, links followed; None for a link to what is not in the repository."""
    listed = _git(project, "ls-tree", "-z", commit, "environments/")
    asked: dict[str, str] = {}
    for entry in filter(None, listed.split("\0")):
        kind, _, path = entry.partition("\t")
        if path.endswith((".yaml", ".yml")) and kind.startswith(("100", "120")):
            is_link = kind.startswith("120")
            asked[path.rpartition("/")[2]] = f"{commit}:./{path}" if is_link else kind.split()[2]
    lines = "".join(f"{one}\n" for one in asked.values())
    answer = _run(project, ["cat-file", "--batch", "--follow-symlinks"], os.fsencode(lines)) if asked else b""
    contents: dict[str, bytes | None] = {}
    for name in asked:
        head, _, rest = answer.partition(b"\n")
        *_, kind_of, size = head.split()
        length = int(size) if size.isdigit() else -1  # "... missing" has nothing below it
        contents[name] = rest[:length] if kind_of == b"blob" else None
        answer = rest[length + 1 :]
    return contents


def _git(project: Project, *arguments: str) -> str:
    return os.fsdecode(_run(project, list(arguments))).strip("\n")


def _run(project: Project, arguments: list[str], given: bytes = b"") -> bytes:
    """Git's answer; nothing where it only says no."""
    try:
        done = subprocess.run(["git", *arguments], cwd=project.root, input=given, capture_output=True, check=False)
    except FileNotFoundError:
        raise BadInput("--base: git is not installed, expected it on PATH") from None
    if done.returncode not in (0, 1):
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["it failed"]
        raise BadInput(f"--base: git says: {said[0].removeprefix('fatal: ')}")
    return done.stdout
