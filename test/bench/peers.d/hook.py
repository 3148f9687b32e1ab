#!/usr/bin/env python3
# A hook of the usual kind: the payload as JSON, a list of regular expressions over the text of the command.
import json
import re
import sys

PATTERNS = [
    (r"\brm\s+(-[a-zA-Z]*r[a-zA-Z]*f|-[a-zA-Z]*f[a-zA-Z]*r|-r\s+-f|-f\s+-r)\b.*(\s/|\s~|\$HOME)", "recursive deletion"),
    (r"\bgit\s+push\s+.*(--force(?!-with-lease)|-f\b)", "force push"),
    (r"\bgit\s+reset\s+--hard\b", "hard reset"),
    (r"\bgit\s+clean\s+-[a-zA-Z]*f", "git clean"),
    (r"\bmkfs(\.\w+)?\b", "makes a file system"),
    (r"\bdd\s+.*of=/dev/", "writes to a device"),
    (r">\s*/dev/sd[a-z]", "writes to a device"),
    (r"(?i)\bdrop\s+(table|database|schema)\b", "drops a table or database"),
    (r"(?i)\btruncate\s+table\b", "empties a table"),
    (r"\bterraform\s+destroy\b", "destroys infrastructure"),
    (r"\bkubectl\s+delete\b", "deletes from a cluster"),
    (r"\bchmod\s+-R\s+777\b", "opens files to everybody"),
    (r"(curl|wget)\b.*\|\s*(ba|z|da)?sh\b", "runs what it fetches"),
    (r"(^|[\s/<])\.env\b(?!\.(example|sample|template))", "reads credentials"),
    (r"\.aws/credentials|\.ssh/id_", "reads credentials"),
]


def main():
    payload = json.load(sys.stdin)
    command = payload.get("tool_input", {}).get("command", "")
    for pattern, why in PATTERNS:
        if re.search(pattern, command):
            print(f"blocked: {why}", file=sys.stderr)
            sys.exit(2)


main()
