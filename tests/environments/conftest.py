"""A small good description to break, and the problems of a folder of such."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from environments import DescriptionError, Estate, load_estate

Files = Mapping[str, str | bytes]


@pytest.fixture(scope="session")
def good() -> str:
    """A description without a mistake; `good.yaml` beside this file."""
    return Path(__file__).with_name("good.yaml").read_text(encoding="utf-8")


@pytest.fixture
def estate_of(tmp_path: Path) -> Callable[[Files], Estate]:
    """Loads files of these names and contents as an estate."""

    def load(files: Files) -> Estate:
        folder = tmp_path / "environments"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_estate(folder)

    return load


@pytest.fixture
def problems_of(estate_of: Callable[[Files], Estate]) -> Callable[[Files], list[str]]:
    """The lines a user sees; an estate without a problem fails the test."""

    def report(files: Files) -> list[str]:
        with pytest.raises(DescriptionError) as caught:
            estate_of(files)
        return str(caught.value).splitlines()

    return report
