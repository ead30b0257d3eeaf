import { isTemplate } from '../../azure/text-kinds.ts';
import { fieldsOf } from '../../facts/known.ts';
import type { MapNode } from '../../yaml/tree.ts';

/** True where a map shows all its keys: none is a template, no merge leads nowhere, and the parser understood it. */
export const understands = (map: MapNode): boolean => fieldsOf(map, isTemplate).complete;
