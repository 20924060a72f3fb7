"""Importers: one for each publisher, from the bytes of a file to provisions with our ids. Pure functions."""
