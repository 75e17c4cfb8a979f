"""What people read and press."""
