"""The page of hosting plans in docs/, made of the same data that refuses a description: `python -m environments.plans_page`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from environments import catalogue
from environments.hosting import IN_PROCESS_ENDED
from environments.markdown_table import table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "plans.md"


def page() -> str:
    """The whole page."""
    return "\n".join(
        [
            "# Hosting plans, languages and slots",
            "",
            "Written by `python -m environments.plans_page` from environments/catalogue: what a description may combine.",
            "Everything else is refused when the file is read, with its line, the reason, what works instead and who says so.",
            "",
            *_plans(),
            *_languages(),
            *_keys(),
            *_settings(),
            *_slots(),
            *_networks(),
            "## No content share",
            "",
            catalogue.slot_strategies().no_content_share,
        ]
    )


def _plans() -> Iterator[str]:
    kinds = catalogue.hosting_kinds()
    yield from ("## Plans", "")
    rows = (
        (
            sku.name,
            kinds[sku.hosting].title,
            " or ".join(system.capitalize() for system in sku.os),
            str(sku.slots) if sku.slots > 1 else "none but production",
            f"{sku.lowest_maximum} to {sku.max_instances}",
            "yes" if sku.zone_redundant else "no",
            "always" if sku.always_on else "not there",
        )
        for sku in catalogue.plans().values()
    )
    head = ("SKU", "hosting", "runs on", "slots with production", "maximum_instances", "zone_redundant", "Always On")
    yield from table(head, rows)
    for kind in kinds.values():
        yield f"- **{kind.title}**: {kind.about}"
    for sku, systems in catalogue.refused_systems().items():
        for system, refusal in systems.items():
            yield f"- **{sku} on {system.capitalize()}** is refused: {refusal.because}. Instead: {refusal.instead}."
    yield ""


def _languages() -> Iterator[str]:
    yield from ("## Languages", "")
    skus = {sku.hosting: sku for sku in catalogue.plans().values()}
    kinds = catalogue.hosting_kinds()
    windows = catalogue.on_windows()
    rows = (
        (
            f"`{language}`",
            ", ".join(f"{version} (until {end})" for version, end in versions.items()) or "no version",
            *(_systems(language in windows, skus[kind].os) for kind in kinds),
        )
        for language, versions in catalogue.runtimes().items()
    )
    yield from table(("language", "versions", *(kind.title for kind in kinds.values())), rows)
    yield from (f"`dotnet`, in the host's own process, is refused: its support ended {IN_PROCESS_ENDED}.", "")


def _systems(on_windows: bool, systems: Iterable[str]) -> str:
    return ", ".join(one.capitalize() for one in systems if one == "linux" or on_windows) or "no worker there"


def _keys() -> Iterator[str]:
    kinds = catalogue.hosting_kinds()
    yield from ("## Keys of `plan`", "", "Where a plan does not take a key, the cell says what it has instead.", "")
    refused = catalogue.refused_plan_keys()
    rows = ((f"`{key}`", *(of[kind].instead if kind in of else "yes" for kind in kinds)) for key, of in refused.items())
    yield from table(("key", *(kind.title for kind in kinds.values())), rows)


def _slots() -> Iterator[str]:
    known = catalogue.slot_strategies()
    yield from (
        "## Slots",
        "",
        "A site has one list of sticky settings, so all slots of an application are bound alike.",
        "",
    )
    yield from table(("", "`hub_binding: slot`", "`hub_binding: code`"), known.rows)
    yield known.about


def _networks() -> Iterator[str]:
    kinds, refused = catalogue.hosting_kinds(), catalogue.refused_networks()
    yield from ("## In a private network", "", "See [the guide](guides/private-network.md).", "")
    rows = (
        (
            kinds[kind].title,
            f"`{facts.delegation}`",
            f"/{facts.longest_prefix}",
            "each instance" if facts.address_each else "shared gateways",
        )
        for kind, facts in catalogue.integrations().items()
    )
    yield from table(("hosting", "the subnet is delegated to", "at least", "who takes its addresses"), rows)
    for kind, refusal in refused.items():
        yield f"- **{kinds[kind].title}** is refused: {refusal.because}. Instead: {refusal.instead}."
    yield ""


def _settings() -> Iterator[str]:
    yield from ("## Settings that cannot be set", "")
    everywhere = catalogue.refused_settings("dedicated")
    groups = [("On every plan", everywhere)]
    flex = {name: one for name, one in catalogue.refused_settings("flex").items() if name not in everywhere}
    groups.append((catalogue.hosting_kinds()["flex"].title, flex))
    for where, names in groups:
        because = next(iter(names.values())).because
        yield f"- **{where}**, since {because}: {', '.join(f'`{name}`' for name in names)}."
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
