"""Values that Azure would draw at random, here derived from the resource's id, so that runs can be repeated."""

import uuid


def guid(resource_id: str, purpose: str) -> str:
    """A GUID that is always the same for the same resource and purpose."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{resource_id.lower()}#{purpose}"))
