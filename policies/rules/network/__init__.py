"""Rules on private networks and the endpoints in them."""
