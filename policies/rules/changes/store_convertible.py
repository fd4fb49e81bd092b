"""A store is asked for zones, or to leave them, by a conversion and not by a change of the description alone."""

from collections.abc import Iterator

from environments.store_copies import conversion, needs_conversion
from policies.rule import Level, Rule, Scope, Violation
from policies.subjects import ChangeSubject


def check(subject: ChangeSubject) -> Iterator[Violation]:
    """Applications whose store stays, and would be spread over zones or no longer be."""
    for app, was, now in subject.apps():
        if was.store.get("name") != now.store.get("name") or was.copies is None or now.copies is None:
            continue
        if needs_conversion(was.copies, now.copies):
            message = f"the copies of its store, {was.copies}, become {now.copies}, which Azure refuses in place"
            path = ("store", "redundancy")
            yield Violation(f"{message}: {conversion(was.copies, now.copies)}", subject.at(app, None, path))


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
        "Ask for the conversion first: `az storage account migration start --account-name … --resource-group … --sku "
        "Standard_ZRS --name default`. When `az storage account show --query sku.name` says it is done, `pulumi refresh -s "
        "ENV`, then "
        "change the description and waive this finding for that day. To go without waiting, describe the application a second "
        "time under another name, with a store of its own, send new work there and drain the old one. To keep the store as it "
        "is for now, say `store: {redundancy: LRS}` and leave the plan in one zone."
    ),
    source=(
        "Change how a storage account is replicated, learn.microsoft.com, 2025-10-10; terraform-provider-azurerm issue 6526; "
        "MicrosoftDocs/azure-docs issue 47207"
    ),
    check=check,
)
