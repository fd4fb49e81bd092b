"""The local Azure: a provider process that stands in for azure-native, with its state in one SQLite file.

It is a second, independent reading of Azure: it imports nothing of the environments, components, plan or policies, and
takes its facts from the SDK's own types, azure-native's source and Azure's documentation (the sources stand beside the
facts, in `types`).
Started as `python -m hubkeeper.local_azure --database FILE`.
"""

from .recovery import orphans, soft_deleted_vaults

__all__ = ["orphans", "soft_deleted_vaults"]
