"""Who may call an application, as its page says it, and the commands that show whether Azure agrees.

`az functionapp config access-restriction show` answers in either spelling, by the version of its library (azure-cli 2.91.0,
access_restrictions.py, read 2026-11-23). Settings of authentication are read without secrets (REST: WebApps Get Auth Settings V2
Without Secrets).
"""

from dataclasses import dataclass
from typing import Any

from environments import Environment
from environments.access import STATUS_ENDPOINTS, SYSTEM_KEY, Access, Authentication, SlotAccess
from hubkeeper.runbook import azure_ids
from hubkeeper.runbook.commands import Command, Target

#: What `az account get-access-token` is known to Entra ID as; the same in every tenant.
AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"


@dataclass(frozen=True)
class Admitted:
    """Who may call a slot. `sources` are places that are let in; `azure_cli_may`: whether an operator's own token is taken.

    `slot` is None for production, and for every slot that has no access of its own. `private`: only private endpoints lead in.
    """

    slot: str | None
    access: SlotAccess
    token: Authentication | None
    issuer: str
    audience: str
    sources: tuple[str, ...]
    scm_sources: tuple[str, ...]
    azure_cli_may: bool
    private: bool


@dataclass(frozen=True)
class AccessContext(Admitted):
    """Who may call: production, and each of the `slots` that has access of its own. `looks` are the commands of every slot."""

    access: Access
    status_endpoints: str
    system_key: str
    slots: tuple[Admitted, ...]
    looks: tuple[Command, ...]

    @property
    def all(self) -> tuple[Admitted, ...]:
        """Production, then each slot with access of its own."""
        return (self, *self.slots)


def access_context(environment: Environment, app: str, targets: list[Target]) -> AccessContext:
    """Gathers it; `targets` are the slots, production first."""
    described, site = environment.apps[app], azure_ids.site_id(environment, app)
    looks = [restrictions(one, bool(described.access_of(one.slot).sources)) for one in targets]
    for one in targets:
        if token := described.access_of(one.slot).authentication:
            looks.append(authentication(one, site, token))
    own = [slot for slot, one in described.slots.items() if one.access is not None]
    return AccessContext(
        **_facts(environment, app, None),
        status_endpoints=STATUS_ENDPOINTS,
        system_key=SYSTEM_KEY,
        slots=tuple(Admitted(**_facts(environment, app, slot)) for slot in own),
        looks=tuple(looks),
    )


def _facts(environment: Environment, app: str, slot: str | None) -> dict[str, Any]:
    """What Admitted holds of a slot; of production, where `access` is the application's, AccessContext holds it as well."""
    access, network = environment.apps[app].access_of(slot), environment.apps[app].network
    token = access.authentication
    return {
        "slot": slot,
        "access": access,
        "token": token,
        "issuer": token.issuer(environment.tenant_id) if token else "",
        "audience": token.all_audiences[0] if token else "",
        "sources": _sources(access),
        "scm_sources": tuple(one.range for one in access.scm.sources) if access.scm else (),
        "azure_cli_may": token is not None and (not token.allowed_clients or AZURE_CLI in token.allowed_clients),
        "private": network is not None and not network.public,
    }


def token_for(access: SlotAccess) -> str | None:
    """What a token must be for to get to the status endpoints; None where none is asked for."""
    token = access.authentication
    return token.all_audiences[0] if token and token.status_endpoints == "token" else None


def _sources(access: SlotAccess) -> tuple[str, ...]:
    own = (f"{one.range} ({one.front_door_id})" if one.front_door_id else one.range for one in access.sources)
    return tuple(own)


def restrictions(target: Target, restricted: bool) -> Command:
    """Which addresses a slot and its SCM site let in."""
    rule = "[].{does:action,from:ipAddress||ip_address,tag:tag,order:priority}"
    return Command(
        title=f"Who gets in to {target.phrase}",
        verb="functionapp config access-restriction show",
        arguments=(target.group_words, target.app_words),
        query=f"{{others:ipSecurityRestrictionsDefaultAction,rules:ipSecurityRestrictions{rule},"
        f"scmAsAbove:scmIpSecurityRestrictionsUseMain,scmOthers:scmIpSecurityRestrictionsDefaultAction,"
        f"scm:scmIpSecurityRestrictions{rule}}}",
        answers="Which addresses does Azure let in, in this order?",
        healthy="others Deny, and the addresses of the table" if restricted else "what the table says",
        tells=(
            "others Allow with rules: they only deny; everybody else gets in.",
            "An address that the table has not was added by hand; the next `up` that changes the application takes it away.",
        ),
    )


def authentication(target: Target, site_id: str, token: Authentication) -> Command:
    """What a slot asks of a caller. The answer holds names of settings and no secret."""
    slot = f"/slots/{target.slot}" if target.slot else ""
    entra = "properties.identityProviders.azureActiveDirectory"
    return Command(
        title=f"What {target.phrase} asks of a caller",
        verb="rest",
        arguments=(
            ("--subscription", target.subscription, "--method", "get"),
            ("--url", f"https://management.azure.com{site_id}{slot}/config/authsettingsV2?api-version=2024-04-01"),
        ),
        query="{on:properties.platform.enabled,asked:properties.globalValidation.requireAuthentication,"
        "without:properties.globalValidation.unauthenticatedClientAction,"
        f"open:properties.globalValidation.excludedPaths,for:{entra}.registration.clientId,"
        f"from:{entra}.registration.openIdIssuer,"
        f"callers:{entra}.validation.defaultAuthorizationPolicy.allowedApplications}}",
        answers="Is a token asked for, of whom, and where not?",
        healthy=f"on true, asked true, without Return{token.unauthenticated}, for {token.client_id}",
        tells=(
            "on false, or without AllowAnonymous: everybody gets in whom the addresses let in. Bring the environment up again.",
        ),
    )
