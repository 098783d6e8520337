"""Painters: pure functions from a view and a size to rows of text with roles."""
