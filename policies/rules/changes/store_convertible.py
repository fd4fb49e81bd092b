"""A store is asked for zones, or to leave them, by a conversion and not by a change of the description alone."""

from collections.abc import Iterator

from environments.store_copies import OVER_ZONES, conversion, needs_conversion
from policies.rule import Level, Rule, Scope, Violation
from policies.states import HOSTS_STORE, AppState
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Applications whose store stays, and would be spread over zones or no longer be."""
    for app, was, now in subject.apps():
        if was.store.get("name") != now.store.get("name") or was.copies is None or now.copies is None:
            continue
        if needs_conversion(was.copies, now.copies):
            message = f"the copies of its store, {was.copies}, become {now.copies}, which Azure refuses in place"
            path = now.copies_at
            yield Violation(message, subject.at(app, None, path), fix=_fix(subject, was, was.copies, now.copies))


def _fix(subject: ChangeSubject, was: AppState, before: str, after: str) -> str:
    own = was.store.get("name") if was.backends == {"azure-storage"} else None
    account, group = was.store.get(HOSTS_STORE) or own or "…", was.store.get("resource group", "…")
    # A zone-redundant plan asks for a store over zones.
    keep = f"`store: {{redundancy: {before}}}`{'' if before in OVER_ZONES else ' and leave the plan in one zone'}"
    return (
        f"Ask for the conversion first: {conversion(before, after, account, group)}. When `az storage account show --name "
        f"{account} --resource-group {group} --query sku.name` says it is done, `pulumi refresh -s {subject.whose.environment}`, "
        f"then change the description and waive this finding for that day. To keep the store as it is for now, say {keep}."
    )


RULE = Rule(
    slug="store-convertible",
    ref="HK824",
    level={"production": Level.ERROR, "staging": Level.WARNING, "development": Level.NOTE},
    scope=Scope.CHANGE,
    what="A change does not ask the store of an application for zones that it does not have, or to leave those that it has.",
    why=(
        "Azure takes another number of regions in place, but moves data into other zones only by a conversion of its own. It "
        "refuses the plain change in the middle of an `up`, after other resources have been changed. A zone-redundant plan asks "
        "for a store over zones by itself, so this comes with `plan: {zone_redundant: true}` as well."
    ),
    fix=(
        "Ask for the conversion first: `az storage account migration start --account-name … --resource-group … --sku … --name "
        "default`, with Standard_ZRS into zones, Standard_LRS out of them (GZRS and GRS, RAGZRS and RAGRS where there is a second "
        "region). When `az storage account show --query sku.name` says it is done, `pulumi refresh -s ENV`, then change the "
        "description and waive this finding for that day. To go without waiting, describe the application a second time under "
        "another name, with a store of its own, send new work there and drain the old one. To keep the store as it is for now, "
        "say in `store: {redundancy: …}` the copies that it has; copies in one zone want a plan in one zone."
    ),
    source=(
        "Change how a storage account is replicated, learn.microsoft.com, 2025-10-10; terraform-provider-azurerm issue 6526; "
        "MicrosoftDocs/azure-docs issue 47207"
    ),
    check=check,
)
