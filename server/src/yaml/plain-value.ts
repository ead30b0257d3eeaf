import type { ScalarNode } from './tree.ts';

const NULL = /^(?:~|[Nn]ull|NULL)$/;
const TRUE = /^(?:[Tt]rue|TRUE)$/;
const FALSE = /^(?:[Ff]alse|FALSE)$/;
const INTEGER = /^[-+]?[0-9]+$/;
const OCTAL = /^0o[0-7]+$/;
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const SPECIAL = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** The value of a plain scalar by the core schema of YAML 1.2, as the `yaml` package has it. */
export function plainValue(text: string): ScalarNode['value'] {
  const c = text.charCodeAt(0);
  // Digits, signs and the dot, `~`, and the letters of null, true and false.
  if ((c >= 48 && c <= 57) || c === 43 || c === 45 || c === 46) {
    if (INTEGER.test(text)) return Number.parseInt(text, 10);
    if (OCTAL.test(text)) return Number.parseInt(text.slice(2), 8);
    if (HEXADECIMAL.test(text)) return Number.parseInt(text.slice(2), 16);
    if (FLOAT.test(text)) return Number.parseFloat(text);
    if (SPECIAL.test(text))
      return text.toLowerCase() === '.nan'
        ? Number.NaN
        : c === 45
          ? Number.NEGATIVE_INFINITY
          : Number.POSITIVE_INFINITY;
    return text;
  }
  if (c === 126 || c === 110 || c === 78) return NULL.test(text) ? null : text;
  if (c === 116 || c === 84) return TRUE.test(text) ? true : text;
  if (c === 102 || c === 70) return FALSE.test(text) ? false : text;
  return text;
}
