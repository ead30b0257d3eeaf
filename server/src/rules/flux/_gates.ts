import { isTemplate } from '../../azure/text-kinds.ts';
import type { Workspace } from '../../model/context.ts';
import { addItems, replacePart, type TreeEdit } from '../../yaml/edits.ts';
import { asScalar, get, textAt } from '../../yaml/navigate.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import { argumentsOf, flagValue, fluxInstances } from '../flux-install.ts';

export const GATE = 'ObjectLevelWorkloadIdentity';

/**
 * What an argument says of the gate; `undefined` where it says nothing, `unknown` where nobody can tell.
 * The flag takes a list of `name=value`, and a value as Go's strconv.ParseBool reads it.
 */
export function gateIn(argument: string): boolean | 'unknown' | undefined {
  const value = flagValue(argument, 'feature-gates');
  if (value === undefined) return undefined;
  const pair = value.split(',').findLast((part) => part.split('=')[0]?.trim() === GATE);
  if (pair === undefined) return isTemplate(value) ? 'unknown' : undefined;
  const set = pair.split('=')[1]?.trim();
  if (set === undefined) return false;
  return isTemplate(set) ? 'unknown' : /^(1|t|T|TRUE|true|True)$/.test(set);
}

/** True where something in the workspace switches the gate on for a controller, or may. */
export function isGateOn(controller: string, workspace: Workspace): boolean {
  const said = argumentsOf(controller, workspace).map(({ text }) => gateIn(text));
  return said.some((gate) => gate === true || gate === 'unknown') || isGateOnByInstance(workspace);
}

/** True where a FluxInstance switches the gate on for all controllers, or may. */
export const isGateOnByInstance = (workspace: Workspace): boolean =>
  fluxInstances(workspace).some(({ root }) => {
    const value = asScalar(get(root, 'spec', 'cluster', 'objectLevelWorkloadIdentity'))?.value;
    return value === true || typeof value === 'string';
  });

/** Switches the gate on beside another argument of the same controller; `undefined` where its place is no list. */
export function addGateBeside(argument: ScalarNode, all: readonly ScalarNode[]): TreeEdit | undefined {
  const gates = all.find(({ tree, text }) => tree === argument.tree && flagValue(text, 'feature-gates') !== undefined);
  if (gates) {
    const off = new RegExp(`(${GATE}=)[^,]*`).exec(gates.text);
    if (off) {
      const start = off.index + (off[1] as string).length;
      return replacePart(gates, start, off.index + off[0].length, 'true');
    }
    return replacePart(gates, gates.text.length, gates.text.length, `,${GATE}=true`);
  }
  const flag = `--feature-gates=${GATE}=true`;
  const { parent } = argument;
  if (parent?.kind === 'seq' && !parent.synthetic) return addItems(parent, [flag]);
  // One operation of a JSON6902 patch adds one argument.
  const path = parent?.kind === 'map' ? textAt(parent, 'path') : undefined;
  const list = parent?.parent;
  if (parent?.kind !== 'map' || list?.kind !== 'seq' || !path?.endsWith('/args/-')) return undefined;
  return addItems(list, [{ op: 'add', path, value: flag }], list.items.indexOf(parent) + 1);
}
