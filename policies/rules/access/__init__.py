"""Who may call: starters, status endpoints, and where code is deployed."""
