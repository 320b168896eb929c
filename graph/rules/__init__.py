"""One contradiction rule a file; the registry finds them by walking this package."""
