"""Gates: what a line must pass on its way in and out. Each is pure; what it wants done outside its handler does."""
