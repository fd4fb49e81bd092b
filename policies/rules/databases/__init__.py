"""Rules on databases that are task hubs: made and named alike, without passwords, behind a firewall, and kept in backups."""
