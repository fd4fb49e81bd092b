"""What production and its slots have in common: the shape of a site that runs functions, safe as it stands."""

from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import web

from components.site_access import SiteAccess, add_restrictions
from components.site_network import SiteNetwork

KIND = "functionapp,linux"
KIND_ON_WINDOWS = "functionapp"


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
    windows: NotRequired[bool]
    """Whether the plan runs Windows; Linux when not given."""
    linux_fx_version: NotRequired[str]
    """Linux: language worker and version, like `Python|3.12`; a custom handler has none."""
    windows_runtime: NotRequired[dict[str, str]]
    """Windows: `net_framework_version`, `java_version` or `power_shell_version` with its value."""
    always_on: bool
    """Only Dedicated plans: without it an idle application is unloaded and its timers stop."""
    elastic_minimum_instances: NotRequired[int]
    """Instances that always run; Elastic Premium only."""
    elastic_maximum_instances: NotRequired[int]
    """Instances at most; Elastic Premium and Consumption only."""
    pre_warmed_instances: NotRequired[int]
    """Instances kept warm beyond those at work; Elastic Premium only."""
    scale_monitoring: NotRequired[bool]
    """The runtime itself watches triggers that the platform cannot reach; Elastic Premium only."""
    access: NotRequired[SiteAccess]
    """Who may reach it; what is set in Azure is left alone when not given."""
    network: NotRequired[SiteNetwork]
    """Its place in a virtual network; it is in none when not given."""
    app_settings: dict[str, pulumi.Input[str]]
    """Every application setting by name. None holds a secret: secrets are references into the vault."""
    tags: pulumi.Input[dict[str, str]]
    """Put on everything that takes tags; say whose it is."""


def site_config(args: SiteArgs) -> web.SiteConfigArgsDict:
    """The configuration of a site. Everything a rule asks for is written out: what is missing is not a default to trust."""
    config: web.SiteConfigArgsDict = {
        "always_on": args["always_on"],
        "min_tls_version": web.SupportedTlsVersions.SUPPORTED_TLS_VERSIONS_1_2,
        "scm_min_tls_version": web.SupportedTlsVersions.SUPPORTED_TLS_VERSIONS_1_2,
        "ftps_state": web.FtpsState.DISABLED,
        "http20_enabled": True,
        "remote_debugging_enabled": False,
        "use32_bit_worker_process": False,
        "app_settings": [{"name": key, "value": value} for key, value in sorted(args["app_settings"].items())],
    }
    if "linux_fx_version" in args:
        config["linux_fx_version"] = args["linux_fx_version"]
    if "access" in args:
        add_restrictions(config, args["access"])
    on_windows = args.get("windows_runtime", {})
    if "net_framework_version" in on_windows:
        config["net_framework_version"] = on_windows["net_framework_version"]
    if "java_version" in on_windows:
        config["java_version"] = on_windows["java_version"]
    if "power_shell_version" in on_windows:
        config["power_shell_version"] = on_windows["power_shell_version"]
    if "elastic_minimum_instances" in args:
        config["minimum_elastic_instance_count"] = args["elastic_minimum_instances"]
    if "elastic_maximum_instances" in args:
        config["function_app_scale_limit"] = args["elastic_maximum_instances"]
    if "pre_warmed_instances" in args:
        config["pre_warmed_instance_count"] = args["pre_warmed_instances"]
    if "scale_monitoring" in args:
        config["functions_runtime_scale_monitoring_enabled"] = args["scale_monitoring"]
    return config


def site_kind(args: SiteArgs) -> str:
    """A slot's kind must equal production's, else ARM answers 400 (pulumi/pulumi-azure-native#4748)."""
    return KIND_ON_WINDOWS if args.get("windows") else KIND


def site_identity(identity_id: pulumi.Input[str]) -> web.ManagedServiceIdentityArgsDict:
    """The application's own identity, and no system-assigned one that nobody granted anything."""
    return {
        "type": web.ManagedServiceIdentityType.USER_ASSIGNED,
        "user_assigned_identities": [identity_id],
    }
