"""Engines, measured: how fast they read to committed layers, how good they are, what is left after a kill -9."""
