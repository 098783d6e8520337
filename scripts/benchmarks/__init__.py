"""Figures of speed and memory, each beside a bare peer in the same run."""
