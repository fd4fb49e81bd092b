"""Pages in a folder: written whole, compared page by page, nothing removed that is not ours."""

import errno
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from environments import load_estate
from hubkeeper import on_all_cores
from hubkeeper.runbook import Drift, RunbookError, WholeRunbook, drift, write
from hubkeeper.runbook.render import Renderer


@pytest.fixture
def folder(pages: dict[str, str], tmp_path: Path) -> Path:
    write(pages, tmp_path, whole=True)
    return tmp_path


def test_what_was_written_has_no_drift_and_is_not_written_again(pages: dict[str, str], folder: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in folder.rglob("*.md")}
    assert drift(pages, folder, whole=True) == []
    assert write(pages, folder, whole=True) == []
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("*.md")} == before


def test_a_page_changed_by_hand_is_stale_and_the_line_is_named(pages: dict[str, str], folder: Path) -> None:
    page = folder / "prod" / "claims.md"
    lines = page.read_text().splitlines()
    page.write_text("\n".join([*lines[:9], "by hand", *lines[10:]]))
    assert drift(pages, folder) == [Drift("prod/claims.md", "stale", 10)]
    assert write(pages, folder) == ["prod/claims.md"]
    assert drift(pages, folder) == []


def test_a_page_that_is_not_there_is_missing(pages: dict[str, str], folder: Path) -> None:
    (folder / "dev" / "freight.md").unlink()
    assert drift(pages, folder) == [Drift("dev/freight.md", "missing", 0)]
    assert "dev/freight.md" in str(drift(pages, folder)[0])


def test_the_page_of_an_application_that_is_gone_is_removed_and_notes_of_others_stay(
    pages: dict[str, str], folder: Path
) -> None:
    (folder / "dev" / "our-notes.md").write_text("# Ours\n")
    fewer = {path: text for path, text in pages.items() if path != "dev/freight.md"}
    assert drift(fewer, folder) == [Drift("dev/freight.md", "extra", 0)]
    assert write(fewer, folder) == ["dev/freight.md"]
    left = {file.name for file in (folder / "dev").iterdir()}
    assert {"claims.md", "index.md", "our-notes.md", "freight"} <= left
    assert "freight.md" not in left


def test_writing_one_environment_leaves_the_others_alone(pages: dict[str, str], folder: Path) -> None:
    dev = {path: text for path, text in pages.items() if path.startswith("dev/") or path == "index.md"}
    assert drift(dev, folder) == []
    assert write(dev, folder) == []
    assert (folder / "prod" / "claims.md").exists()


def test_an_environment_that_is_gone_leaves_no_folder(pages: dict[str, str], folder: Path) -> None:
    fewer = {path: text for path, text in pages.items() if not path.startswith("test/")}
    assert {one.kind for one in drift(fewer, folder, whole=True)} == {"extra"}
    write(fewer, folder, whole=True)
    assert not (folder / "test").exists()


def test_pages_in_folders_of_other_folders_are_not_ours_to_remove(pages: dict[str, str], tmp_path: Path) -> None:
    write(pages, tmp_path / "runbooks", whole=True)
    write(pages, tmp_path / "wiki" / "team-a", whole=True)
    assert drift(pages, tmp_path, whole=True) == [
        one for one in drift(pages, tmp_path, whole=True) if one.kind == "missing"
    ]
    write(pages, tmp_path, whole=True)
    write(pages, tmp_path / "wiki", whole=True)
    for folder in (tmp_path, tmp_path / "runbooks", tmp_path / "wiki", tmp_path / "wiki" / "team-a"):
        assert drift(pages, folder, whole=True) == []


def test_a_folder_with_the_pages_of_another_estate_is_refused(pages: dict[str, str], folder: Path) -> None:
    others = {path.replace("dev/", "live/"): text for path, text in pages.items() if path.startswith("dev/")}
    with pytest.raises(RunbookError) as caught:
        write(others, folder, whole=True)
    assert str(caught.value) == (
        f"{folder}/index.md:1: the pages of another estate are here (dev, prod, test), expected a folder of its own"
    )
    assert drift(pages, folder, whole=True) == []


def test_a_folder_that_cannot_be_written_is_one_line_and_leaves_the_old_page(
    pages: dict[str, str], folder: Path
) -> None:
    (folder / "aaa").write_text("a file where a folder is wanted\n")
    with pytest.raises(RunbookError, match="expected a folder that can be written") as caught:
        write({"aaa/index.md": "new", **pages}, folder)
    assert "\n" not in str(caught.value)
    assert drift(pages, folder) == []
    assert list(folder.rglob("*.part")) == []


def test_a_failure_in_the_middle_leaves_all_old_pages_and_nothing_else(
    pages: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {file: file.read_text() for file in folder.rglob("*") if file.is_file()}
    written: list[str] = []

    def full(self: Path, text: str, **_: object) -> int:
        written.append(text)
        if len(written) > 3:
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return self.write_bytes(text.encode())

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(RunbookError, match="No space left on device"):
        write({path: f"{text}changed\n" for path, text in pages.items()}, folder, whole=True)
    assert {file: file.read_text() for file in folder.rglob("*") if file.is_file()} == before
    assert not [one for one in folder.iterdir() if one.name.startswith(".")]


def test_what_a_killed_process_left_is_no_page_and_goes(pages: dict[str, str], folder: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = folder / f".hubkeeper-being-written-{ended.pid}" / "dev" / "freight.md"
    left.parent.mkdir(parents=True)
    left.write_text(pages["dev/freight.md"])
    assert drift(pages, folder, whole=True) == []
    assert write(pages, folder, whole=True) == []
    assert left.exists(), "a process of another container has a number that means nothing here"
    two_hours_ago = time.time() - 7200
    os.utime(left.parent.parent, (two_hours_ago, two_hours_ago))
    assert write(pages, folder, whole=True) == []
    assert not left.exists()


def test_pages_that_another_process_is_writing_are_left_to_it(pages: dict[str, str], folder: Path) -> None:
    theirs = folder / f".hubkeeper-being-written-{os.getppid()}" / "page.md"
    theirs.parent.mkdir()
    theirs.write_text("theirs")
    assert write(pages, folder, whole=True) == []
    assert theirs.exists()


@pytest.fixture
def of_estate(project_root: Path, tmp_path: Path) -> WholeRunbook:
    estate = load_estate(project_root / "environments")
    return WholeRunbook(estate, list(estate.environments), tmp_path / "written", project_root, whole=True)


def test_an_environment_named_twice_is_written_once(of_estate: WholeRunbook) -> None:
    twice = replace(of_estate, environments=["dev", "dev"], whole=False)
    _, changed = twice.write()
    assert sorted(set(changed)) == changed
    assert "dev/index.md" in changed
    assert not [one for one in of_estate.folder.iterdir() if one.name.startswith(".")]


@pytest.mark.parametrize(("app", "own"), [("index", None), ("claims", "claims")])
def test_an_application_with_the_name_of_a_page_of_the_environment_is_refused(
    app: str, own: str | None, project_root: Path, tmp_path: Path
) -> None:
    for name in ("environments", "templates"):
        shutil.copytree(project_root / name, tmp_path / name)
    if own:
        page = tmp_path / "runbook-templates" / "own" / "environment" / f"{own}.md.jinja"
        page.parent.mkdir(parents=True)
        page.write_text("# Ours\n")
    file = tmp_path / "environments" / "dev.yaml"
    lines = file.read_text().replace("\n  claims:\n", f"\n  {app}:\n").splitlines()
    file.write_text("\n".join(lines) + "\n")
    estate = load_estate(tmp_path / "environments")
    line = lines.index(f"  {app}:") + 1
    with pytest.raises(RunbookError, match=rf"^environments/dev\.yaml:{line}: apps\.{app}: .* dev/{app}\.md "):
        Renderer(estate, tmp_path).of_environment("dev")


@pytest.mark.parametrize("count", [1, 3])
def test_an_estate_is_written_the_same_by_one_process_and_by_several(
    count: int, of_estate: WholeRunbook, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_all_cores, "processes", lambda: count)
    assert of_estate.write() == (len(pages), sorted(pages))
    assert drift(pages, of_estate.folder, whole=True) == []
    assert of_estate.write() == (len(pages), [])
    assert of_estate.drift() == (len(pages), [])
    (of_estate.folder / "prod" / "claims.md").write_text("by hand\n")
    (of_estate.folder / "test" / "index.md").unlink()
    count, found = of_estate.drift()
    assert found == [Drift("prod/claims.md", "stale", 1), Drift("test/index.md", "missing", 0)]
    assert of_estate.write() == (len(pages), ["prod/claims.md", "test/index.md"])


def test_a_template_that_fails_for_the_last_environment_leaves_all_old_pages(
    of_estate: WholeRunbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_estate.write()
    before = {file: file.read_text() for file in of_estate.folder.rglob("*") if file.is_file()}
    whole = Renderer.of_environment

    def fails(self: Renderer, name: str) -> dict[str, str]:
        if name == "test":
            raise RunbookError("templates/x.md.jinja:3: broken")
        return {path: f"{text}changed\n" for path, text in whole(self, name).items()}

    monkeypatch.setattr(on_all_cores, "processes", lambda: 2)
    monkeypatch.setattr(Renderer, "of_environment", fails)
    with pytest.raises(RunbookError, match=r"templates/x\.md\.jinja:3"):
        of_estate.write()
    assert {file: file.read_text() for file in of_estate.folder.rglob("*") if file.is_file()} == before
