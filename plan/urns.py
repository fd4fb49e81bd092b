"""Pulumi's names of resources: how the engine builds a URN, and type tokens without their API version."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

STACK_TYPE: Final = "pulumi:pulumi:Stack"
PROVIDER_PREFIX: Final = "pulumi:providers:"

# azure-native writes an API version into the module ("web/v20241101"), and into the package too when it comes from a
# generated local package ("azure-native_web_v20241101").
_MODULE_VERSION = re.compile(r"/v\d{8}(?:preview|privatepreview|beta)?(?=:)")
_PACKAGE_VERSION = re.compile(r"azure-native_\w+?_v\d{8}(?:preview|privatepreview|beta)?(?=:|$)")


class UrnParts(NamedTuple):
    """The parts of `urn:pulumi:<stack>::<project>::<qualified type>::<name>`."""

    stack: str
    project: str
    qualified_type: str
    name: str

    @property
    def token(self) -> str:
        """The resource's own type, with the API version if the program asked for one."""
        return self.qualified_type.rpartition("$")[2]


def split_urn(urn: str) -> UrnParts:
    """The parts of a URN. Raises ValueError when it is none. A name may itself contain `::`."""
    stack, project, qualified_type, name = urn.removeprefix("urn:pulumi:").split("::", 3)
    return UrnParts(stack, project, qualified_type, name)


def build_urn(stack: str, project: str, parent: str, token: str, name: str) -> str:
    """The URN that the engine gives: the parent's whole chain of types, the stack left out.

    Source: pulumi/pulumi, pkg/resource/deploy/deployment.go `generateURN`, read 2026-11-22.
    """
    chain = split_urn(parent).qualified_type if parent else STACK_TYPE
    qualified = token if chain == STACK_TYPE else f"{chain}${token}"
    return f"urn:pulumi:{stack}::{project}::{qualified}::{name}"


def without_version(token: str) -> str:
    """`azure-native_web_v20241101:web/v20241101:WebApp` and `azure-native:web:WebApp` are both the latter."""
    return _PACKAGE_VERSION.sub("azure-native", _MODULE_VERSION.sub("", token))
