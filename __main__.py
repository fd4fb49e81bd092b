"""The Pulumi program: builds the environment that the stack is named after and exports the handoff."""

from pathlib import Path

import pulumi

from components import build
from environments import DescriptionError, UnknownEnvironment, load_estate


def main() -> None:
    """Builds one environment; a mistake in any description stops it before anything is registered."""
    try:
        environment = load_estate(Path(__file__).parent / "environments")[pulumi.get_stack()]
    except (DescriptionError, UnknownEnvironment) as error:
        raise pulumi.RunError(str(error)) from None
    recover = pulumi.Config("hubkeeper").get("recoverVaults") or ""
    templates = Path(__file__).parent / "templates"
    pulumi.export("handoff", build(environment, recover_vaults=frozenset(recover.split(",")), templates=templates))


main()
