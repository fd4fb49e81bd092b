"""The pack in the real engine: a first preview, where nearly everything Azure gives is unknown."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hubkeeper.check import check
from tests.check.projects import TODAY, copied, replace_in

pytestmark = pytest.mark.engine


def preview(project: Path, code: Path, cli: Path, environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hubkeeper.cli", "preview", environment, "--local", "--project", str(project)]
    variables = {**os.environ, "PYTHONPATH": str(code), "HUBKEEPER_PULUMI": str(cli), "NO_COLOR": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=variables, check=False, timeout=300)


@pytest.fixture
def project(project_root: Path, tmp_path: Path) -> Path:
    shutil.copytree(project_root / "policies", tmp_path / "policies", ignore=shutil.ignore_patterns("__pycache__"))
    return copied(project_root, tmp_path)


def test_a_preview_is_refused_with_the_same_findings_that_check_has(
    project: Path, project_root: Path, pulumi_cli: Path
) -> None:
    replace_in(
        project / "environments" / "prod.yaml",
        "staging: {hub_binding: slot}",
        "staging: {hub_binding: slot, task_hub: prodclaims}",
    )
    found = check(project, ["prod"], TODAY, cache=False).findings
    assert [one.rule for one in found] == ["unique-task-hub"] * 2
    # Only now, since modules that this process has imported stay: the component is for the engine's process.
    replace_in(project / "components" / "site.py", "web.FtpsState.DISABLED", "web.FtpsState.FTPS_ONLY")
    refused = preview(project, project_root, pulumi_cli, "prod")
    told = " ".join(refused.stdout.split())
    assert refused.returncode == 1
    for finding in found:
        assert f"{finding.message} ({finding.file}:{finding.line})" in told
    assert told.count("HK413 site-no-ftp (error)") == 5
    assert "can't run policy" not in told
    assert "Traceback" not in refused.stdout + refused.stderr
