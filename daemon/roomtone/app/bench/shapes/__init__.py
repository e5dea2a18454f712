"""Models with the shapes of real ones and synthetic weights: they cost what those cost."""
