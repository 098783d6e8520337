"""The trainer's till: goods, people and devices that exist on the screen only."""
