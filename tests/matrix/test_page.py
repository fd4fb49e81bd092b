"""The page of what can be combined is the one that the cells make."""

from tests.matrix.page import PAGE, page


def test_the_page_is_written_again_when_the_matrix_changes() -> None:
    """`python -m tests.matrix.page` writes it."""
    assert PAGE.read_text(encoding="utf-8") == page() + "\n"
