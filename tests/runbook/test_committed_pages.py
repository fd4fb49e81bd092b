"""The pages under runbooks/ are what the description says, so a pull request shows operators what changes for them."""

from pathlib import Path

from hubkeeper.runbook import drift


def test_the_committed_pages_are_up_to_date(pages: dict[str, str], project_root: Path) -> None:
    found = drift(pages, project_root / "runbooks", whole=True)
    assert [str(one) for one in found] == [], "run: hubkeeper runbook"
