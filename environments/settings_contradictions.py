"""Settings of a description that lead the host elsewhere than the description says, and functions that must not be off.

Sources: environments/catalogue/sources.yaml.
"""

from collections.abc import Iterator

from environments.backends import Contradiction
from environments.model import App, Environment
from environments.overriding import is_hub, is_pace, is_partition_count, moves_hub
from environments.problems import Path
from environments.settings import derived_names

_STORE = "azurewebjobsstorage"
_BY_ID = f"{_STORE}__managedidentityresourceid"


def settings_contradictions(environment: Environment, app: str) -> Iterator[Contradiction]:
    """Every such setting of an application, and every such function of its slots."""
    described = environment.apps[app]
    derived = {name.lower() for name in derived_names(environment, app)}
    for group, names in (("settings", described.settings), ("secrets", described.secrets)):
        for name in names:
            path: Path = ("apps", app, group, name)
            if name.lower() not in derived:
                yield from _over_host_json(described, name, path)
                yield from _of_the_store(name, path)
    yield from _switched_off(described, app)


def _over_host_json(app: App, setting: str, path: Path) -> Iterator[Contradiction]:
    """The host tells the scale controller what stands in the file. Where people scale, a setting holds, and may move the hub."""
    scaled = app.plan.facts.scales == "platform"
    unseen = "what scales the application reads host.json and not this setting, so it stays at one worker"
    if moves_hub(setting):
        wrong = unseen if scaled else "the hub is another than the one described, and nobody sees it"
        where = 'it in host.json, with `"hubName": "%TASKHUB_NAME%"`, and the hub under task_hub'
        if is_partition_count(setting):
            where = "`task_hub: {partition_count: …}` here, and the same number in host.json"
        yield path, wrong, where, "scale-controller" if scaled else "host-override"
    elif scaled and is_hub(setting):
        yield path, unseen, "it left out: put the key into host.json", "scale-controller"
    elif scaled and is_pace(setting):
        yield path, unseen, "`concurrency:` here, and the same number in host.json", "scale-controller"


def _of_the_store(setting: str, path: Path) -> Iterator[Contradiction]:
    """An address for one service wins over the account's name, and Durable Functions knows an identity by its client id."""
    name = setting.lower()
    if name == _BY_ID:
        wrong = "Durable Functions does not know an identity by its resource id"
        yield path, wrong, "it left out: AzureWebJobsStorage__clientId is set", "store-identity"
    elif name == _STORE:
        wrong = "an exact name wins over AzureWebJobsStorage__…, so the store is not reached by identity, or is another"
        yield path, wrong, "it left out", "store-identity"
    elif name.startswith(f"{_STORE}__"):
        wrong = "the store is the one described, reached by the application's identity, and this leads a part of it elsewhere"
        yield path, wrong, "it left out, or `names: {storage_account: …}` for a store that exists", "host-store"


def _switched_off(app: App, name: str) -> Iterator[Contradiction]:
    """In the other slot a hub that went with its code has instances that only these functions can end."""
    needed = {one.lower() for one in app.orchestrations}
    needed |= {undoes.lower() for one in app.orchestrations.values() for undoes in one.compensated_by.values()}
    for slot, described in app.slots.items():
        for place, function in enumerate(described.disabled_functions):
            if described.hub_binding == "code" and function.lower() in needed:
                yield (
                    ("apps", name, "slots", slot, "disabled_functions", place),
                    f"{function} is off in {slot}, where instances that go with their code (`hub_binding: code`) need it to end",
                    "starters and timers only",
                    "switched-off",
                )
