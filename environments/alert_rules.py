"""The alerts that one environment really has: each with its name, its threshold, and what its query is filled with."""

from dataclasses import dataclass

from environments import names
from environments.alert_limits import silence_limit
from environments.alerts import ALERTS, Alert, Question
from environments.hubs import hub_of
from environments.model import App, Environment


@dataclass(frozen=True)
class WatchedOrchestration:
    """One orchestration as the queries compare it: `key` is its name in small letters."""

    key: str
    expected_seconds: int
    stuck_after_seconds: int


@dataclass(frozen=True)
class AlertRule:
    """One alert of one application (None: of the environment itself). `values` fill its query; `page` is its runbook page."""

    alert: Alert
    environment: str
    app: str | None
    name: str
    severity: int
    threshold: float
    values: dict[str, object]
    page: str | None


def alert_rules(environment: Environment) -> tuple[AlertRule, ...]:
    """Every alert of an environment, the environment's own first. None in development, unless the description wants them."""
    wanted = environment.alerts
    if not (environment.protects_hubs if wanted.enabled is None else wanted.enabled):
        return ()
    return tuple(
        rule
        for app in (None, *environment.apps)
        for alert in ALERTS
        if alert.slug not in wanted.without and (alert.of == "environment") == (app is None)
        for rule in _rule(environment, app, alert)
    )


def _rule(environment: Environment, app: str | None, alert: Alert) -> tuple[AlertRule, ...]:
    threshold = alert.threshold(environment, environment.apps[app] if app else None)
    if threshold is None:
        return ()
    return (
        AlertRule(
            alert=alert,
            environment=environment.name,
            app=app,
            name=names.alert_name(environment.name, app, alert.slug),
            severity=alert.severity_in(environment.tier),
            threshold=threshold,
            values=_values(environment, app, alert),
            page=_page(environment, alert),
        ),
    )


def _values(environment: Environment, app: str | None, alert: Alert) -> dict[str, object]:
    if app is None:
        return {"look_back_days": alert.window.days}
    described = environment.apps[app]
    slots = described.all_slots if isinstance(alert.signal, Question) and alert.signal.all_slots else (None,)
    return {
        "look_back_days": alert.window.days,
        "hubs": [hub_of(environment, app, slot).name for slot in slots],
        "app": environment.app_names(app).function_app,
        "orchestrations": watched_orchestrations(described),
    }


def watched_orchestrations(described: App) -> tuple[WatchedOrchestration, ...]:
    """The orchestrations of an application as queries compare them."""
    return tuple(
        WatchedOrchestration(
            name.lower(), int(silence_limit(one).total_seconds()), int(one.stuck_after.total_seconds())
        )
        for name, one in described.orchestrations.items()
    )


def _page(environment: Environment, alert: Alert) -> str | None:
    """Where the runbook says what to do, when the description says where the runbooks are."""
    base = environment.runbook_url
    return f"{base.rstrip('/')}/{environment.name}/alerts/{alert.slug}.md" if base else None
