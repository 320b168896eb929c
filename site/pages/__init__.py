"""One page type a file; the registry finds them by walking this package."""
