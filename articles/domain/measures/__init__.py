"""How close two readings are, and how certain the figure is: the measures of agreement and of evaluations."""
