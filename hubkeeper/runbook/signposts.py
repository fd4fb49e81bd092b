"""Links in the lines that say how to read an answer: they name sections in words, since one command stands on many pages."""

import re

from hubkeeper.runbook.quoting import Quoted, prose, url

#: What a line names, and where that is: on the page of the application, or on a page of its folder.
_SECTIONS = {"No progress": "no-progress", "Two on one hub": "two-on-one-hub"}
_PAGES = {"Failed instances": "queries.md#failed-instances", "Follow one business request": "follow-one-instance.md"}
_NAMED = re.compile(
    rf"(?<=\bSee )(?:{'|'.join(_SECTIONS)})|(?<=: )Failed instances(?= lists)"
    r"|(?:(?<=\bto )|(?<=which: ))Follow one business request"
)


def told(tell: str, app_name: str | None, above: str | None) -> Quoted:
    """One line. `above` leads from the page to the folder of the environment; None where a page has no application."""
    line = prose(tell)
    if app_name is None or above is None:
        return line
    return Quoted(_NAMED.sub(lambda found: f"[{found[0]}]({_address(found[0], app_name, above)})", line))


def past(tell: str, here: str) -> str:
    """The line without the signpost to the section that it stands in."""
    return tell.replace(f" See {here}.", "")


def _address(named: str, app_name: str, above: str) -> str:
    if named in _PAGES:
        return _PAGES[named] if above else f"{url(app_name)}/{_PAGES[named]}"
    return f"{above}{url(app_name)}.md#{_SECTIONS[named]}" if above else f"#{_SECTIONS[named]}"
