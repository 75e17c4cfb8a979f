"""How a typed line is read: every sentence of the rules as rows of input and reading."""
