"""Figures that can be questioned: counts and never rates, and never of one person for another."""
