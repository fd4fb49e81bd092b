"""Whatever a file holds, it is either an environment or gets lines that point into it; nothing else ever happens."""

import copy
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from environments import DescriptionError, load_estate

Place = tuple[str | int, ...]

SHIPPED = Path(__file__).parents[2] / "environments"
TEXT = (SHIPPED / "prod.yaml").read_text(encoding="utf-8")
TREE = yaml.safe_load(TEXT)


def places(node: object, at: Place = ()) -> Iterator[Place]:
    """Every place of a tree but its top."""
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        yield (*at, key)
        yield from places(value, (*at, key))


def assert_read_or_explained(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "environments")
        folder.mkdir()
        file = folder / "prod.yaml"
        file.write_bytes(content)
        try:
            estate = load_estate(folder)
        except DescriptionError as error:
            problems, lines = error.problems, str(error).split("\n")
        else:
            assert list(estate.environments) == ["prod"]
            assert estate.task_hubs()
            return
    last = max(1, len(content.decode(errors="replace").splitlines()))
    assert problems
    assert len(lines) == len(problems)
    for problem in problems:
        assert problem.file == "environments/prod.yaml"
        assert problem.line in range(1, last + 1)
        assert problem.wrong
        assert problem.expected
        assert str(problem).isprintable()


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.dates(),
    st.sampled_from(["EP1", "python", "3.12", "7d", "westeurope", "~", "1e5", "x" * 300, "&a", "*a"]),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3)
)


@given(st.text() | st.text(alphabet="[]{}:,-?&*!|>'\"%@`#~ \n\tab1.", max_size=60))
@example("[" * 100_000)
@example("- " * 100_000)
@example("a: &a {b: *a}")
@example("? {a: b}\n: c")
@example("a: b\n<<: *c")
@example("!!python/object/apply:os.abort []")
@example("%YAML 3.0\n---\na: b")
@example("a: 'never ended\n\n\n")
def test_any_text_is_read_or_explained(text: str) -> None:
    assert_read_or_explained(text.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_explained(content: bytes) -> None:
    assert_read_or_explained(content)


@given(st.data())
def test_a_description_with_anything_deleted_renamed_or_replaced_is_read_or_explained(data: st.DataObject) -> None:
    tree = copy.deepcopy(TREE)
    for place in data.draw(st.lists(st.sampled_from(list(places(TREE))), min_size=1, max_size=3)):
        node: Any = tree
        try:
            for step in place[:-1]:
                node = node[step]
            old = node[place[-1]]
        except (KeyError, IndexError, TypeError):
            continue
        action = data.draw(st.sampled_from(["delete", "rename", "replace", "repeat"]))
        if action == "replace":
            node[place[-1]] = data.draw(VALUES)
        elif action == "rename" and isinstance(node, dict):
            node[data.draw(st.text(max_size=40) | st.integers() | st.none())] = node.pop(place[-1])
        elif action == "repeat" and isinstance(node, list):
            node.append(old)
        else:
            del node[place[-1]]
    assert_read_or_explained(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode("utf-8", "surrogatepass"))


@given(
    st.integers(0, len(TEXT)), st.integers(0, 40), st.text(max_size=8) | st.sampled_from(["\n", "  ", ": ", "- ", "#"])
)
def test_a_description_with_any_part_cut_out_or_typed_over_is_read_or_explained(
    start: int, length: int, typed: str
) -> None:
    assume(length or typed)
    assert_read_or_explained((TEXT[:start] + typed + TEXT[start + length :]).encode("utf-8", "surrogatepass"))
