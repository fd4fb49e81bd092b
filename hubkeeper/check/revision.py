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
    with TemporaryDirectory() as folder:
        environments = Path(folder, "environments")
        environments.mkdir()
        for name, content in files.items():
            (environments / name).write_bytes(content)
        try:
            return Earlier(commit, load_estate(environments))
        except DescriptionError as error:
            return Earlier(commit, None, error.problems)


def _files(project: Project, commit: str) -> dict[str, bytes]:
    listed = _git(project, "ls-tree", "-z", commit, "environments/")
    blobs: dict[str, str] = {}
    for entry in filter(None, listed.split("\0")):
        kind, _, path = entry.partition("\t")
        if kind.startswith("100") and path.endswith((".yaml", ".yml")):
            blobs[path.rpartition("/")[2]] = kind.split()[2]
    answer = _run(project, ["cat-file", "--batch"], "\n".join(blobs.values()).encode() + b"\n") if blobs else b""
    contents: dict[str, bytes] = {}
    for name in blobs:
        head, _, rest = answer.partition(b"\n")
        size = int(head.split()[2])
        contents[name], answer = rest[:size], rest[size + 1 :]
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
