/**
 * dist/language-server.js: the server for a process of Node and for a web worker in one bundle, so that the extension
 * carries it once. What a host lacks is in modules that it never runs: hence `require`, which esbuild leaves lazy.
 */
if (typeof process === 'object' && typeof process.versions?.node === 'string') require('./process.ts');
else require('./worker.ts');

export {};
