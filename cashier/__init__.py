"""Касса: a full-screen keyboard cashier terminal."""
