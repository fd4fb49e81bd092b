"""The settings of an application as a table: name, sticky, what for, where the value comes from. Never a secret."""

import re
from dataclasses import dataclass

from environments import App, Environment, Setting, settings_of

#: What a derived value is made of, in words.
_SOURCES = {
    "{identity_client_id}": "the client id of the identity",
    "{identity_id}": "the resource id of the identity",
    "{insights_connection_string}": "the connection string of Application Insights, never printed",
    "ClientId={identity_client_id};Authorization=AAD": "the client id of the identity, with Entra ID",
}
# Where a team wrote a plain value, it may still be a secret in the wrong place. Better one value too few on a page.
_SECRET_NAME = re.compile(r"key|secret|token|passw|pwd|credential|connection|sas(?:$|_)|signature", re.IGNORECASE)
_SECRET_VALUE = re.compile(
    r"(?i)(key|signature|sig|password|pwd|secret|token|code)\s*=|://[^/\s]*@|bearer |-----BEGIN|[A-Za-z0-9+/_=-]{20,}"
)


@dataclass(frozen=True)
class SettingRow:
    """One row. `source` says where the value comes from; `values` are literals by slot, one entry where all slots have the same."""

    name: str
    sticky: bool
    about: str
    source: str
    values: tuple[tuple[str, str], ...]


def may_be_secret(name: str, value: str) -> bool:
    """Whether a plain setting of the description looks like a secret that stands in the wrong place."""
    return bool(_SECRET_NAME.search(name) or _SECRET_VALUE.search(value))


def shown_names(app: App, settings: tuple[Setting, ...]) -> tuple[str, ...]:
    """Settings whose value a command may print: literals that cannot be a secret."""
    return tuple(s.name for s in settings if not _hidden(app, s) and not s.derived and s.secret is None)


def _hidden(app: App, setting: Setting) -> bool:
    return setting.name in app.settings and may_be_secret(setting.name, setting.value)


def setting_rows(environment: Environment, app_name: str) -> tuple[SettingRow, ...]:
    """Every setting of an application, its slots side by side."""
    app = environment.apps[app_name]
    by_slot = {
        slot or "production": {s.name: s for s in settings_of(environment, app_name, slot)} for slot in app.all_slots
    }
    return tuple(
        _row(app, setting, {slot: of[name].value for slot, of in by_slot.items()})
        for name, setting in by_slot["production"].items()
    )


def _row(app: App, setting: Setting, values: dict[str, str]) -> SettingRow:
    shown: tuple[tuple[str, str], ...] = ()
    if setting.secret is not None:
        source = "secret"
        shown = (("", setting.secret),)
    elif setting.derived:
        source = _SOURCES.get(setting.value, "known only to Azure, never printed")
    elif _hidden(app, setting):
        source = "the description; not shown, since it looks like a secret: it belongs under secrets"
    else:
        source = "the description" if setting.name in app.settings else ""
        shown = tuple(values.items()) if len(set(values.values())) > 1 else (("", setting.value),)
    return SettingRow(setting.name, setting.sticky, setting.about, source, shown)
