"""Rules on what the engine must not delete or replace."""
