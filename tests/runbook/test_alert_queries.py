"""What an alert asks is what its page shows: one file, filled in the same way by both."""

from pathlib import Path

from environments import Estate, queries
from environments.alert_rules import alert_rules
from environments.alerts import Question
from hubkeeper.runbook.jinja_pages import Templates
from hubkeeper.runbook.queries import split


def test_alert_and_page_fill_a_query_to_the_same_text(estate: Estate, project_root: Path) -> None:
    fill = Templates(project_root).fill
    asked = 0
    for environment in estate:
        for rule in alert_rules(environment):
            if isinstance(rule.alert.signal, Question):
                name = rule.alert.signal.query
                _, shown = split(fill(f"queries/{name}.kql", rule.values), name)
                assert queries.filled(project_root / "templates", name, rule.values) == shown
                asked += 1
    assert asked == 40
