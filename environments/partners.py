"""Who stands around an orchestration: the partners that its activities call, and whoever sends it events.

Operators read it when one of them is down or silent. It holds names and where people are reached: no credential, and no data.
"""

from pydantic import Field

from environments import values as v
from environments.description import Description


class Partner(Description):
    """Somebody whose service activities call, and who is called when that service is down."""

    contact: v.Line = Field(description="Who is called when it is down: a rota, a phone number, a mail, a status page")
    activities: list[v.CodeName] = Field(
        default=[], description="Activities that call it, by their names in the code; telemetry shows failures by these"
    )


class Event(Description):
    """An external event: where it comes from, and what it looks like."""

    sent_by: v.Line = Field(description="Who or what sends it: the claims portal, the adjuster's desk")
    contact: v.Line | None = Field(default=None, description="Who is asked when it did not come, where that is known")
    fields: list[v.FieldName] = Field(
        default=[], description="Names of the fields of its payload, as the code reads them. Never a value"
    )
