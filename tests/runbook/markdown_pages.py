"""Reads a page as its readers do: blocks, headings, links, tables."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """A fenced block."""

    language: str
    text: str


def blocks(page: str) -> list[Block]:
    """Every fenced block. A fence ends with one that is at least as long."""
    return [Block(match["language"], match["text"]) for match in _FENCED.finditer(page)]


def prose(page: str) -> str:
    """The page without its fenced blocks."""
    return _FENCED.sub("", page)


def anchors(page: str) -> set[str]:
    """The names under which GitHub lets links reach the headings."""
    seen: Counter[str] = Counter()
    found = set()
    for heading in re.findall(r"^#{1,6} (.+)$", prose(page), flags=re.MULTILINE):
        slug = re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return found


def links(page: str) -> list[str]:
    """Where the links of the page lead."""
    return re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", prose(page))


def tables(page: str) -> Iterator[list[list[str]]]:
    """Every table as rows of cells, split as GitHub splits them: an escaped pipe does not end a cell."""
    for lines in re.findall(r"(?:^\|.*\n)+", prose(page), flags=re.MULTILINE):
        yield [re.findall(r"((?:\\.|[^|\\])*)\|", line.strip()[1:]) for line in lines.splitlines()]


_FENCED = re.compile(
    r"^(?P<fence>`{3,})(?P<language>\w*)\n(?P<text>.*?)\n(?P=fence)`*$", flags=re.MULTILINE | re.DOTALL
)
