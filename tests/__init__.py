"""Winwin's tests."""
