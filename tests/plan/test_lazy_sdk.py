"""The SDK's packages by need: what is asked for is the same as ever, and what nobody asks for is not imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BY_NEED = """
import sys
from plan.lazy_sdk import packages_by_need

def modules():
    return sum(name.startswith("pulumi_azure_native.web.") for name in sys.modules)

with packages_by_need():
    from pulumi_azure_native import web
"""


def said(project_root: Path, program: str) -> list[str]:
    """What a program prints in a process of its own: here the SDK is imported already."""
    done = subprocess.run(
        [sys.executable, "-c", BY_NEED + program],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(project_root)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_name_is_the_same_thing_as_in_its_own_module(project_root: Path) -> None:
    told = said(
        project_root,
        """
from pulumi_azure_native.web.web_app import WebApp
print(web.WebApp is WebApp, web.WebApp is web.WebApp)
print(web.WebAppArgs.__module__, web.SiteConfigArgs.__module__, web.NameValuePairArgsDict.__module__)
print(web.SupportedTlsVersions.SUPPORTED_TLS_VERSIONS_1_2.value, web.outputs.SiteConfigResponse.__name__)
print(modules() < 20)
""",
    )
    here = "pulumi_azure_native.web"
    assert told == ["True True", f"{here}.web_app {here}._inputs {here}._inputs", "1.2 SiteConfigResponse", "True"]


@pytest.mark.parametrize(
    "asking", ["web.get_web_app_output", "web.GetWebAppResult", "web.list_connection_consent_links"]
)
def test_a_function_is_found_as_well(asking: str, project_root: Path) -> None:
    assert said(project_root, f"print({asking}.__name__)") == [asking.removeprefix("web.")]


def test_a_name_that_is_in_no_module_like_it_is_found_in_the_whole(project_root: Path) -> None:
    assert said(project_root, "print(web.AwaitableGetWebAppResult.__name__, modules() > 100)") == [
        "AwaitableGetWebAppResult True"
    ]


def test_import_star_takes_everything(project_root: Path) -> None:
    told = said(project_root, "from pulumi_azure_native.web import *\nprint(StaticSite.__name__, modules() > 100)")
    assert told == ["StaticSite True"]


def test_a_name_that_is_not_there_is_an_attribute_error(project_root: Path) -> None:
    program = """
for name in ("NoSuchThing", "no_such_thing", "__no_such_thing__"):
    try:
        getattr(web, name)
    except AttributeError as error:
        print(name in str(error), hasattr(web, "WebApp"))
"""
    assert said(project_root, program) == ["True True"] * 3


def test_afterwards_imports_are_found_as_ever(project_root: Path) -> None:
    told = said(
        project_root,
        """
print(any("lazy_sdk" in type(finder).__module__ for finder in sys.meta_path))
from pulumi_azure_native import keyvault
print(keyvault.Vault.__name__)
""",
    )
    assert told == ["False", "Vault"]
