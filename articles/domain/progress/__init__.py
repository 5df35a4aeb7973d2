"""How work gets on over days and weeks, and when it will be done."""
