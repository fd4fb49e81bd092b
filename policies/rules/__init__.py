"""Every rule there is, in the order of its ref. A new rule is a new file in one of the folders and a line here."""

from policies.rule import Rule
from policies.rules.hubs import (
    hub_as_described,
    hub_explicit,
    hub_no_default_name,
    hub_not_overridden,
    hub_sticky,
    store_not_shared,
    unique_task_hub,
)
from policies.rules.identity import (
    no_content_share,
    no_literal_secret,
    storage_roles,
    store_by_identity,
    vault_reference_complete,
)
from policies.rules.protection import hub_protected
from policies.rules.releases import slots_versioned
from policies.rules.retention import (
    history_declared,
    history_outlasts_orchestration,
    history_review_due,
    history_within_telemetry,
    insights_workspace_based,
    sampling_keeps_tracking,
    telemetry_alike,
    telemetry_kept,
    workspace_capped,
)
from policies.rules.sites import (
    site_https_only,
    site_minimum_tls,
    site_no_ftp,
    site_no_publishing_password,
    site_no_remote_debugging,
)
from policies.rules.stores import store_encrypted_transport, store_no_shared_key, store_not_public, store_soft_delete
from policies.rules.vaults import vault_purge_protection, vault_rbac

RULES: tuple[Rule, ...] = (
    # Task hubs, HK1xx
    unique_task_hub.RULE,
    hub_no_default_name.RULE,
    store_not_shared.RULE,
    hub_explicit.RULE,
    hub_not_overridden.RULE,
    hub_sticky.RULE,
    hub_as_described.RULE,
    # Retention of history and telemetry, HK2xx
    history_declared.RULE,
    history_outlasts_orchestration.RULE,
    history_within_telemetry.RULE,
    history_review_due.RULE,
    telemetry_kept.RULE,
    telemetry_alike.RULE,
    insights_workspace_based.RULE,
    workspace_capped.RULE,
    sampling_keeps_tracking.RULE,
    # Identities and secrets, HK3xx
    store_by_identity.RULE,
    no_content_share.RULE,
    storage_roles.RULE,
    no_literal_secret.RULE,
    vault_reference_complete.RULE,
    # Stores, sites, vaults, HK4xx
    store_no_shared_key.RULE,
    store_encrypted_transport.RULE,
    store_not_public.RULE,
    store_soft_delete.RULE,
    site_https_only.RULE,
    site_minimum_tls.RULE,
    site_no_ftp.RULE,
    site_no_remote_debugging.RULE,
    site_no_publishing_password.RULE,
    vault_rbac.RULE,
    vault_purge_protection.RULE,
    # Protection, HK5xx
    hub_protected.RULE,
    # Releases, HK6xx
    slots_versioned.RULE,
)
