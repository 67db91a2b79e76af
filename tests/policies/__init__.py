"""Written policies of invented companies, each as the playbook that a company would make of it."""

from pathlib import Path

FOLDER = Path(__file__).parent
POLICIES = sorted(FOLDER.glob("*.yaml"))
