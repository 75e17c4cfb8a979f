"""How a typed line and its dates are read."""
