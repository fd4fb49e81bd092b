"""Rules on sites and slots: how they are reached and by whom."""
