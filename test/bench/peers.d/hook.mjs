#!/usr/bin/env node
// The same hook as hook.py, as one writes it for Node.
import { readFileSync } from "node:fs";

const patterns = [
  [/\brm\s+(-[a-zA-Z]*r[a-zA-Z]*f|-[a-zA-Z]*f[a-zA-Z]*r|-r\s+-f|-f\s+-r)\b.*(\s\/|\s~|\$HOME)/, "recursive deletion"],
  [/\bgit\s+push\s+.*(--force(?!-with-lease)|-f\b)/, "force push"],
  [/\bgit\s+reset\s+--hard\b/, "hard reset"],
  [/\bgit\s+clean\s+-[a-zA-Z]*f/, "git clean"],
  [/\bmkfs(\.\w+)?\b/, "makes a file system"],
  [/\bdd\s+.*of=\/dev\//, "writes to a device"],
  [/>\s*\/dev\/sd[a-z]/, "writes to a device"],
  [/\bdrop\s+(table|database|schema)\b/i, "drops a table or database"],
  [/\btruncate\s+table\b/i, "empties a table"],
  [/\bterraform\s+destroy\b/, "destroys infrastructure"],
  [/\bkubectl\s+delete\b/, "deletes from a cluster"],
  [/\bchmod\s+-R\s+777\b/, "opens files to everybody"],
  [/(curl|wget)\b.*\|\s*(ba|z|da)?sh\b/, "runs what it fetches"],
  [/(^|[\s\/<])\.env\b(?!\.(example|sample|template))/, "reads credentials"],
  [/\.aws\/credentials|\.ssh\/id_/, "reads credentials"],
];

const payload = JSON.parse(readFileSync(0, "utf8"));
const command = payload.tool_input?.command ?? "";
for (const [pattern, why] of patterns) {
  if (pattern.test(command)) {
    console.error(`blocked: ${why}`);
    process.exit(2);
  }
}
