// Reads the list of fields of the Flux Operator's kinds: a heading a kind, a line a field, below it the CEL rules.

/** The value of a Python literal of strings, lists and dictionaries, as `repr` writes it. */
function literal(text) {
  let i = 0;
  const skip = () => {
    while (/[\s,:]/.test(text[i] ?? '')) i++;
  };
  const value = () => {
    skip();
    const open = text[i++];
    if (open === '[') {
      const list = [];
      for (skip(); text[i] !== ']'; skip()) list.push(value());
      i++;
      return list;
    }
    if (open === '{') {
      const object = {};
      for (skip(); text[i] !== '}'; skip()) {
        const key = value();
        object[key] = value();
      }
      i++;
      return object;
    }
    if (open !== "'" && open !== '"') throw new Error(`not a literal: ${text.slice(i - 1, i + 20)}`);
    let result = '';
    while (text[i] !== open) {
      if (text[i] === '\\') i++;
      result += text[i++];
    }
    i++;
    return result;
  };
  const result = value();
  return { result, rest: text.slice(i) };
}

/** The schema at a path such as `spec.inputs[]{}.name`, made where it is missing. */
function place(schema, path) {
  let current = schema;
  for (const [step, name] of path.matchAll(/\.?([^.[{]+)|\[\]|\{\}/g)) {
    if (step === '[]') current = current.items ??= {};
    else if (step === '{}') current = current.additionalProperties ??= {};
    else {
      current.properties ??= {};
      current = current.properties[name] ??= {};
    }
  }
  return current;
}

/** @returns {{ group: string, version: string, kind: string, schema: object }[]} with schemas as a CRD has them. */
export function readOperatorFields(text) {
  const kinds = [];
  let at;
  for (const line of text.split('\n')) {
    const heading = /^## (\S+)\/(\S+) (\S+) served=True/.exec(line);
    if (heading) {
      at = { type: 'object' };
      kinds.push({ group: heading[1], version: heading[2], kind: heading[3], schema: at });
      continue;
    }
    const schema = kinds.at(-1)?.schema;
    const rootCel = /^ {2}ROOT CEL (.*)$/.exec(line);
    const cel = /^ {6}CEL (.*)$/.exec(line);
    const field = /^ {2}(\S+) (\{.*?\})(?: REQ=(\[.*\]))?$/.exec(line);
    if (rootCel) schema['x-kubernetes-validations'] = literal(rootCel[1]).result;
    else if (cel) {
      const rule = literal(cel[1]);
      const message = literal(rule.rest.replace(/^\s*MSG\s*/, ''));
      at['x-kubernetes-validations'] ??= [];
      at['x-kubernetes-validations'].push({ rule: rule.result, message: message.result });
    } else if (field) {
      at = place(schema, field[1]);
      Object.assign(at, JSON.parse(field[2]));
      if (field[3]) at.required = literal(field[3]).result;
    } else if (line.trim() !== '') throw new Error(`not understood: ${line}`);
  }
  return kinds;
}
