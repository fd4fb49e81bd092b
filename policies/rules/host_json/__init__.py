"""Rules on host.json, which is in the application's package and says where its orchestrations live."""
