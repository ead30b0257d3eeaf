import { isTemplate } from '../../azure/text-kinds.ts';
import { asScalar, asSeq, follow, text } from '../../yaml/navigate.ts';
import type { Node, ScalarNode } from '../../yaml/tree.ts';

/** A setting that holds a string, and where it stands. */
export interface Written {
  /** `undefined` where the value is no string: what it means is unknown. */
  readonly text: string | undefined;
  readonly node: Node;
}

/** A string of a list, and where it stands. */
export interface WrittenText {
  readonly text: string;
  readonly node: ScalarNode;
}

/** Reads a setting; a missing one, `null` and the empty string, which kustomize takes for none, are `undefined`. */
export function written(node: Node | undefined): Written | undefined {
  if (node === undefined) return undefined;
  const scalar = asScalar(node);
  if (scalar && (scalar.value === null || scalar.value === '')) return undefined;
  return { text: text(node), node: follow(node) ?? node };
}

/** The strings of a list; a string that stands where the list should is read as a list of one. */
export function writtenTexts(node: Node | undefined): WrittenText[] {
  const seq = asSeq(node);
  return (seq ? seq.items : node ? [node] : []).flatMap((item) => {
    const scalar = asScalar(item);
    return scalar && typeof scalar.value === 'string' && scalar.value !== ''
      ? [{ text: scalar.value, node: scalar }]
      : [];
  });
}

/** The text of a setting whose value is certain; `undefined` where it is filled in later or no string. */
export const certainText = (value: Written): string | undefined =>
  value.text !== undefined && !isTemplate(value.text) ? value.text : undefined;
