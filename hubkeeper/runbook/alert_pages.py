"""The page of each alert of an environment: what it means, what it costs, what to look at, what to do, whom to wake.

The words are in `templates/alerts/<slug>.md.jinja`; the page is `<environment>/alerts/<slug>.md`, which the alert links to.
"""

from dataclasses import dataclass

from environments import Environment, Owner, in_words
from environments.alert_rules import AlertRule, alert_rules
from environments.alerts import Question


@dataclass(frozen=True)
class AlertRow:
    """One alert as it is set for one application, or, with an empty `app`, for the environment."""

    app: str
    owner: Owner
    name: str
    severity: int
    speaks: str
    waits: bool


@dataclass(frozen=True)
class AlertPage:
    """One page: everything that the alerts of one kind in an environment have in common, and a row for each."""

    slug: str
    title: str
    tells: str
    harm: str
    query: str | None
    window: str
    every: str
    rows: tuple[AlertRow, ...]

    @property
    def worst(self) -> int:
        """The most severe of its rows; 0 is the worst."""
        return min(row.severity for row in self.rows)


def alert_pages(environment: Environment) -> tuple[AlertPage, ...]:
    """A page for each kind of alert that the environment has, in the order of the catalogue."""
    by_slug: dict[str, list[AlertRule]] = {}
    for rule in alert_rules(environment):
        by_slug.setdefault(rule.alert.slug, []).append(rule)
    return tuple(_page(environment, rules) for rules in by_slug.values())


def _page(environment: Environment, rules: list[AlertRule]) -> AlertPage:
    alert = rules[0].alert
    return AlertPage(
        slug=alert.slug,
        title=alert.title,
        tells=alert.tells,
        harm=alert.harm,
        query=alert.signal.query if isinstance(alert.signal, Question) else None,
        window=in_words(alert.window),
        every=in_words(alert.every),
        rows=tuple(_row(environment, rule) for rule in rules),
    )


def _row(environment: Environment, rule: AlertRule) -> AlertRow:
    owner = environment.owner_of(rule.app) if rule.app else environment.owner
    waits = bool(rule.app) and any(one.waits_for for one in environment.apps[rule.app].orchestrations.values())
    return AlertRow(rule.app or "", owner, rule.name, rule.severity, f"{rule.alert.speaks} {rule.threshold:g}", waits)
