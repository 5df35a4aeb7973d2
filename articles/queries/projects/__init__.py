"""Projects at a glance: for those who work in one, and for those who look after many."""
