"""The store: tables, queries and transactions; the only place that knows SQL."""
