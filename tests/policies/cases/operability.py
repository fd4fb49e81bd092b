"""Cases of the rules on what operators need to know."""

from tests.policies.case import case
from tests.policies.changes import both, described

PROCESS = "apps.claims.orchestrations.ProcessClaim"
RETRY = {"attempts": 10, "first_interval": "1m", "backoff": 2.0}
TOLD = {"team": "claims", "email": "claims@meridian.example", "on_call": "PagerDuty/claims"}
OPERABILITY = [
    case("orchestrations-told", "none", described("apps.claims.orchestrations", {}), "error claims"),
    case("stuck-is-near", "21 times", described(f"{PROCESS}.expected", "51h"), "warning claims"),
    case("stuck-is-near", "20 times", described(f"{PROCESS}.expected", "54h")),
    case("wait-has-end", "no timer", described(f"{PROCESS}.waits_for", ["Approval"]), "warning claims"),
    case(
        "wait-has-end",
        "a timer",
        both(described(f"{PROCESS}.waits_for", ["Approval"]), described(f"{PROCESS}.timers", {"Deadline": "10d"})),
    ),
    case("timers-end-in-time", "46 days in 45", described(f"{PROCESS}.timers", {"Deadline": "46d"}), "warning claims"),
    case("timers-end-in-time", "45 days in 45", described(f"{PROCESS}.timers", {"Deadline": "45d"})),
    case(
        "retries-end-in-time",
        "511 minutes in eight hours",
        both(
            described(f"{PROCESS}.retry", RETRY),
            described(f"{PROCESS}.idempotency_key", "claimId"),
            described(f"{PROCESS}.expected", "1h"),
            described(f"{PROCESS}.stuck_after", "8h"),
        ),
        "warning claims",
    ),
    case(
        "retries-end-in-time",
        "511 minutes in nine hours",
        both(
            described(f"{PROCESS}.retry", RETRY),
            described(f"{PROCESS}.idempotency_key", "claimId"),
            described(f"{PROCESS}.expected", "1h"),
            described(f"{PROCESS}.stuck_after", "9h"),
        ),
    ),
    case("instance-id-tells", "one name for all", described(f"{PROCESS}.instance_id", "claims"), "note claims"),
    case("owner-reachable", "to be done", described("owner.on_call", "TODO"), "error -"),
    case(
        "owner-reachable",
        "nobody at the application",
        described("apps.claims.owner", {**TOLD, "team": "n/a"}),
        "error -",
    ),
    case(
        "owner-reachable",
        "a deputy to be found, and a partner whom nobody knows",
        both(
            described("owner.deputy", "TBD"),
            described("apps.claims.partners", {"the carrier": {"contact": "unknown"}}),
        ),
        "error -",
    ),
    case("owner-reachable", "a team called Nobel", described("apps.claims.owner", {**TOLD, "team": "Nobel tests"})),
    case("purpose-told", "to be done", described("apps.claims.purpose", "TODO: write this"), "warning claims"),
    case("purpose-told", "the name again", described(f"{PROCESS}.purpose", "ProcessClaim."), "warning claims"),
    case(
        "purpose-told",
        "one that begins alike",
        described("apps.claims.purpose", "Testing of wells, from order to bill"),
    ),
]
TINY = {"purpose": "Closes one claim", "instance_id": "close-{claimId}", "expected": "1h", "stuck_after": "5h"}
OPERABILITY += [
    case("orchestrations-told", "one of two", described("apps.claims.orchestrations.CloseClaim", TINY)),
    case("instance-id-tells", "the key alone", described(f"{PROCESS}.instance_id", "{claimId}")),
]
