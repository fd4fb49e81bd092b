"""Who reads a secret is written down."""

from collections.abc import Iterator

from plan import UNKNOWN, Resource
from policies.reading import UNKNOWN_WORDS, at
from policies.registered import whose
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import PlanSubject

VAULT = "azure-native:keyvault:Vault"
SETTING = "azure-native:monitor:DiagnosticSetting"
AUDIT = {"AuditEvent", "audit", "allLogs"}


def check(subject: PlanSubject) -> Iterator[Violation]:
    """A diagnostic setting belongs to the vault whose id its `resourceUri` waits for."""
    settings = subject.plan.of_type(SETTING)
    for vault in subject.plan.of_type(VAULT):
        own = [one for one in settings if vault.urn in one.property_dependencies.get("resourceUri", ())]
        found = [_audits(one) for one in own]
        if True not in found:
            wrong = (
                f"what is written down about it {UNKNOWN_WORDS}" if None in found else "nobody writes down who reads it"
            )
            message = f"{wrong}, expected its AuditEvent in the workspace"
            yield Violation(message, whose(subject.plan, vault, subject.described), vault.urn)


def _audits(setting: Resource) -> bool | None:
    logs = at(setting.inputs, "logs")
    if logs is UNKNOWN:
        return None
    entries = logs if isinstance(logs, list) else []
    return any(
        at(entry, "enabled") is True and (at(entry, "category") in AUDIT or at(entry, "categoryGroup") in AUDIT)
        for entry in entries
    )


RULE = Rule(
    slug="vault-audited",
    ref="HK783",
    level={"production": Level.WARNING},
    scope=Scope.PLAN,
    what="In production the audit log of every vault goes to a workspace.",
    why="After an incident the question is who read which secret when. Azure keeps no answer unless it was told to.",
    fix="Remove `telemetry: {diagnostics: none}`; the components then send AuditEvent to the environment's workspace.",
    source="Azure Key Vault logging, learn.microsoft.com, read 2026-11-22; CIS Azure Foundations, logging for Key Vault",
    check=check,
)
