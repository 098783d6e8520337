"""Касса: a full-screen keyboard cashier terminal."""

__version__ = "0.1.0"
