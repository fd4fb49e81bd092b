"""The catalogue that people read."""

from pathlib import Path

import pytest

from policies.catalogue import UnknownRule, explain, listing, page
from policies.rules import RULES


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


def test_the_listing_has_a_line_for_every_rule() -> None:
    lines = listing().splitlines()
    for rule in RULES:
        assert sum(line.startswith(f"  {rule.ref}  {rule.slug} ") for line in lines) == 1


def test_the_page_in_docs_is_what_the_rules_say_now(project_root: Path) -> None:
    written = (project_root / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == page(), "run `python -m policies.catalogue`"
