"""Pictures of the site: everything of the source is in them, nothing lies over another, and what is not understood stays source."""

import re
from itertools import combinations

import pytest

from environments import Estate
from hubkeeper.runbook.drawn import drawn
from hubkeeper.runbook.picture import picture

_RECT = re.compile(r'<rect class="(\w+)" x="(-?\d+)" y="(-?\d+)" width="(\d+)" height="(\d+)"')


def test_every_box_and_arrow_of_the_source_is_there_and_no_two_boxes_overlap(estate: Estate) -> None:
    for environment in estate:
        source = picture(environment)
        svg = drawn(source)
        assert svg is not None
        boxes = [(kind, *map(int, numbers)) for kind, *numbers in _RECT.findall(svg)]
        assert len(boxes) == len(re.findall(r'\["|\[\("', source))
        assert svg.count("marker-end") == source.count("-->") + source.count("-.->")
        nodes = [box[1:] for box in boxes if box[0] != "group"]
        for (x, y, width, height), (x2, y2, width2, height2) in combinations(nodes, 2):
            assert x + width <= x2 or x2 + width2 <= x or y + height <= y2 or y2 + height2 <= y


@pytest.mark.parametrize(
    "source",
    [
        "sequenceDiagram\n  a->>b: x",
        "flowchart LR\n  a{really}",
        'flowchart LR\n  a["x"]\n  a --> b',
        'flowchart LR\n  subgraph a["x"]',
        "flowchart LR\n  end",
        "flowchart LR",
    ],
)
def test_what_is_not_understood_is_not_drawn(source: str) -> None:
    assert drawn(source) is None


def test_a_label_stays_words() -> None:
    svg = drawn('flowchart LR\n  a["#60;script#62;alert(1)#60;/script#62;"]')
    assert svg is not None
    assert "&lt;script&gt;" in svg
    assert "<script" not in svg


def test_boxes_that_point_at_each_other_are_drawn_all_the_same() -> None:
    assert drawn('flowchart LR\n  a["x"]\n  b["y"]\n  a --> b\n  b --> a') is not None
