"""The only code that knows DuckDB: connection, migrations, loading, alert rules, publishing, SQL door."""
