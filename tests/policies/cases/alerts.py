"""Cases of the rules on alerts, audit and locks."""

from plan import UNKNOWN
from tests.policies.case import case
from tests.policies.changes import described, drop, put, without

ALERTS = [
    case("alerts-on", "switched off in production", described("alerts", {"enabled": False}), "error -"),
    case(
        "alerts-on",
        "a grave one left out and a mild one",
        described("alerts", {"without": ["shared-hub", "over-expectation"]}),
        "warning -",
    ),
    case("alerts-on", "switched on by a word", described("alerts", {"enabled": True})),
    case("alerts-lead-to-runbook", "to a wiki", described("runbook_url", "https://wiki.meridian.example/workflows")),
    case("alerts-lead-to-runbook", "nowhere to go", described("runbook_url", None), "note -"),
    case("alert-tells-somebody", "no actions", drop("alert", "actions"), "error claims"),
    case("alert-tells-somebody", "no group", put("alert", "actions.actionGroups", []), "error claims"),
    case("alert-tells-somebody", "switched off", put("alert", "enabled", False), "error claims"),
    case("alert-tells-somebody", "a group of the same run", put("alert", "actions.actionGroups", [UNKNOWN])),
    case("vault-audited", "nothing is written down", without("vault-log"), "warning claims"),
    case(
        "vault-audited",
        "the log is off",
        put("vault-log", "logs", [{"category": "AuditEvent", "enabled": False}]),
        "warning claims",
    ),
    case("vault-audited", "the whole group", put("vault-log", "logs", [{"categoryGroup": "audit", "enabled": True}])),
    case("store-locked", "no lock", without("lock"), "warning claims"),
    case("store-locked", "a lock that says nothing", put("lock", "level", "NotSpecified"), "warning claims"),
    case("store-locked", "nothing may be changed either", put("lock", "level", "ReadOnly")),
]
