/** Objects that several generators write. */
import { commented, type YamlMap, type YamlValue } from './yaml-text.ts';

export const CLIENT_ID = 'azure.workload.identity/client-id';
export const TENANT_ID = 'azure.workload.identity/tenant-id';
export const USE = 'azure.workload.identity/use';

/** What to do with a Secret that has variables in place of credentials. */
export const ENCRYPT_NOTE =
  'Fill in the variables and encrypt the file with SOPS before it is committed, or let Flux substitute them.';

/** The same where Flux is not at work. */
export const FILL_IN_NOTE = 'Fill in the variables and encrypt the file before it is committed.';

const ENCRYPT_COMMENT = 'Fill in and encrypt with SOPS (sops --encrypt --in-place) before committing.';

/** A Secret with its credentials as variables, and a word on encryption where they stand. */
export const secret = (
  metadata: YamlMap,
  stringData: YamlMap,
  type?: string,
  comment: string = ENCRYPT_COMMENT,
): YamlMap => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata,
  type,
  stringData: commented(comment, stringData),
});

/** A ServiceAccount for Flux at object level, which reads both annotations and no label. */
export const fluxServiceAccount = (name: string, namespace: string, clientId: string, tenantId: string): YamlMap => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: {
    name,
    namespace,
    annotations: commented('Flux reads both; without the tenant it fails.', {
      [CLIENT_ID]: clientId,
      [TENANT_ID]: tenantId,
    }),
  },
});

/** A Secret for pulling from one registry, credentials as variables. */
export const pullSecret = (name: string, namespace: string, registry: string): YamlMap =>
  secret(
    { name, namespace },
    {
      '.dockerconfigjson': JSON.stringify({
        auths: { [registry]: { username: '${REGISTRY_USERNAME}', password: '${REGISTRY_PASSWORD}' } },
      }),
    },
    'kubernetes.io/dockerconfigjson',
  );

/** `{ name }`, or nothing. */
export const reference = (name: string | undefined): YamlValue => (name === undefined ? undefined : { name });

/** Why `spec.serviceAccountName` stands there. */
export const OBJECT_LEVEL = 'Needs --feature-gates=ObjectLevelWorkloadIdentity=true on the controller.';
