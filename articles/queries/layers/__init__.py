"""Layers as they are read: whole, as they were, or span by span over many articles."""
