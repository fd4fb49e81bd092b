"""An application moves into a private network of its own, and goes down with it."""

from pathlib import Path
from typing import Any

import pytest

from tests.engine.already_up import AlreadyUp

pytestmark = pytest.mark.engine

NETWORK = {"address_space": ["10.40.0.0/22"], "private_endpoints": {"subnet": "10.40.0.0/26"}}


def moved_in(it: dict[str, Any]) -> None:
    it["network"] = NETWORK
    it["apps"]["claims"]["network"] = {"subnet": "10.40.1.0/26", "public": False}
    modes = {"ingestion_access_mode": "PrivateOnly", "query_access_mode": "Open"}
    it["telemetry"]["private_link"] = {**modes, "public_ingestion": False}


def test_a_running_application_moves_into_a_network_in_place_and_goes_down_with_it(
    tmp_path: Path, already_up: AlreadyUp
) -> None:
    bench = already_up.applications(tmp_path / "project", "dev", "claims")
    before = bench.in_azure()
    bench.describe("dev", moved_in)
    moved = bench.run("up", "dev", "--local", "--yes")
    assert moved.code == 0, moved.err
    assert set(before) < set(bench.in_azure())
    assert "replace" not in moved.summary
    down = bench.run("destroy", "dev", "--local", "--yes")
    assert down.code == 0, down.err
    assert bench.in_azure() == []
