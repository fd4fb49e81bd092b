"""Measurements: what a recording, a check and a preview cost."""
