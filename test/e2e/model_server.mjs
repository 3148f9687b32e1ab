// A model that follows a script: speaks just enough of the Anthropic Messages API (streaming) on loopback to make a real Claude Code call
// tools. Each command of the script becomes one Bash tool call; what came back is written to the log, one JSON line per tool result.
//
//   node model_server.mjs PORT_FILE LOG_FILE COMMAND…
import { createServer } from 'node:http';
import { appendFileSync, writeFileSync } from 'node:fs';

const [portFile, logFile, ...commands] = process.argv.slice(2);

function send(response, events) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  response.end();
}

function message(block, deltas, reason) {
  const usage = { input_tokens: 1, output_tokens: 1 };
  return [
    { type: 'message_start', message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'scripted', content: [], stop_reason: null, usage } },
    { type: 'content_block_start', index: 0, content_block: block },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index: 0, delta })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage },
    { type: 'message_stop' },
  ];
}

const text = (words) => message({ type: 'text', text: '' }, [{ type: 'text_delta', text: words }], 'end_turn');
const bash = (command, n) => message({ type: 'tool_use', id: `toolu_scripted_${n}`, name: 'Bash', input: {} },
  [{ type: 'input_json_delta', partial_json: JSON.stringify({ command, description: 'scripted' }) }], 'tool_use');

let asked = 0;
const logged = new Set();
createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    let call = {};
    try { call = JSON.parse(body); } catch { /* not a message */ }
    if (!request.url.includes('/v1/messages') || request.url.includes('count_tokens')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ input_tokens: 1 }));
      return;
    }
    for (const turn of call.messages ?? []) {
      for (const block of Array.isArray(turn.content) ? turn.content : []) {
        if (block.type !== 'tool_result' || logged.has(block.tool_use_id)) continue;
        logged.add(block.tool_use_id);
        appendFileSync(logFile, JSON.stringify({ id: block.tool_use_id, error: block.is_error ?? false, content: block.content }) + '\n');
      }
    }
    const hasTools = (call.tools ?? []).some((tool) => tool.name === 'Bash');
    if (hasTools && asked < commands.length) send(response, bash(commands[asked], asked++));
    else send(response, text('done'));
  });
}).listen(0, '127.0.0.1', function listening() { writeFileSync(portFile, String(this.address().port)); });
setTimeout(() => process.exit(0), 120_000);
