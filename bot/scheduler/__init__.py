"""The heartbeat that plans and the thread that sends."""
