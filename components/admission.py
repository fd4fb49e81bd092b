"""Turns what the description says about who may call into arguments of the components."""

from components.site_access import SiteAccess, SourceArgs
from environments import Environment
from environments.access import Source


def admission(environment: Environment, app: str, slot: str | None = None) -> SiteAccess:
    """Who may reach a slot of an application, production when not given; empty where the description says nothing about it."""
    access = environment.apps[app].access_of(slot)
    wanted: SiteAccess = {}
    if access.sources or access.open_to_everyone:
        wanted["sources"] = [_source(one) for one in access.sources]
    if access.scm is not None:
        wanted["scm_sources"] = [_source(one) for one in access.scm.sources]
    if (token := access.authentication) is not None:
        wanted["authentication"] = {
            "client_id": token.client_id,
            "issuer": token.issuer(environment.tenant_id),
            "audiences": list(token.all_audiences),
            "allowed_clients": list(token.allowed_clients),
            "refuse_with": f"Return{token.unauthenticated}",
            "open_paths": list(token.open_paths),
        }
    return wanted


def _source(one: Source) -> SourceArgs:
    source: SourceArgs = {
        "name": one.name,
        "priority": one.priority,
        "source": one.range,
        "service_tag": one.service_tag,
    }
    if one.front_door_id:
        source["front_door_id"] = one.front_door_id
    return source
