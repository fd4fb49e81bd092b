"""The catalogue that people read."""

from pathlib import Path

import pytest

from policies.catalogue import UnknownRule, explain, listing, page_of, pages, write
from policies.rules import RULES
from policies.rules.everything import CATALOGUE


@pytest.mark.parametrize("name", ["unique-task-hub", "HK101", "hk101", " Unique-Task-Hub "])
def test_a_rule_is_found_by_slug_or_ref_whatever_the_case(name: str) -> None:
    assert explain(name).startswith("HK101 unique-task-hub (error, sometimes critical)")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_an_explanation_has_what_why_fix_and_source(rule: object) -> None:
    text = explain(rule.slug)  # type: ignore[attr-defined]
    for part in ("what", "why", "fix", "source"):
        assert getattr(rule, part) in text
        assert len(getattr(rule, part)) > 15


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownRule) as caught:
        explain("uniqe-task-hub")
    assert caught.value.args[0].endswith("did you mean unique-task-hub?")


def test_a_number_that_no_rule_has_is_near_to_none() -> None:
    with pytest.raises(UnknownRule) as caught:
        explain("HK999")
    assert caught.value.args[0].endswith("like unique-task-hub or HK101")


def test_the_listing_has_a_line_for_every_rule() -> None:
    lines = listing().splitlines()
    for rule in RULES:
        assert sum(line.startswith(f"  {rule.ref}  {rule.slug} ") for line in lines) == 1


def test_the_pages_in_docs_are_what_the_rules_say_now_and_no_others(project_root: Path) -> None:
    docs = project_root / "docs"
    written = [docs / "rules.md", *(docs / "rules").iterdir()]
    found = {path.relative_to(docs).as_posix(): path.read_text(encoding="utf-8") for path in written}
    assert found == pages(), "run `python -m policies.catalogue`"


def test_a_rule_that_takes_a_parameter_says_so_wherever_it_is_explained() -> None:
    rule = next(rule for rule in RULES if rule.slug == "personal-history-bounded")
    assert "days (default 365): Days that history" in explain(rule.slug)
    assert "| days | 365 | 1 | 3650 | Days that history" in page_of(rule)


def test_a_page_of_a_rule_that_is_no_more_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "old-rule.md").write_text("# HK000 old-rule\n")
    write(tmp_path)
    assert {path.stem for path in (tmp_path / "rules").iterdir()} == {rule.slug for rule in CATALOGUE}
