"""Rules on the storage accounts that hold task hubs."""
