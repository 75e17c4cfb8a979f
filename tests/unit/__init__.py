"""The domain and other pure code."""
