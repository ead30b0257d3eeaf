/** The engine behind linear-regex.ts, in a module of its own so that it is loaded with the first expression. */
export { RE2JS } from 're2js';
