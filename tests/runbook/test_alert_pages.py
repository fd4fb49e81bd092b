"""Every alert has its page, every page an alert, and each says what to look at, what to do and whom to wake."""

import re
from pathlib import Path

from environments import Estate
from environments.alert_rules import alert_rules
from environments.alerts import ALERTS
from tests.runbook.markdown_pages import links, prose


def test_every_alert_of_the_catalogue_has_its_words_and_no_words_are_without_an_alert(project_root: Path) -> None:
    templates = {
        file.name.removesuffix(".md.jinja") for file in (project_root / "templates/alerts").glob("[a-z]*.md.jinja")
    }
    assert templates == {alert.slug for alert in ALERTS}


def test_every_alert_that_is_registered_links_to_a_page_that_names_it(pages: dict[str, str], estate: Estate) -> None:
    rules = [rule for environment in estate for rule in alert_rules(environment)]
    assert len(rules) > 20
    for rule in rules:
        base = estate[rule.environment].runbook_url
        assert base is not None
        assert rule.page is not None
        path = rule.page.removeprefix(f"{base}/")
        assert f"`{rule.name}`" in pages[path]


def test_no_page_is_left_of_an_alert_that_is_not_there(pages: dict[str, str], estate: Estate) -> None:
    there = {path for path in pages if "/alerts/" in path}
    wanted = {f"{one.name}/alerts/{rule.alert.slug}.md" for one in estate for rule in alert_rules(one)}
    assert there == wanted


def test_each_page_says_what_it_means_what_to_look_at_what_to_do_and_whom_to_wake(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        if "/alerts/" in path:
            parts = re.split(r"^## (.+)$", prose(page), flags=re.MULTILINE)
            assert parts[1::2] == ["Meaning", "Impact", "Diagnosis", "Mitigation", "Escalation"], path
            assert all(len(part.strip()) > 40 for part in parts[2::2]), path
            assert any("#" in link or link.endswith(".md") for link in links(page)), path


def test_every_alert_is_listed_where_operators_start(pages: dict[str, str]) -> None:
    for path in pages:
        if "/alerts/" in path:
            environment, _, name = path.split("/")
            assert f"(alerts/{name})" in pages[f"{environment}/index.md"], path
