import { asScalar } from '../../yaml/navigate.ts';
import type { Entry, ScalarNode } from '../../yaml/tree.ts';
import { type ClusterConfig, field } from './_cluster-config.ts';

/** A field of tlsClientConfig that holds base64 of PEM. */
export interface TlsData {
  readonly name: 'caData' | 'certData' | 'keyData';
  readonly entry: Entry;
  readonly node: ScalarNode;
}

export function tlsData({ tls }: ClusterConfig): TlsData[] {
  return (['caData', 'certData', 'keyData'] as const).flatMap((name) => {
    const entry = field(tls, name);
    const node = asScalar(entry?.value);
    return entry && node && typeof node.value === 'string' ? [{ name, entry, node }] : [];
  });
}
