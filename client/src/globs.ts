/** A glob as globs without `{a,b}`: the editor's globs do not nest braces, and the list of excludes is one. */
export function withoutBraces(glob: string): string[] {
  const match = /^([^{]*)\{([^{}]*)\}(.*)$/s.exec(glob);
  if (!match) return glob.includes('{') || glob.includes(',') ? [] : [glob];
  return match[2]!.split(',').flatMap((choice) => withoutBraces(`${match[1]}${choice}${match[3]}`));
}
