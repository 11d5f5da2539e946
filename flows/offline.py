"""Settings that must stand in the environment before Prefect is imported: `flows` imports this module first.

Nothing calls home: Prefect's server sends a heartbeat to a telemetry host and bundles an analytics client. A value
that the user set stays.
"""

import os

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # The default of 20 s failed 10 of 10 times on a loaded machine (research/prefect_duckdb.md §0).
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # Our own messages show in Prefect's run log.
    "PREFECT_LOGGING_EXTRA_LOGGERS": "muster",
}
for _name, _value in QUIET.items():
    os.environ.setdefault(_name, _value)
