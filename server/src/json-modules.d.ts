// JSON files are bundled as data; their types are stated where they are read.
declare module '*.json' {
  const value: unknown;
  export default value;
}
