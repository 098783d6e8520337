"""Scanners that are USB keyboards, grabbed and read by a process of their own."""

from devices.hid.find import HidConfig
from devices.hid.scanner import HidScanner

__all__ = ["HidConfig", "HidScanner"]
