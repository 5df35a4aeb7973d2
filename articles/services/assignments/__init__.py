"""Who works on what: offered in an order, claimed or given, prolonged, handed in."""
