"""Pictures of pages as SVG, for the site: it is read from a folder, and the library that draws Mermaid is not brought along.

Understands what `picture` writes: boxes, stores, groups within groups, arrows with and without words. Anything else is not drawn,
and its source stays to be read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hubkeeper.runbook.quoting import Quoted, html

_LINE = re.compile(
    r"""\s*(?:(?P<end>end)
    |subgraph\ (?P<group>\w+)\["(?P<title>[^"]*)"\]
    |(?P<node>\w+)\[(?P<store>\()?"(?P<label>[^"]*)"\)?\]
    |(?P<start>\w+)\ (?:--\ (?P<words>[^->]+?)\ -->|(?P<dotted>-\.->)|-->)\ (?P<target>\w+))""",
    re.VERBOSE,
)
_LETTER, _LEADING, _PAD, _GAP, _BETWEEN = 7.6, 18.0, 14.0, 14.0, 90.0


@dataclass
class _Box:
    """A node, or a group with what is in it. Place and size are in pixels."""

    lines: list[str]
    store: bool = False
    inner: "dict[str, _Box] | None" = None
    rank: int = 0
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0


@dataclass
class _Picture:
    """What a source says: boxes by id, the outermost ones, and arrows as start, target, words, dotted."""

    boxes: dict[str, _Box] = field(default_factory=dict)
    outer: dict[str, _Box] = field(default_factory=dict)
    arrows: list[tuple[str, str, str, bool]] = field(default_factory=list)


def drawn(source: str) -> Quoted | None:
    """The picture, or None where it holds something that is not understood."""
    picture = _read(source)
    if picture is None or not picture.boxes:
        return None
    _rank(picture)
    width, height = _arrange(picture.outer, 0, 0)
    shapes = "".join((*_shapes(picture.outer), *(_arrow(picture.boxes, *arrow) for arrow in picture.arrows)))
    return Quoted(
        f'<svg class="picture" role="img" aria-label="{html(_words(picture))}" viewBox="-2 -2 {width + 4:.0f} {height + 4:.0f}" '
        f'width="{width + 4:.0f}"><defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0L8 4L0 8z" fill="currentColor"/></marker></defs>{shapes}</svg>\n'
    )


def _read(source: str) -> _Picture | None:
    head, *lines = source.strip().splitlines()
    if head.strip() != "flowchart LR":
        return None
    found = _Picture()
    inside = [found.outer]
    for line in lines:
        read = _LINE.fullmatch(line)
        if read is None or (read["end"] and len(inside) == 1):
            return None
        if read["end"]:
            inside.pop()
        elif read["group"] or read["node"]:
            name = read["group"] or read["node"]
            box = _Box(_lines(read["title"] or read["label"]), bool(read["store"]), {} if read["group"] else None)
            inside[-1][name] = found.boxes[name] = box
            if box.inner is not None:
                inside.append(box.inner)
        elif read["start"] in found.boxes and read["target"] in found.boxes:
            found.arrows.append((read["start"], read["target"], read["words"] or "", bool(read["dotted"])))
        else:
            return None
    return found if len(inside) == 1 else None


def _lines(label: str) -> list[str]:
    return [re.sub(r"#(\d+);", lambda one: chr(int(one[1])), line) for line in label.split("<br/>")]


def _rank(picture: _Picture) -> None:
    """How far to the right each box stands: behind everything that points to it, a group where its first box would."""
    for _ in picture.boxes:
        for start, target, _words, _dotted in picture.arrows:
            first, second = picture.boxes[start], picture.boxes[target]
            second.rank = max(second.rank, min(first.rank + 1, len(picture.boxes)))
    for box in reversed(list(picture.boxes.values())):
        if box.inner:
            box.rank = min(one.rank for one in box.inner.values())
    groups = {name for name, box in picture.outer.items() if box.inner is not None}
    for name in set(picture.outer) - groups:
        picture.outer[name].rank += bool(groups)


def _arrange(boxes: Mapping[str, _Box], left: float, top: float) -> tuple[float, float]:
    """Gives every box its place and size: ranks side by side, boxes of one rank below each other. Returns the size of all."""
    for box in boxes.values():
        if box.inner is None:
            box.width = max(map(len, box.lines)) * _LETTER + 2 * _PAD
            box.height = len(box.lines) * _LEADING + _PAD + (8 if box.store else 0)
        else:
            inner = _arrange(box.inner, 0, 0)
            box.width = max(inner[0], len(box.lines[0]) * _LETTER) + 2 * _PAD
            box.height = inner[1] + 2 * _PAD + _LEADING
    columns = [[box for box in boxes.values() if box.rank == rank] for rank in sorted({b.rank for b in boxes.values()})]
    height = max((sum(box.height + _GAP for box in column) - _GAP for column in columns), default=0)
    for column in columns:
        down = top + (height - sum(box.height + _GAP for box in column) + _GAP) / 2
        for box in column:
            box.x, box.y = left, down
            down += box.height + _GAP
            if box.inner:
                _arrange(box.inner, box.x + _PAD, box.y + _PAD + _LEADING)
        left += max(box.width for box in column) + _BETWEEN
    return max((box.x + box.width for box in boxes.values()), default=0), height


def _shapes(boxes: Mapping[str, _Box]) -> Iterator[str]:
    for box in boxes.values():
        kind = "group" if box.inner is not None else "store" if box.store else "box"
        corner = 10 if box.store else 4
        yield (
            f'<rect class="{kind}" x="{box.x:.0f}" y="{box.y:.0f}" width="{box.width:.0f}" height="{box.height:.0f}" '
            f'rx="{corner}"/>'
        )
        first = box.y + (_LEADING if box.inner is not None else (box.height - len(box.lines) * _LEADING) / 2 + 13)
        for n, line in enumerate(box.lines):
            yield (
                f'<text x="{box.x + box.width / 2:.0f}" y="{first + n * _LEADING:.0f}" text-anchor="middle">{html(line)}</text>'
            )
        yield from _shapes(box.inner or {})


def _arrow(boxes: Mapping[str, _Box], start: str, target: str, words: str, dotted: bool) -> str:
    one, other = boxes[start], boxes[target]
    from_x, from_y = one.x + one.width, one.y + one.height / 2
    to_x, to_y = other.x, other.y + other.height / 2
    bend = max(abs(to_x - from_x) / 2, 20)
    kind = "dotted" if dotted else "arrow"
    path = f"M{from_x:.0f} {from_y:.0f}C{from_x + bend:.0f} {from_y:.0f} {to_x - bend:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
    said = (
        f'<text class="words" x="{(from_x + to_x) / 2:.0f}" y="{(from_y + to_y) / 2 - 4:.0f}" text-anchor="middle">'
        f"{html(words)}</text>"
        if words
        else ""
    )
    return f'<path class="{kind}" d="{path}" marker-end="url(#tip)"/>{said}'


def _words(picture: _Picture) -> str:
    """The picture for who cannot see it."""
    names = {name: " ".join(box.lines) for name, box in picture.boxes.items()}
    return "; ".join(f"{names[start]} to {names[target]}" for start, target, _words, _dotted in picture.arrows)
