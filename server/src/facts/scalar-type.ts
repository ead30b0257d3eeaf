import type { Node, ScalarNode } from '../yaml/tree.ts';
import type { Shape } from './shape.ts';

/** What a value is, as a noun for people. */
export type ValueType = 'a string' | 'a number' | 'a boolean' | 'null' | 'a list' | 'an object';

export function valueType(node: Node): ValueType {
  if (node.kind === 'map') return 'an object';
  if (node.kind === 'seq') return 'a list';
  if (node.kind === 'alias' || node.value === null) return 'null';
  if (typeof node.value === 'string') return 'a string';
  return typeof node.value === 'boolean' ? 'a boolean' : 'a number';
}

/**
 * Plain scalars that the YAML 1.2 core schema and the YAML 1.1 parsers of kubectl and kustomize read as different types
 * (gopkg.in/yaml.v2 resolve.go; sigs.k8s.io/yaml). Which one counts depends on who reads the file first.
 */
const READ_DIFFERENTLY = [
  /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)$/,
  /^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?|\.[\d_]+(?:[eE][-+]?\d+)?)$/,
];

/**
 * Whether a scalar has a type. A value that some readers take for one type and some for another is `unknown`, unless
 * it is a plain decimal number, which all take for a number.
 */
export function fits(node: ScalarNode, type: Shape['type']): 'yes' | 'no' | 'unknown' {
  if (hasType(node.value, type)) return 'yes';
  if (node.style !== 'plain' || node.tag !== undefined) return 'no';
  if (typeof node.value === 'boolean' || node.value === null) return 'no';
  if (typeof node.value === 'string') {
    if (type === 'boolean') return READ_DIFFERENTLY[0]?.test(node.text) ? 'unknown' : 'no';
    if (type === 'integer' || type === 'number' || type === 'int-or-string')
      return READ_DIFFERENTLY[1]?.test(node.text) ? 'unknown' : 'no';
    return 'no';
  }
  // A number where a string is wanted: `0o17` is a string to older parsers.
  return type === 'string' && /^[-+]?0o/.test(node.text) ? 'unknown' : 'no';
}

function hasType(value: ScalarNode['value'], type: Shape['type']): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'integer':
      return typeof value === 'bigint' || Number.isInteger(value);
    case 'int-or-string':
      return typeof value === 'string' || typeof value === 'bigint' || Number.isInteger(value);
    default:
      return false;
  }
}
