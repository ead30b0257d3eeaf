import type { Unit } from '../../model/unit.ts';
import { asMap, asScalar, entries } from '../../yaml/navigate.ts';
import type { Entry, MapNode } from '../../yaml/tree.ts';
import { onlyLanguages, view } from '../views.ts';

/** The fields that kustomize-controller reads, in lower case: it matches them without regard to case. */
export const FIELDS = [
  'tenantId',
  'clientId',
  'clientSecret',
  'clientCertificate',
  'clientCertificatePassword',
  'clientCertificateSendChain',
  'authorityHost',
  'appId',
  'tenant',
  'password',
] as const;

/** `sops.azure-kv` of a decryption Secret. Source: fluxcd/kustomize-controller@v1.9.4 internal/sops/azkv/config.go. */
export interface AzureKv {
  readonly unit: Unit;
  readonly root: MapNode;
  /** The entry of a field that is there and not empty; the name in lower case. */
  field(name: string): Entry | undefined;
  /** What the controller makes of it, in its order. */
  readonly credential: 'client-secret' | 'certificate' | 'az-output' | 'managed-identity' | 'none';
}

export const azureKvs = view<AzureKv>(
  'sops.azure-kv',
  function* (unit) {
    const root = unit.language === 'sops-azure-kv' ? asMap(unit.root) : undefined;
    if (!root) return;
    const set = new Map<string, Entry>();
    for (const entry of entries(root)) {
      const value = asScalar(entry.value);
      if (value && (value.value === null || value.text === '')) continue;
      set.set(entry.key.text.toLowerCase(), entry);
    }
    const has = (...names: readonly string[]): boolean => names.every((n) => set.has(n));
    const credential = has('tenantid', 'clientid', 'clientsecret')
      ? 'client-secret'
      : has('tenantid', 'clientid', 'clientcertificate')
        ? 'certificate'
        : has('tenant', 'appid', 'password')
          ? 'az-output'
          : has('clientid')
            ? 'managed-identity'
            : 'none';
    yield { unit, root, field: (name) => set.get(name), credential };
  },
  onlyLanguages('sops-azure-kv'),
);

export const secretWith = (...lines: readonly string[]): string => `apiVersion: v1
kind: Secret
metadata:
  name: sops-azure
  namespace: flux-system
stringData:
  sops.azure-kv: |
${lines.map((l) => `    ${l}\n`).join('')}`;
