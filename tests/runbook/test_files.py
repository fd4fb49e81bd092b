"""Pages in a folder: written whole, compared page by page, nothing removed that is not ours."""

from pathlib import Path

import pytest

from hubkeeper.runbook import Drift, RunbookError, drift, write


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


def test_a_folder_that_cannot_be_written_is_one_line_and_leaves_the_old_page(
    pages: dict[str, str], folder: Path
) -> None:
    (folder / "aaa").write_text("a file where a folder is wanted\n")
    with pytest.raises(RunbookError, match="expected a folder that can be written") as caught:
        write({"aaa/index.md": "new", **pages}, folder)
    assert "\n" not in str(caught.value)
    assert drift(pages, folder) == []
    assert list(folder.rglob("*.part")) == []
