"""Telemetry through the network: a private link scope of Azure Monitor, made here or a given one.

Azure Monitor has names that all of its customers share, so a scope changes what they lead to for everybody who asks the same DNS.
"Design Azure Monitor private link configuration", learn.microsoft.com, 2024-10-23, read 2026-11-23.
"""

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from environments.description import Description
from environments.matching import Matching

AccessMode = Literal["Open", "PrivateOnly"]

ScopeResourceId = Annotated[
    str,
    Matching(
        r"/subscriptions/[0-9a-fA-F-]{36}/resourceGroups/[^/\s]{1,90}/providers/[Mm]icrosoft\.[Ii]nsights/"
        r"[Pp]rivate[Ll]ink[Ss]copes/[^/\s]{1,255}",
        "the id of a private link scope, like "
        "/subscriptions/…/resourceGroups/…/providers/Microsoft.Insights/privateLinkScopes/…",
    ),
]

_MODES = (
    "Open: what is in no scope is reached as well. PrivateOnly: the network, and all that share its DNS, reach nothing of Azure "
    "Monitor but what is in the scope, whoever's it is"
)


class PrivateLink(Description):
    """A scope that the workspace and Application Insights are in: an own one by its access modes, or a given one by its id."""

    scope_resource_id: ScopeResourceId | None = Field(
        default=None, description="Given scope: its endpoint, its zones and its access modes are its owner's"
    )
    ingestion_access_mode: AccessMode | None = Field(default=None, description=f"Own scope, sending. {_MODES}")
    query_access_mode: AccessMode | None = Field(default=None, description=f"Own scope, asking. {_MODES}")
    public_ingestion: StrictBool = Field(
        default=True, description="Whether telemetry is taken from outside of the scope's networks too"
    )

    @property
    def is_own(self) -> bool:
        """Whether the scope is made here."""
        return self.scope_resource_id is None
