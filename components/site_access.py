"""Who may reach a site: addresses that are let in, and the token that is asked for. One shape for production and slots."""

from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import web

_ALLOW, _DENY = web.DefaultAction.ALLOW, web.DefaultAction.DENY


class SourceArgs(TypedDict):
    """Where requests are let in from."""

    name: str
    """Name of the rule."""
    priority: int
    """Its place among the rules: the lowest is looked at first."""
    source: str
    """A range of addresses in CIDR, or a service tag."""
    service_tag: bool
    """Whether the source is a service tag."""
    front_door_id: NotRequired[str]
    """The id that Azure Front Door must have put into the header of a request."""


class AuthenticationArgs(TypedDict):
    """The token of Entra ID that App Service asks for before the application sees a request. No secret is needed for it."""

    client_id: str
    """Client id of the app registration that tokens are for."""
    issuer: str
    """Address of the tenant that issues them."""
    audiences: list[str]
    """What else than the client id tokens may be for."""
    allowed_clients: list[str]
    """Client ids of the applications that may call; every one of the tenant when empty."""
    refuse_with: str
    """Return401 or Return403: what a request without a token gets."""
    open_paths: list[str]
    """Paths that are asked no token for."""


class SiteAccess(TypedDict):
    """Who may reach a site. What is not given is not registered, so that nothing set by hand is opened by leaving it out."""

    sources: NotRequired[list[SourceArgs]]
    """Where requests are let in from; all others get 403. An empty list lets everybody in."""
    scm_sources: NotRequired[list[SourceArgs]]
    """The same for the SCM site, where code is deployed; an empty list lets nobody in. As the site when not given."""
    authentication: NotRequired[AuthenticationArgs]
    """The token that is asked for; none when not given."""


def add_restrictions(config: web.SiteConfigArgsDict, access: SiteAccess) -> None:
    """Writes into a site's configuration who is let in. The action on all others is said, though Azure would imply it."""
    if "sources" in access:
        sources = access["sources"]
        config["ip_security_restrictions"] = _rules(sources)
        config["ip_security_restrictions_default_action"] = _DENY if sources else _ALLOW
    if "scm_sources" in access:
        config["scm_ip_security_restrictions"] = _rules(access["scm_sources"])
        config["scm_ip_security_restrictions_default_action"] = _DENY
        config["scm_ip_security_restrictions_use_main"] = False
    elif "sources" in access:
        config["scm_ip_security_restrictions_use_main"] = True


def _rules(sources: list[SourceArgs]) -> list[web.IpSecurityRestrictionArgsDict]:
    return [_rule(source) for source in sources]


def _rule(source: SourceArgs) -> web.IpSecurityRestrictionArgsDict:
    rule: web.IpSecurityRestrictionArgsDict = {
        "name": source["name"],
        "priority": source["priority"],
        "action": "Allow",
        "ip_address": source["source"],
        "tag": web.IpFilterTag.SERVICE_TAG if source["service_tag"] else web.IpFilterTag.DEFAULT,
    }
    if "front_door_id" in source:
        rule["headers"] = {"x-azure-fdid": [source["front_door_id"]]}
    return rule


class _Settings(TypedDict):
    platform: web.AuthPlatformArgsDict
    global_validation: web.GlobalValidationArgsDict
    identity_providers: web.IdentityProvidersArgsDict
    http_settings: web.HttpSettingsArgsDict
    login: web.LoginArgsDict


def _settings(args: AuthenticationArgs) -> _Settings:
    """Entra ID alone, for one app registration of one tenant; nobody is sent to a login page, since programs call here.

    The tenant gives a token for an application to any other one of it, so the callers are named where they are known
    ("Configure your App Service or Azure Functions app to use Microsoft Entra sign-in": daemon client applications).
    """
    validation: web.AzureActiveDirectoryValidationArgsDict = {"allowed_audiences": list(args["audiences"])}
    if args["allowed_clients"]:
        validation["default_authorization_policy"] = {"allowed_applications": list(args["allowed_clients"])}
    return {
        "platform": {"enabled": True, "runtime_version": "~1"},
        "global_validation": {
            "require_authentication": True,
            "unauthenticated_client_action": web.UnauthenticatedClientActionV2(args["refuse_with"]),
            "excluded_paths": list(args["open_paths"]),
        },
        "identity_providers": {
            "azure_active_directory": {
                "enabled": True,
                "registration": {"client_id": args["client_id"], "open_id_issuer": args["issuer"]},
                "validation": validation,
            }
        },
        "http_settings": {"require_https": True},
        "login": {"token_store": {"enabled": False}},
    }


def ask_for_token(
    name: str,
    site_name: pulumi.Input[str],
    group: pulumi.Input[str],
    args: AuthenticationArgs,
    opts: pulumi.ResourceOptions,
) -> web.WebAppAuthSettingsV2:
    """Asks for a token at production."""
    settings = _settings(args)
    return web.WebAppAuthSettingsV2(
        f"{name}-auth",
        name=site_name,
        resource_group_name=group,
        platform=settings["platform"],
        global_validation=settings["global_validation"],
        identity_providers=settings["identity_providers"],
        http_settings=settings["http_settings"],
        login=settings["login"],
        opts=opts,
    )


def ask_for_token_at_slot(
    name: str,
    site_name: pulumi.Input[str],
    slot: pulumi.Input[str],
    group: pulumi.Input[str],
    args: AuthenticationArgs,
    opts: pulumi.ResourceOptions,
) -> web.WebAppAuthSettingsV2Slot:
    """Asks for a token at a slot, which has settings of its own."""
    settings = _settings(args)
    return web.WebAppAuthSettingsV2Slot(
        f"{name}-auth",
        name=site_name,
        slot=slot,
        resource_group_name=group,
        platform=settings["platform"],
        global_validation=settings["global_validation"],
        identity_providers=settings["identity_providers"],
        http_settings=settings["http_settings"],
        login=settings["login"],
        opts=opts,
    )
