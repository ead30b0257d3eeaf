import { hostOf } from '../../azure/clouds.ts';
import { serviceOfHost } from '../../azure/hosts.ts';
import { maskTemplates } from '../../azure/text-kinds.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import type { Node } from '../../yaml/tree.ts';

/** Whether the endpoint of a Bucket is a host of Azure Blob Storage; `undefined` where the files do not tell. */
export function isBlobEndpoint(root: Node | undefined): boolean | undefined {
  const endpoint = asScalar(get(root, 'spec', 'endpoint'));
  if (!endpoint || typeof endpoint.value !== 'string') return undefined;
  const masked = maskTemplates(endpoint.text, (t) => 'x'.repeat(t.length));
  if (serviceOfHost(masked)?.service === 'blob-storage') return true;
  // The account is often a variable; the suffix of a host that ends in one is unknown.
  return masked === endpoint.text || hostOf(maskTemplates(endpoint.text, '?')).indexOf('?') < 0 ? false : undefined;
}
