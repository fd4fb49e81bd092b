"""Rules on new versions of code beside running instances."""
