"""A secret that was planted is found in clear nowhere: no output, state, database, log, plan, page or cache."""

from pathlib import Path

import pytest

from tests.engine.workbench import Answer, Workbench

pytestmark = pytest.mark.engine

OF_CONFIGURATION = "copper-heron-of-the-configuration"
OF_THE_PROGRAM = "copper-heron-of-the-program"
ACCOUNT_KEY = "cGxhbnRlZCBhY2NvdW50IGtleQ" + "0123456789" * 5 + "=="
CONNECTION = f"DefaultEndpointsProtocol=https;AccountName=old;AccountKey={ACCOUNT_KEY};EndpointSuffix=core.windows.net"

# Beside the environment itself, a resource of Azure that is given secrets: not in a setting or tag, which a rule refuses.
PROGRAM = """
from pulumi_azure_native import Provider, resources

here = load_estate(Path(__file__).parent / "environments")[pulumi.get_stack()]
own = Provider("own", subscription_id=here.subscription_id, tenant_id=here.tenant_id)
configured = pulumi.Config("hubkeeper").get_secret("planted") or pulumi.Output.secret("")
resources.ResourceGroup(
    "planted",
    resource_group_name="rg-planted",
    location=here.location,
    managed_by=pulumi.Output.concat(configured, pulumi.Output.secret("%s")),
    opts=pulumi.ResourceOptions(provider=own),
)
pulumi.export("planted", configured)
"""


def places_of(secret: str, bench: Workbench, *answers: Answer) -> list[str]:
    """Every file of the project, and every output, that holds the secret."""
    files = [str(path.relative_to(bench.root)) for path in bench.files() if secret.encode() in path.read_bytes()]
    return files + [f"output {number}" for number, it in enumerate(answers) if secret in it.out + it.err]


def test_secrets_of_configuration_and_program_are_stored_encrypted_and_never_shown(small: Workbench) -> None:
    with (small.root / "__main__.py").open("a") as program:
        program.write(PROGRAM % OF_THE_PROGRAM)
    nothing_there = small.run("destroy", "dev", "--local", "--yes")
    assert nothing_there.code == 0, nothing_there.err
    told = small.pulumi("config", "set", "--secret", "hubkeeper:planted", OF_CONFIGURATION, "--stack", "dev")
    assert told.code == 0, told.err

    up = small.run("up", "dev", "--local", "--yes")
    answers = [
        up,
        small.run("up", "dev", "--local", "--yes"),
        small.run("plan", "dev"),
        small.run("check"),
        small.run("runbook"),
        small.run("destroy", "dev", "--local", "--yes"),
    ]

    assert [answer.code for answer in answers] == [0] * len(answers), [answer.err for answer in answers]
    assert any(urn.endswith("::planted") and method == "Create" for method, urn in small.calls())
    assert places_of(OF_CONFIGURATION, small, *answers) == []
    assert places_of(OF_THE_PROGRAM, small, *answers) == ["__main__.py"]


def test_a_connection_string_in_a_setting_is_refused_and_repeated_nowhere(small: Workbench) -> None:
    small.describe("dev", lambda it: it["apps"]["claims"]["settings"].update(LEGACY_STORE=CONNECTION))

    preview = small.run("preview", "dev", "--local")
    check = small.run("check")
    others = [
        small.run("check"),
        small.run("check", "--format", "json"),
        small.run("plan", "dev"),
        small.run("runbook"),
    ]

    assert preview.code == 1
    assert "no-literal-secret" in preview.err
    assert check.code == 1
    assert "LEGACY_STORE" in check.out
    assert small.place_of("dev", "LEGACY_STORE") in check.out
    assert check.out == others[0].out
    assert [answer.code for answer in others] == [1, 1, 0, 0]
    assert places_of(ACCOUNT_KEY, small, preview, check, *others) == ["environments/dev.yaml"]


def test_a_secret_in_an_application_setting_is_refused_by_the_engine_without_showing_it(small: Workbench) -> None:
    main = small.root / "__main__.py"
    patched = f"""
from components import from_description
plain = from_description._settings

def with_a_secret(*arguments):
    settings = plain(*arguments)
    return {{**settings, "literal": {{**settings["literal"], "PLANTED_PASSWORD": pulumi.Output.secret("{OF_THE_PROGRAM}")}}}}

from_description._settings = with_a_secret
"""
    main.write_text(main.read_text().replace("\n\ndef main(", f"{patched}\n\ndef main(", 1))

    preview = small.run("preview", "dev", "--local")
    others = [small.run("check"), small.run("plan", "dev")]

    assert preview.code == 1
    assert "no-literal-secret" in preview.err
    assert [answer.code for answer in others] == [1, 0]
    assert '"[secret]"' in others[1].out
    assert places_of(OF_THE_PROGRAM, small, preview, *others) == ["__main__.py"]


def test_the_environment_of_a_login_never_reaches_the_local_engine(small: Workbench, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    spy = tmp_path / "bin" / "pulumi"
    spy.parent.mkdir()
    spy.write_text(f'#!/bin/sh\n[ "$1" = version ] || env >> "{seen}"\nexec "{small.cli}" "$@"\n')
    spy.chmod(0o755)
    program = small.root / "__main__.py"
    program.write_text(f"import os\nopen({str(seen)!r}, 'a').write(str(os.environ))\n{program.read_text()}")
    login = {
        "ARM_CLIENT_SECRET": "of-a-login-1",
        "AZURE_CLIENT_SECRET": "of-a-login-2",
        "AZURE_CONFIG_DIR": "of-a-login-3",
        "PULUMI_ACCESS_TOKEN": "of-a-login-4",
        "PULUMI_BACKEND_URL": "https://of-a-login-5.example",
        "IDENTITY_HEADER": "of-a-login-6",
        "MSI_SECRET": "of-a-login-7",
    }

    answer = small.run("preview", "dev", "--local", **login, HUBKEEPER_PULUMI=str(spy))

    assert answer.code == 0, answer.out + answer.err
    assert "PULUMI_DEBUG_PROVIDERS" in seen.read_text()
    assert "of-a-login" not in seen.read_text()
    assert places_of("of-a-login", small, answer) == []
