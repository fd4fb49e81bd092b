"""Rules on what whoever is called at night needs to know: owners, purposes, expectations of orchestrations."""
