"""Names that are literals in a preview and still wait for what they name."""

import pulumi


def known_after(resource: pulumi.Resource, name: pulumi.Input[str]) -> pulumi.Output[str]:
    """A name that is known before the resource exists, yet whose users wait for the resource.

    A resource's own `name` output is unknown in a first preview, and a rule could not read it; its URN is always known.
    """
    return pulumi.Output.all(resource.urn, name).apply(lambda both: str(both[1]))
