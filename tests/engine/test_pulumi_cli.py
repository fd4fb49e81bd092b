"""Which Pulumi CLI is used, and what happens where there is none."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hubkeeper.engine.pulumi_cli import PulumiCliMissing, find_or_build

POLICY_RUNNER = "pulumi-analyzer-policy-python"

# A go that counts its builds and writes a pulumi of the version that the linker flags name.
FAKE_GO = """\
#!/bin/sh
echo build >> "$FAKE_GO_BUILDS"
while [ "$1" != -o ]; do case "$1" in *.Version=*) version=${1##*.Version=};; esac; shift; done
printf '#!/bin/sh\\necho %s\\n' "$version" > "$2"
chmod +x "$2"
echo "go: downloading github.com/pulumi/pulumi/pkg/v3 $version" >&2
"""


def write_executable(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def fake_pulumi(path: Path, version: str) -> Path:
    return write_executable(path, f"#!/bin/sh\necho {version}\n")


def pin(project: Path, version: str) -> None:
    tools = project / "tools"
    tools.mkdir(exist_ok=True)
    tools.joinpath("go.mod").write_text(f"require (\n\tgithub.com/pulumi/pulumi/pkg/v3 v{version} // indirect\n)\n")
    tools.joinpath("go.sum").write_text("")


def silent(line: str) -> None:
    del line


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with pins and nothing built."""
    folder = tmp_path / "project"
    folder.mkdir()
    pin(folder, "3.220.0")
    return folder


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that comes first on a PATH on which there is neither Go nor Pulumi."""
    folder = tmp_path / "on path"
    folder.mkdir()
    bare = tmp_path / "bare"
    bare.mkdir()
    for name in ("chmod", "cat", "sh"):
        bare.joinpath(name).symlink_to(next(p for p in (Path("/bin") / name, Path("/usr/bin") / name) if p.exists()))
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{bare}")
    monkeypatch.setenv("FAKE_GO_BUILDS", str(tmp_path / "builds"))
    monkeypatch.delenv("HUBKEEPER_PULUMI", raising=False)
    return folder


@pytest.fixture
def builds(tmp_path: Path) -> Path:
    """A file with one line for each time the fake Go was started."""
    file = tmp_path / "builds"
    file.write_text("")
    return file


def test_a_recent_cli_on_path_is_used_and_nothing_is_built(project: Path, tools: Path, builds: Path) -> None:
    fake_pulumi(tools / "pulumi", "v3.260.1")
    write_executable(tools / "go", FAKE_GO)

    cli = find_or_build(project, silent)

    assert (cli.path, cli.version, cli.source) == (tools / "pulumi", "3.260.1", "PATH")
    assert builds.read_text() == ""


def test_the_cli_that_the_environment_names_comes_before_the_one_on_path(
    project: Path, tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_pulumi(tools / "pulumi", "v3.260.1")
    mine = fake_pulumi(tmp_path / "mine" / "pulumi", "v3.240.0-dev.0")
    monkeypatch.setenv("HUBKEEPER_PULUMI", str(mine))

    cli = find_or_build(project, silent)

    assert (cli.path, cli.version, cli.source) == (mine, "3.240.0-dev.0", "HUBKEEPER_PULUMI")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("#!/bin/sh\necho v3.100.0\n", "is version 3.100.0, expected a Pulumi CLI of version 3.200.0 or newer"),
        ("#!/bin/sh\necho v4.0.0\n", "is version 4.0.0, expected a Pulumi CLI of version 3.200.0 or newer, below 4"),
        ("#!/bin/sh\necho hello\n", "does not say its version"),
        ("#!/nowhere/interpreter\n", "does not run"),
    ],
)
def test_a_named_cli_that_cannot_serve_is_refused_by_name(
    project: Path, tools: Path, monkeypatch: pytest.MonkeyPatch, text: str, complaint: str
) -> None:
    named = write_executable(tools / "named" / "pulumi", text)
    monkeypatch.setenv("HUBKEEPER_PULUMI", str(named))

    with pytest.raises(PulumiCliMissing) as refusal:
        find_or_build(project, silent)

    assert str(refusal.value).startswith(f"HUBKEEPER_PULUMI: {named}")
    assert complaint in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_named_cli_must_be_called_pulumi(project: Path, tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUBKEEPER_PULUMI", str(fake_pulumi(tools / "pulumi-3.260", "v3.260.1")))

    with pytest.raises(PulumiCliMissing, match=r"pulumi-3\.260 has another name"):
        find_or_build(project, silent)


def test_an_old_cli_on_path_is_passed_over_and_said_so(project: Path, tools: Path, builds: Path) -> None:
    fake_pulumi(tools / "pulumi", "v3.100.0")
    write_executable(tools / "go", FAKE_GO)
    lines: list[str] = []

    cli = find_or_build(project, lines.append)

    assert cli.source == "built"
    assert builds.read_text() == "build\n"
    assert "version 3.100.0" in lines[0]


def test_without_a_cli_it_is_built_once_at_the_pinned_version(project: Path, tools: Path, builds: Path) -> None:
    write_executable(tools / "go", FAKE_GO)

    first = find_or_build(project, silent)
    tools.joinpath("go").unlink()
    second = find_or_build(project, silent)

    assert first == second
    assert (first.path, first.version) == (project / ".hubkeeper" / "bin" / "pulumi", "3.220.0")
    assert subprocess.check_output([first.path, "version"], text=True) == "v3.220.0\n"
    assert builds.read_text() == "build\n"


def test_changed_pins_build_it_again(project: Path, tools: Path, builds: Path) -> None:
    write_executable(tools / "go", FAKE_GO)
    find_or_build(project, silent)

    pin(project, "3.230.0")

    assert find_or_build(project, silent).version == "3.230.0"
    assert builds.read_text() == "build\nbuild\n"


def test_with_neither_pulumi_nor_go_one_line_says_how_to_get_one(project: Path, tools: Path) -> None:
    with pytest.raises(PulumiCliMissing) as refusal:
        find_or_build(project, silent)

    assert "https://www.pulumi.com/docs/install/" in str(refusal.value)
    assert "install Go" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert not project.joinpath(".hubkeeper").exists()


def test_a_failed_build_leaves_nothing_behind_and_gives_the_last_word_of_go(
    project: Path, tools: Path, builds: Path
) -> None:
    failing = '#!/bin/sh\nwhile [ "$1" != -o ]; do shift; done\necho half > "$2"\n'
    write_executable(tools / "go", failing + 'echo "go: go.mod requires go >= 1.25" >&2\nexit 1\n')
    with pytest.raises(PulumiCliMissing, match=r"go\.mod requires go >= 1\.25"):
        find_or_build(project, silent)

    assert list(project.joinpath(".hubkeeper", "bin").glob("pulumi.*")) == []
    assert not project.joinpath(".hubkeeper", "bin", "pulumi").exists()
    write_executable(tools / "go", FAKE_GO)
    assert find_or_build(project, silent).source == "built"


def test_what_a_killed_build_left_is_cleared_and_the_build_begins_again(
    project: Path, tools: Path, builds: Path
) -> None:
    folder = project / ".hubkeeper" / "bin"
    write_executable(folder / "pulumi", "half a binary")
    write_executable(folder / "pulumi.4711.part", "half a binary")
    folder.joinpath("build.lock").write_text("")
    write_executable(tools / "go", FAKE_GO)

    cli = find_or_build(project, silent)

    assert subprocess.check_output([cli.path, "version"], text=True) == "v3.220.0\n"
    assert not folder.joinpath("pulumi.4711.part").exists()


def test_two_builds_at_once_are_one_build(project: Path, tools: Path, builds: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    write_executable(tools / "go", FAKE_GO.replace("#!/bin/sh\n", f"#!/bin/sh\ncat '{gate}' > /dev/null\n"))
    waiting = threading.Event()
    answers: list[Path] = []

    def second_caller(line: str) -> None:
        if line.startswith("waiting"):
            waiting.set()

    def call() -> None:
        answers.append(find_or_build(project, second_caller).path)

    callers = [threading.Thread(target=call, daemon=True) for _ in range(2)]
    for caller in callers:
        caller.start()
    assert waiting.wait(timeout=60)  # one is in the build, the other has found it locked
    gate.write_text("go on")
    for caller in callers:
        caller.join(timeout=60)

    assert answers == [project / ".hubkeeper" / "bin" / "pulumi"] * 2
    assert builds.read_text() == "build\n"


def test_a_cli_without_the_runner_of_policy_packs_gets_one_that_starts_our_interpreter(
    project: Path, tools: Path, tmp_path: Path
) -> None:
    fake_pulumi(tools / "pulumi", "v3.220.0")
    interpreter = write_executable(tmp_path / "python", '#!/bin/sh\necho "$@"\n')

    environ = find_or_build(project, silent).environment()

    command = [POLICY_RUNNER, "127.0.0.1:4711", "a folder/policies"]
    environ = {**os.environ, **environ, "HUBKEEPER_PYTHON": str(interpreter)}
    answer = subprocess.run(
        ["sh", "-c", '"$@"', "sh", *command], env=environ, capture_output=True, text=True, check=True
    )
    assert answer.stdout == "-u -m pulumi.policy 127.0.0.1:4711 a folder/policies\n"


def test_an_official_cli_keeps_the_runner_that_it_came_with(project: Path, tools: Path) -> None:
    fake_pulumi(tools / "pulumi", "v3.260.1")
    write_executable(tools / POLICY_RUNNER, "#!/bin/sh\n")

    cli = find_or_build(project, silent)

    assert cli.runner_folder == tools
    assert cli.environment()["PATH"].split(os.pathsep)[0] == str(tools)
    assert not project.joinpath(".hubkeeper").exists()


def test_the_cli_is_found_before_any_package_is_installed(project_root: Path) -> None:
    program = "import sys; sys.path.insert(0, sys.argv[1]); import hubkeeper.engine.pulumi_cli"

    # -I -S: no site-packages, no environment
    subprocess.run([sys.executable, "-I", "-S", "-c", program, str(project_root)], check=True)
