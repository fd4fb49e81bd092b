"""Rules on how long history and telemetry are kept, and whether they can be explained."""
