"""What a check was told to use and cannot."""


class BadInput(Exception):
    """A revision, a state, waivers or a baseline cannot be used. The text is for the user, a line for each mistake."""
