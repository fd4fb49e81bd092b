"""azure-native's packages without what nobody asks for: each imports hundreds of modules, of which a program uses a few.

While a program is recorded, a package such as `pulumi_azure_native.web` is imported empty, and a name that is asked of it
imports the one module that is called like it (`WebApp`: `web_app`), or that of all inputs or all enumerations. Any other name
imports the package as it is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any, Final

_SDK: Final = "pulumi_azure_native"
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_INPUTS: Final = ("Args", "ArgsDict")


@contextmanager
def packages_by_need() -> Generator[None, None, None]:
    """Imports packages of the SDK like that. They stay so; one that is imported already stays whole."""
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Finder(MetaPathFinder):
    """Finds packages right below the SDK, and nothing else."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        sdk, _, name = fullname.rpartition(".")
        if sdk != _SDK or name.startswith("_"):
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is None or spec.loader is None or not spec.submodule_search_locations:
            return None
        spec.loader = _ByNeed(spec.loader, Path(spec.submodule_search_locations[0]))
        return spec


class _ByNeed(Loader):
    """Imports a package name by name, until one needs the whole of it."""

    def __init__(self, whole: Loader, folder: Path) -> None:
        self._whole = whole
        self._folder = folder

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._whole.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        def named(name: str) -> Any:
            if self._has(name):
                own = import_module(f"{module.__name__}.{name}")
                setattr(module, name, getattr(own, name, own))  # a function is called like its module, and goes first
                return getattr(module, name)
            for likely in self._modules_for(name):
                found = getattr(import_module(f"{module.__name__}.{likely}"), name, module)
                if found is not module:
                    setattr(module, name, found)
                    return found
            if name == "__all__":  # what `import *` asks for first; it then takes what is there
                self._import_whole(module)
            if name.startswith("__"):
                raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")
            self._import_whole(module)
            return getattr(module, name)

        module.__dict__["__getattr__"] = named

    def _modules_for(self, name: str) -> Iterator[str]:
        """Where a name may be, the likeliest first."""
        for bare in (name, *(name.removesuffix(ending) for ending in _INPUTS if name.endswith(ending))):
            if self._has(_snake(bare)):
                yield _snake(bare)
        if name[:1].isupper():
            yield "_inputs" if name.endswith(_INPUTS) else "_enums"

    def _has(self, module: str) -> bool:
        return module.isidentifier() and (self._folder / f"{module}.py").is_file()

    def _import_whole(self, module: ModuleType) -> None:
        module.__dict__.pop("__getattr__", None)
        self._whole.exec_module(module)


def _snake(name: str) -> str:
    return _HUMP.sub("_", name).lower()
