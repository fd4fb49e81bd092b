"""What every part of a description has in common."""

from pydantic import BaseModel, ConfigDict


class Description(BaseModel):
    """A part of the description. Unknown keys are refused, and no error repeats what stood in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
