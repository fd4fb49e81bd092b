"""What production and its slots have in common: the shape of a site that runs functions, safe as it stands."""

from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import web

#: A slot's kind must equal production's, else ARM answers 400 (pulumi/pulumi-azure-native#4748).
KIND = "functionapp,linux"


class SiteArgs(TypedDict):
    """What production and every slot need to know."""

    resource_group_name: pulumi.Input[str]
    """Resource group it is made in."""
    location: pulumi.Input[str]
    """Region, by its programmatic name."""
    site_name: pulumi.Input[str]
    """Name of production, also where this is the shape of a slot."""
    plan_id: pulumi.Input[str]
    """Id of the hosting plan."""
    identity_id: pulumi.Input[str]
    """Id of the identity that the code runs as and that reads the vault."""
    linux_fx_version: str
    """Language worker and version, like `Python|3.12`."""
    always_on: bool
    """Only Dedicated plans: without it an idle application is unloaded and its timers stop."""
    elastic_minimum_instances: NotRequired[int]
    """Instances that always run; Elastic Premium only."""
    elastic_maximum_instances: NotRequired[int]
    """Instances at most; Elastic Premium only."""
    app_settings: dict[str, pulumi.Input[str]]
    """Every application setting by name. None holds a secret: secrets are references into the vault."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


def site_config(args: SiteArgs) -> web.SiteConfigArgsDict:
    """The configuration of a site. Everything a rule asks for is written out: what is missing is not a default to trust."""
    config: web.SiteConfigArgsDict = {
        "linux_fx_version": args["linux_fx_version"],
        "always_on": args["always_on"],
        "min_tls_version": web.SupportedTlsVersions.SUPPORTED_TLS_VERSIONS_1_2,
        "scm_min_tls_version": web.SupportedTlsVersions.SUPPORTED_TLS_VERSIONS_1_2,
        "ftps_state": web.FtpsState.DISABLED,
        "http20_enabled": True,
        "remote_debugging_enabled": False,
        "use32_bit_worker_process": False,
        "app_settings": [{"name": key, "value": value} for key, value in sorted(args["app_settings"].items())],
    }
    if "elastic_minimum_instances" in args:
        config["minimum_elastic_instance_count"] = args["elastic_minimum_instances"]
    if "elastic_maximum_instances" in args:
        config["function_app_scale_limit"] = args["elastic_maximum_instances"]
    return config


def site_identity(args: SiteArgs) -> web.ManagedServiceIdentityArgsDict:
    """The application's own identity, and no system-assigned one that nobody granted anything."""
    return {
        "type": web.ManagedServiceIdentityType.USER_ASSIGNED,
        "user_assigned_identities": [args["identity_id"]],
    }
