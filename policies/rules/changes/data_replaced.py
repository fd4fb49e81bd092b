"""What holds secrets or telemetry is not made anew by the way."""

from collections.abc import Iterator

from environments import Path
from policies.effect import Kind
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject

_LEFT = {
    "secrets": "its secrets stay in the old one, soft-deleted, and the new one is empty",
    "telemetry": "its telemetry stays in the old one, and every graph and alert begins anew",
}


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Vaults and workspaces that are replaced or deleted, unless everything around them is: another rule says that."""
    stay = {name for name, _, _ in subject.apps()}
    if any(one.kind is Kind.HUB_LOST and one.app is None for one in subject.effects):
        return
    for one in subject.effects:
        if one.kind is Kind.DATA_LOST and (one.app is None or one.app in stay):
            path: Path = ("names", *(("key_vault",) if one.app else ()))
            because = f" ({one.because})" if one.because else ""
            message = f"{one.what} would be {'deleted' if one.deleted else 'replaced'}{because}: {_LEFT[one.holds]}"
            yield Violation(message, subject.at(one.app, None, path))


RULE = Rule(
    slug="data-replaced",
    ref="HK813",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change replaces neither the vault with an application's secrets nor the workspace with its telemetry.",
    why=(
        "Another name is another, empty vault: every setting that refers to a secret fails until somebody puts it there "
        "again, and what runs fails with it. Without the old workspace nobody can tell how running instances began."
    ),
    fix=(
        "Keep `names: {key_vault: …}` and `names: {workspace: …}`. To move on purpose, put the secrets into the new vault right "
        "after `up`, export what telemetry must be kept, and waive this finding for the days it takes."
    ),
    source="Key Vault soft-delete overview, 2026; pulumi-azure-native, what the ids of Vault and Workspace are made of",
    check=check,
)
