"""Pure functions from bytes and text to records: no network, no clock, no database."""
