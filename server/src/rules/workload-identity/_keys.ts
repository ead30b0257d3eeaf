import type { KubernetesObject } from '../../model/object.ts';
import { type PodTemplate, podTemplateOf } from '../../model/views/pod-template.ts';
import { entries, get, text } from '../../yaml/navigate.ts';
import type { Entry } from '../../yaml/tree.ts';
import { view } from '../views.ts';

export const PREFIX = 'azure.workload.identity/';
export const USE = `${PREFIX}use`;
export const CLIENT_ID = `${PREFIX}client-id`;
export const TENANT_ID = `${PREFIX}tenant-id`;

/** A label or annotation, and whose it is. */
export interface MetadataEntry {
  readonly object: KubernetesObject;
  readonly entry: Entry;
  readonly in: 'labels' | 'annotations';
  /** Of the object itself, or of the pods it makes. */
  readonly of: 'object' | 'pod';
}

/** The labels and annotations of objects and of their pod templates, whole or partial. */
export const metadata = view<MetadataEntry>(
  'labels and annotations',
  function* (unit) {
    const { object } = unit;
    if (!object) return;
    const template = podTemplateOf(object);
    const holders = [
      { root: object.root, of: 'object' as const },
      ...(template?.root && template.root !== object.root ? [{ root: template.root, of: 'pod' as const }] : []),
    ];
    for (const { root, of } of holders)
      for (const field of ['labels', 'annotations'] as const)
        for (const entry of entries(get(root, 'metadata', field)))
          yield { object, entry, in: field, of: template?.root === root ? 'pod' : of };
  },
  (_, type) => type !== undefined,
);

export const TOKEN_EXPIRATION = `${PREFIX}service-account-token-expiration`;
export const SKIP_CONTAINERS = `${PREFIX}skip-containers`;
export const INJECT_PROXY = `${PREFIX}inject-proxy-sidecar`;
export const PROXY_PORT = `${PREFIX}proxy-sidecar-port`;
export const IDENTITY_BINDING = `${PREFIX}use-identity-binding`;

/** True where the pods of a template are selected by the webhook. */
export const isLabelled = (template: PodTemplate): boolean => text(template.label(USE)?.value) === 'true';

/** The path of the pod labels of a template, from the object. */
export const podLabelPath = (template: PodTemplate): string[] => [...template.path, 'metadata', 'labels', USE];
