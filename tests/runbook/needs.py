"""What tests with real readers need: the Azure CLI, a browser, npm's packages, shellcheck, jq. `make readers` installs them.

A machine that cannot have one skips its tests and says why. In CI that is a failure, so that none is lost unseen.
"""

import os
import shutil
from pathlib import Path

import pytest

READERS = Path(__file__).parents[1] / "readers"
PACKAGES = READERS / "node_modules/.ready"


def needs(*programs: str | Path) -> pytest.MarkDecorator:
    """Marks a test that needs programs: on the path, or at a place."""
    missing = [
        str(one) for one in programs if not (one.exists() if isinstance(one, Path) else bool(shutil.which(str(one))))
    ]
    return pytest.mark.skipif(
        bool(missing) and not os.environ.get("CI"), reason=f"missing here: {', '.join(missing)}; make readers"
    )
