"""Rules on identities, roles and secrets."""
