"""How close two readings are, and how sure that is: what agreement and evaluations are measured with."""
