"""Rules on key vaults."""
