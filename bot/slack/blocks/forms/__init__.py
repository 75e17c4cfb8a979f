"""Modals, each with what reads its inputs back."""
