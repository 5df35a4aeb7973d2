"""Imports: uploaded, looked through, then taken in whole or not at all."""
