"""Rules on hosting plans."""
