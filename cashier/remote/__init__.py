"""Clients of the servers the till speaks to, and the delivery of the outbox; httpx is loaded at the first request."""
