"""What holds for the whole repository: who may import whom, what is pinned, what must not be committed."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Each package, and those of ours that it may import beside itself. `hubkeeper` ties them all together.
MAY_IMPORT: dict[str, set[str]] = {
    "environments": set(),
    "plan": set(),
    "components": {"environments"},
    "policies": {"environments", "plan"},
    "hubkeeper": {"environments", "plan", "components", "policies"},
    "hubkeeper/local_azure": set(),
}
OURS = {"environments", "components", "plan", "policies", "hubkeeper"}

# Written in two parts, so that this file does not hold what it looks for.
FORBIDDEN_TEXT = [
    "/wo" + "rk/",
    "/ro" + "ot/",
    "/t" + "mp/",
    "py" + "pi.org",
    "python" + "hosted.org",
    "proxy.golang" + ".org",
    "sum.golang" + ".org",
    "npm" + "js.org",
    "npm" + "js.com",
    "crates" + ".io",
    "repo.maven" + ".apache.org",
]


def tracked_files() -> list[Path]:
    """What is committed or would be by `git add --all`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def python_files(folder: str) -> list[Path]:
    return sorted(ROOT.joinpath(folder).rglob("*.py"))


def package_of(path: Path) -> str:
    """The innermost package of MAY_IMPORT that holds the file."""
    name = path.relative_to(ROOT).as_posix()
    return max((package for package in MAY_IMPORT if name.startswith(f"{package}/")), key=len)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything the file imports, wherever in the file."""
    own_package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = own_package[: len(own_package) - node.level + 1] if node.level else ()
            base = ".".join([*start, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def is_allowed(imported: str, package: str) -> bool:
    if imported.partition(".")[0] not in OURS:
        return True
    allowed = {package, *MAY_IMPORT[package]}
    return any(f"{imported}.".startswith(f"{name.replace('/', '.')}.") for name in allowed)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_packages_import_each_other_in_one_direction(package: str) -> None:
    files = [path for path in python_files(package) if package_of(path) == package]
    strays = [
        f"{path.relative_to(ROOT)}:{line}: imports {imported}"
        for path in files
        for line, imported in imports(path)
        if not is_allowed(imported, package)
    ]
    assert files
    assert strays == []


def test_reading_a_description_never_loads_pulumi() -> None:
    strays = [
        f"{path.relative_to(ROOT)}:{line}: imports {imported}"
        for path in python_files("environments")
        for line, imported in imports(path)
        if imported.startswith("pulumi")
    ]
    assert strays == []


def calls_at_import(tree: ast.Module) -> Iterator[ast.Call]:
    """The calls that run when a module is imported: all but those in the bodies of functions."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call):
            yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*node.decorator_list, node.args]
        elif not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def test_components_ask_for_no_configuration_and_no_stack_when_imported() -> None:
    strays = [
        f"{path.relative_to(ROOT)}:{call.lineno}: {ast.unparse(call)}"
        for path in [*python_files("components"), ROOT / "__main__.py"]
        for call in calls_at_import(ast.parse(path.read_text()))
        if re.fullmatch(r"(pulumi\.)?(Config|get_stack|get_project)", ast.unparse(call.func))
    ]
    assert strays == []


def test_components_keep_their_annotations_as_types() -> None:
    """Pulumi infers a component's schema from its annotations, and cannot where they are strings."""
    strays = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in python_files("components")
        for line, imported in imports(path)
        if imported == "__future__.annotations"
    ]
    assert strays == []


def test_no_module_is_named_after_nothing() -> None:
    names = {"utils", "util", "helpers", "helper", "common", "misc"}
    strays = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if names & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
    ]
    assert strays == []


def test_nothing_committed_names_a_machine_or_a_package_registry() -> None:
    strays: list[str] = []
    for path in tracked_files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            strays += [f"{path.relative_to(ROOT)}:{number}: {word}" for word in FORBIDDEN_TEXT if word in line]
    assert strays == []


def pinned(file: str) -> dict[str, str]:
    """Name and the whole entry of each requirement, its continuation lines joined."""
    text = ROOT.joinpath("requirements", file).read_text().replace("\\\n", "")
    entries = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return {re.split(r"[=<>~!\[; ]", entry, maxsplit=1)[0]: entry for entry in entries}


def wanted(file: str) -> set[str]:
    """The names in one of the .in files."""
    lines = ROOT.joinpath("requirements", file).read_text().splitlines()
    return {re.split(r"[=<>~!\[; ]", line, maxsplit=1)[0] for line in lines if line and line[0] not in "#-"}


@pytest.mark.parametrize("file", ["runtime.txt", "dev.txt"])
def test_every_requirement_is_one_version_with_hashes_from_no_named_place(file: str) -> None:
    pattern = re.compile(r"[\w.-]+==[\w.+!-]+\s(;[^-]*)?(\s*--hash=sha256:[0-9a-f]{64})+\s*")
    loose = [entry for entry in pinned(file).values() if not pattern.fullmatch(entry)]
    assert loose == []


def test_the_pins_hold_all_that_is_wanted() -> None:
    assert wanted("runtime.in") <= pinned("runtime.txt").keys()
    assert wanted("runtime.in") | wanted("dev.in") <= pinned("dev.txt").keys()


def test_what_runs_and_what_is_tested_are_the_same_versions() -> None:
    tested = pinned("dev.txt")
    differing = [name for name, entry in pinned("runtime.txt").items() if tested.get(name) != entry]
    assert differing == []


def test_the_package_depends_on_what_is_pinned_for_running() -> None:
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text())["project"]
    assert set(project["dependencies"]) == wanted("runtime.in")


def test_contributing_says_what_each_top_level_folder_is_for() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in tracked_files() if path.parent != ROOT}
    rows = [line for line in ROOT.joinpath("CONTRIBUTING.md").read_text().splitlines() if line.startswith("|")]
    table = "\n".join(rows)
    missing = sorted(folder for folder in folders if f"`{folder}/" not in table)
    assert missing == []
