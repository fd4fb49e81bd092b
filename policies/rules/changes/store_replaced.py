"""The store that holds task hubs stays the same one."""

from collections.abc import Iterator

from environments import Path
from policies.effect import Kind
from policies.rule import Level, Rule, Scope, Violation
from policies.states import HOSTS_STORE
from policies.subjects import ChangeSubject

_PATHS: dict[str, Path] = {
    "location": ("location",),
    "resource group": ("names", "resource_group"),
    "subscription": ("subscription_id",),
    "tenant": ("tenant_id",),
}


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Applications whose store would be another one, by the first thing that makes it so; then stores of unknown hubs."""
    for app, was, now in subject.apps():
        if was.backends != now.backends:
            continue
        changed = [key for key, value in was.store.items() if key in now.store and now.store[key] != value]
        if changed:
            said = ", ".join(f"{key} {was.store[key]} becomes {now.store[key]}" for key in changed)
            if changed == [HOSTS_STORE]:
                message = f"the host's store is replaced ({said}): its keys, locks and packages are lost"
            else:
                message = f"the store of the task hubs is replaced ({said}): everything in {was.store['name']} is lost"
            yield Violation(message, subject.at(app, None, ("names",)), path=_PATHS.get(changed[0]))
    yield from _holders_of_no_known_hub(subject)


def _holders_of_no_known_hub(subject: ChangeSubject) -> Iterator[Violation]:
    """What holds hubs is lost where no site said of which: their names may stand in host.json only."""
    known = subject.before.apps if subject.before else {}
    for one in subject.effects:
        if one.kind is Kind.HUB_LOST and (one.app not in known if one.app else not known):
            because = f" ({one.because})" if one.because else ""
            message = (
                f"{one.what} would be {'deleted' if one.deleted else 'replaced'}{because}: every task hub in it is lost"
            )
            yield Violation(message, subject.at(one.app))


RULE = Rule(
    slug="store-replaced",
    ref="HK802",
    level={"production": Level.CRITICAL, "staging": Level.ERROR, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change does not replace the store that holds task hubs.",
    why=(
        "Another name, region, group, subscription or kind makes a new, empty store. The engine deletes the old one if "
        "nothing protects it, with every instance, and tables and queues cannot be brought back."
    ),
    fix=(
        "Keep what the store is known by: `location`, `organization`, `subscription_id`, `names: {storage_account: …}`. To "
        "move on purpose, drain the hubs first and waive this finding for the days it takes."
    ),
    source="pulumi-azure-native, forced replacements of StorageAccount and ResourceGroup, read 2026-11-22",
    check=check,
)
