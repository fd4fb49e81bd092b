"""Nothing that is secret, and no value of a setting, is stored or comes back unwrapped."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from hubkeeper.local_azure.wire import Secret
from tests.local_azure.driver import Created
from tests.local_azure.estate import Estate

HUSHED = "hushed-value-1"
PLAIN = "plain-value-2"


def _app(estate: Estate, **over: Any) -> Created:
    settings = [{"name": "API_KEY", "value": Secret(HUSHED)}, {"name": "MODE", "value": PLAIN}]
    config = {
        "appSettings": settings,
        "connectionStrings": [{"name": "DB", "connectionString": HUSHED, "type": "Custom"}],
    }
    return estate.app(estate.plan(), siteConfig=config, tags={"note": Secret(HUSHED)}, **over)


def _files(database: Path) -> bytes:
    return b"".join(path.read_bytes() for path in database.parent.iterdir())


def test_no_file_of_the_local_azure_holds_a_secret_or_a_value_of_a_setting(estate: Estate, database: Path) -> None:
    app = _app(estate)
    estate.caller.update(app, app.inputs | {"httpsOnly": True})
    stored = _files(database)
    assert b"API_KEY" in stored
    assert HUSHED.encode() not in stored
    assert PLAIN.encode() not in stored


def test_settings_are_never_echoed(estate: Estate) -> None:
    app = _app(estate)
    assert "appSettings" not in app.outputs["siteConfig"]
    assert "connectionStrings" not in app.outputs["siteConfig"]


def test_a_secret_comes_back_wrapped(estate: Estate) -> None:
    app = _app(estate)
    assert app.outputs["tags"]["note"] == Secret(HUSHED)


def test_a_refresh_changes_nothing_and_keeps_secrets_wrapped(estate: Estate) -> None:
    app = _app(estate)
    assert estate.caller.read(app) == app


def test_an_import_does_not_get_what_azure_does_not_tell(estate: Estate) -> None:
    found = estate.caller.read(replace(_app(estate), inputs={}, outputs={}))
    assert found
    assert found.inputs["siteConfig"] == {}
    assert found.inputs["tags"] == {"note": None} or found.inputs["tags"] == {}


def test_a_refresh_sees_what_somebody_else_changed(estate: Estate) -> None:
    app = _app(estate)
    estate.caller.update(app, app.inputs | {"httpsOnly": True})
    seen = estate.caller.read(app)
    assert seen
    assert seen.inputs["httpsOnly"] is True
    assert seen.inputs["siteConfig"] == app.inputs["siteConfig"]
