"""The runbook of a whole estate, on all cores and environment by environment: memory does not grow with the estate."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from environments import Estate
from hubkeeper.on_all_cores import on_all_cores
from hubkeeper.runbook.files import Drift, Staging, differing, extra, writable
from hubkeeper.runbook.render import Renderer


@dataclass(frozen=True)
class WholeRunbook:
    """The pages of these environments of an estate in a folder. With `whole` they are all, so others of ours are extra."""

    estate: Estate
    environments: Sequence[str]
    folder: Path
    project: Path
    whole: bool

    def write(self) -> tuple[int, list[str]]:
        """Writes what changed, all of it or nothing. Gives the number of pages and the paths that changed. Raises RunbookError."""
        renderer = Renderer(self.estate, self.project)
        with Staging(self.folder) as staging, writable(self.folder):

            def put(name: str | None) -> tuple[list[str], list[str]]:
                pages = renderer.of_environment(name) if name else renderer.of_estate()
                return list(pages), staging.put(pages)

            # The estate's own pages and the first environment here: templates are then compiled for every process.
            done = [put(name) for name in (None, *self.environments[:1])] + on_all_cores(put, self.environments[1:])
            paths = {path for pages, _ in done for path in pages}
            changed = [path for _, some in done for path in some]
            return len(paths), staging.settle(changed, paths, whole=self.whole)

    def drift(self) -> tuple[int, list[Drift]]:
        """How many pages there are to be, and what in the folder differs from them. Raises RunbookError."""
        renderer = Renderer(self.estate, self.project)

        def compared(name: str | None) -> tuple[list[str], list[Drift]]:
            pages = renderer.of_environment(name) if name else renderer.of_estate()
            return list(pages), differing(pages, self.folder)

        names = (None, *self.environments)
        done = [compared(name) for name in names[:2]] + on_all_cores(compared, names[2:])
        paths = {path for pages, _ in done for path in pages}
        found = [one for _, some in done for one in some] + extra(paths, self.folder, whole=self.whole)
        return len(paths), sorted(found, key=lambda one: one.path)
