"""What comes from the trade system and goes back to it as files."""
