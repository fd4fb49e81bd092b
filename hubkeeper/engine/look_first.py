"""What is asked before the engine is: what is deployed, which hubs would be left behind, which names nobody knows."""

import difflib
from collections.abc import Sequence

from environments import Environment
from hubkeeper import local_azure
from hubkeeper.engine.guard import abandoned, moved, repartitioned
from hubkeeper.engine.session import Session
from plan import Plan
from policies.registered import registered_hubs


class Refused(Exception):
    """The run was stopped before it touched anything. `reasons` are lines for the user."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


def refuse_abandoned(session: Session, environment: Environment, allowed: frozenset[str]) -> None:
    """Raises Refused where a run would leave a hub behind, make another one of it, or go to another subscription."""
    plan = deployed_plan(session)
    handoff = plan.outputs.get("handoff") if plan else None
    # Settings are read from inputs: Azure never gives them back.
    deployed = [hub for hub, _ in registered_hubs(plan)[0]] if plan else []
    there = sorted(hub.name for hub in deployed)
    unknown = sorted(allowed.difference(there))
    if unknown:
        expected = ", ".join(there) or "nothing: no hub is deployed"
        raise Refused(
            *(f"no hub {name!r} is deployed, expected one of {expected}{_nearest(name, there)}" for name in unknown)
        )
    known = handoff if isinstance(handoff, dict) else {}
    elsewhere = moved(environment, known)
    left = [*abandoned(environment, deployed, allowed), *repartitioned(environment, known)]
    if elsewhere:
        raise Refused(*elsewhere, "describe it as an environment of its own, and take this one down when it is drained")
    if left:
        raise Refused(*left, "drain it first, then say --abandon-hub NAME (README, Hubs)")


def deployed_plan(session: Session) -> Plan | None:
    """What is in the state; None before the first `up`."""
    deployment = session.deployed
    if not (deployment.deployment or {}).get("resources"):
        return None
    return Plan.from_deployment({"version": deployment.version, "deployment": deployment.deployment})


def refuse_unknown_vaults(session: Session, environment: Environment, recover: frozenset[str]) -> None:
    """Raises Refused where a vault that is to come back is none of the environment's, or not soft-deleted."""
    described = sorted(environment.app_names(app).key_vault for app in environment.apps)
    unknown = [
        f"no application has a vault {name!r}, expected one of {', '.join(described)}{_nearest(name, described)}"
        for name in sorted(recover.difference(described))
    ]
    there = recover if session.local is None else soft_deleted_vaults(session, environment)
    unknown += [
        f"vault {name} is not soft-deleted, so there is nothing to bring back"
        for name in sorted(recover.intersection(described).difference(there))
    ]
    if unknown:
        raise Refused(*unknown)


def _nearest(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def soft_deleted_vaults(session: Session, environment: Environment) -> frozenset[str]:
    """Vaults of the environment that the local Azure keeps soft-deleted; real Azure is not asked here."""
    if session.local is None:
        return frozenset()
    wanted = {environment.app_names(app).key_vault for app in environment.apps}
    return frozenset(local_azure.soft_deleted_vaults(session.local.database)) & wanted


def how_to_destroy(environment: Environment, *, local: bool) -> str:
    """The way that works, in two steps that a reviewer sees: first the protection goes, then the environment."""
    name, flag = environment.name, " --local" if local else ""
    forget = "; deleting .hubkeeper/local forgets all that is up locally" if local else ""
    return (
        f"nothing was touched; when it is drained: `tier: development` in environments/{name}.yaml, `hubkeeper up {name}{flag}` "
        f"(which takes protection and locks away), then `hubkeeper destroy {name}{flag}`{forget}"
    )
