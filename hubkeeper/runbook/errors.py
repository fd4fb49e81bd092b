"""What can go wrong with pages, as one line for the person who changed a template or the folder."""


class RunbookError(Exception):
    """A template or a page cannot be used. The text is one line: `file:line: what is wrong, what was expected`."""
