"""A label schema changed, and all layers of its project carried over."""
