"""Every function app and slot registers the setting that names its task hub, with a name Azure takes."""

from collections.abc import Iterator

from environments import HUB_SETTING, SCHEDULER_SETTING, is_hub_name
from plan import UNKNOWN
from policies.reading import MAKE_LITERAL, MISSING, UNKNOWN_WORDS
from policies.registered import SITES, is_function_app, settings_of
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ResourceSubject


def check(subject: ResourceSubject) -> Iterator[Violation]:
    """Missing, unknown or not valid."""
    if not is_function_app(subject.resource):
        return
    settings = settings_of(subject.resource)
    value, on_scheduler = settings.get(HUB_SETTING), settings.has(SCHEDULER_SETTING) is True
    if value is MISSING:
        yield Violation(
            f"{HUB_SETTING} is not registered, so the hub would be named after the site, expected a name of its own"
        )
    elif value is UNKNOWN:
        yield Violation(f"{HUB_SETTING} {UNKNOWN_WORDS}, expected a literal name", fix=MAKE_LITERAL)
    elif not (isinstance(value, str) and is_hub_name(value, on_scheduler=on_scheduler)):
        taken = "3 to 64 letters, digits and dashes" if on_scheduler else "3 to 45 letters and digits, a letter first"
        yield Violation(f"{HUB_SETTING} is no task hub name, expected {taken}")


RULE = Rule(
    slug="hub-explicit",
    ref="HK104",
    level=Level.ERROR,
    scope=Scope.RESOURCE,
    types=SITES,
    what="Every function app and slot registers TASKHUB_NAME with a literal, valid task hub name.",
    why=(
        "Without it the hub is named after the site, changes when the site is renamed, and a slot does not start. An "
        "app whose name begins with a digit is even scaled by a hub that does not exist."
    ),
    fix='Keep TASKHUB_NAME among the settings as derived, and `"hubName": "%TASKHUB_NAME%"` in host.json.',
    source=(
        "Task hubs in Durable Functions, 2026-04-22 (letters and digits, 3 to 45, a letter first; on a scheduler to 64, "
        "with dashes: Microsoft.DurableTask 2026-02-01, published types); functions host, "
        "FunctionsSyncManager.GetDefaultDurableV2HubName, read 2026-06"
    ),
    check=check,
)
