// What is measured. A scenario runs against a fresh server process and answers a record of figures: milliseconds, but for
// `memory` (MiB) and what says otherwise.
import { now, OpenDocument, ServerProcess, sleep } from './server-process.mjs';

export const quantile = (values, q) => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  return sorted[low] + (sorted[Math.ceil(at)] - sorted[low]) * (at - low);
};
export const median = (values) => quantile(values, 0.5);

/** The middle one of the lines that are exactly `line`. */
function middle(lines, line) {
  const all = lines.flatMap((l, i) => (l === line ? [i] : []));
  if (all.length === 0) throw new Error(`no line reads ${JSON.stringify(line)}`);
  return all[all.length >> 1];
}

/**
 * A text whose middle document of ours holds a wrong value, and the place of that value's end. A colon typed there makes a
 * syntax error of it: for a server that checks values one finding goes, for one that checks syntax one comes. Either way
 * the diagnostics change with every key, which proves that an answer belongs to the key.
 */
function prepare({ text, line, wrong }) {
  const lines = text.split('\n');
  const at = middle(lines, line);
  lines[at] = wrong;
  return { text: lines.join('\n'), line: at, column: wrong.length };
}

async function withServer(server, rootUri, run) {
  const process = new ServerProcess(server);
  try {
    const start = await process.initialize(rootUri);
    return await run(process, start);
  } finally {
    await process.stop();
  }
}

/** Opens a small file first, so that what a server loads only when a document comes is not part of the figure. */
async function warm(process, input) {
  const document = new OpenDocument(process, `${input.folder}/warm.yaml`, input.warm);
  await document.open();
  await process.idle();
}

const scenarios = {
  /** From the start of the process until `initialize` is answered, and until a small file has its first diagnostics. */
  start: (input) => (server) =>
    withServer(server, undefined, async (process, initialize) => {
      const document = new OpenDocument(process, `${input.folder}/small.yaml`, input.text);
      await document.open();
      return { initialize, diagnostics: now() - process.spawned };
    }),

  /** A file is opened: until its diagnostics are there, and the memory after that. */
  open: (input) => (server) =>
    withServer(server, undefined, async (process) => {
      await warm(process, input);
      const open = await new OpenDocument(process, `${input.folder}/opened.yaml`, input.text).open();
      await process.idle();
      return { open, memory: process.memory() };
    }),

  /** Keys, each sent when the one before it has been answered: typing at a moderate speed. */
  keys: (input) => (server) =>
    withServer(server, undefined, async (process) => {
      const { text, line, column } = prepare(input);
      await warm(process, input);
      const document = new OpenDocument(process, `${input.folder}/edited.yaml`, text);
      await document.open();
      await process.idle();
      const times = [];
      for (let i = 0; i < input.count + 4; i++) {
        const ms =
          i % 2 === 0
            ? await document.edit(line, column, column, ':')
            : await document.edit(line, column, column + 1, '');
        if (i >= 4) times.push(ms);
      }
      await process.idle();
      return { median: median(times), p95: quantile(times, 0.95), memory: process.memory() };
    }),

  /** Keys every 30 ms, whatever the server does: from the last key until the diagnostics are right. */
  burst: (input) => (server) =>
    withServer(server, undefined, async (process) => {
      const { text, line, column } = prepare(input);
      await warm(process, input);
      const document = new OpenDocument(process, `${input.folder}/edited.yaml`, text);
      await document.open();
      await process.idle();
      await document.edit(line, column, column, ':');
      const wanted = document.state;
      await document.edit(line, column, column + 1, '');
      await process.idle();
      const begin = now();
      for (let i = 0; i < 40; i++) {
        await sleep(Math.max(0, begin + i * 30 - now()));
        if (i % 2 === 0) document.send(line, column, column, ':');
        else document.send(line, column, column + 1, '');
      }
      await sleep(Math.max(0, begin + 40 * 30 - now()));
      const settled = document.reaches(wanted);
      const { start } = document.send(line, column, column, ':');
      return { settled: (await settled) - start };
    }),

  /** Completion of a value at many places of a file. */
  complete: (input) => (server) =>
    withServer(server, undefined, async (process) => {
      await warm(process, input);
      const document = new OpenDocument(process, `${input.folder}/completed.yaml`, input.text);
      await document.open();
      await process.idle();
      const places = document.lines.flatMap((l, i) => (l === input.line ? [i] : []));
      const times = [];
      let items = 0;
      for (let i = 0; i < input.count; i++) {
        const line = places[Math.floor((i * places.length) / input.count)];
        const position = { line, character: input.line.indexOf(': ') + 2 };
        const begin = now();
        const { result, time } = await process.request('textDocument/completion', {
          textDocument: { uri: document.uri },
          position,
          context: { triggerKind: 1 },
        });
        times.push(time - begin);
        items += (result?.items ?? result ?? []).length;
      }
      return { median: median(times), p95: quantile(times, 0.95), items: items / input.count };
    }),

  /** A folder: one file of it is opened, and all others are asked for by workspace diagnostics. */
  workspace: (input) => (server) =>
    withServer(server, input.root, async (process) => {
      if (!process.capabilities.diagnosticProvider?.workspaceDiagnostics) return {};
      const begin = now();
      const document = new OpenDocument(process, input.open.uri, input.open.text);
      const first = await document.open();
      const reported = new Set();
      const take = (report) => {
        for (const { uri } of report?.items ?? []) reported.add(uri);
      };
      process.listeners.add((method, params) => {
        if (method === '$/progress' && params.token === 'all') take(params.value);
      });
      const { result, time } = await process.request('workspace/diagnostic', {
        previousResultIds: [],
        partialResultToken: 'all',
      });
      take(result);
      // Every file was looked at, then: each one with something wrong in it is here.
      const missing = input.wrong.filter((uri) => !reported.has(uri));
      if (missing.length > 0) throw new Error(`${missing.length} files were not reported, ${missing[0]} the first`);
      await process.idle();
      return { 'first file': first, 'every file': time - begin, memory: process.memory() };
    }),

  /** What a server without an index must be asked to do: every file of the folder is opened. */
  'open all': (input) => (server) =>
    withServer(server, input.root, async (process) => {
      const begin = now();
      const documents = [...input.documents].map(([uri, text]) => new OpenDocument(process, uri, text));
      await Promise.all(documents.map((document) => document.open()));
      const all = now() - begin;
      await process.idle();
      return { 'every file': all, memory: process.memory() };
    }),
};

/** @param {keyof scenarios} type */
export const scenario = (type, input) => scenarios[type](input);
