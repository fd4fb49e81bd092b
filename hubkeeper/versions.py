"""Which version this is: the package's, as it is installed."""

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str:
    """The version of the package; `0.0.0` where it is not installed."""
    try:
        return version("hubkeeper")
    except PackageNotFoundError:
        return "0.0.0"
