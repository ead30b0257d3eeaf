import * as module from 'node:module';

// dist/server.js: next to nothing, so that V8's cache of compiled code, where this Node has one, is on before the rest
// is compiled. Run directly or required by the command line, it serves the client on the channel that the arguments name.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();
require('./language-server.js');
