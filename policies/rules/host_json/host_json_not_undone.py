"""No setting of a description undoes what host.json is checked for."""

from collections.abc import Iterator

from environments.host_json import contract_in, undone
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import AppSubject

_TAKE_AWAY = "Take the setting away, or give it the value that is expected; host.json is refused for the same one."
_TRACKED = (
    " Where host.json names the category of tracking events by itself, name the file under `host_json`, so that the two are "
    "read together."
)


def check(subject: AppSubject) -> Iterator[Violation]:
    """One violation for each such setting."""
    app = subject.app
    contract = contract_in(subject.environment, subject.name, settings_too=True)
    for one in undone(app.settings, app.secrets, subject.host_json, contract):
        group = "secrets" if one.setting in app.secrets else "settings"
        path = (*subject.whose.path, group, one.setting)
        message = f"setting {one.setting} overrides host.json: {one.wrong}, expected {one.expected}"
        yield Violation(message, path=path, fix=_fix(one.setting.lower(), group))


def _fix(setting: str, group: str) -> str:
    if group == "secrets":
        return "Say it under `settings`, where everybody can read it, or in host.json."
    if setting.endswith("defaultversion"):
        return "Take the setting away, and say the version in host.json, which travels with the code."
    return _TAKE_AWAY + (_TRACKED if "loglevel" in setting else "")


RULE = Rule(
    slug="host-json-not-undone",
    ref="HK653",
    level={"production": Level.ERROR, "staging": Level.ERROR, "development": Level.WARNING},
    scope=Scope.APP,
    what="No AzureFunctionsJobHost__ setting of a description says what would be a mistake in host.json.",
    why=(
        "Such a setting overrides the key in the file, and nobody who reads the file sees it: payloads in the logs, a level "
        "that loses the events that orchestrations are followed by, a version that stays when the code is newer."
    ),
    fix=_TAKE_AWAY,
    source=(
        "App settings reference for Azure Functions (AzureFunctionsJobHost__), 2026; Diagnostics in Durable Functions, 2026; "
        "Orchestration versioning, 2026-05-01"
    ),
    check=check,
)
