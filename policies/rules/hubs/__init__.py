"""Rules on task hubs: one name for one slot, said out loud, kept by the slot."""
