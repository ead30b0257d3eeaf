import { entries } from '../../yaml/navigate.ts';
import type { Entry } from '../../yaml/tree.ts';
import { type ClusterConfig, field } from './_cluster-config.ts';

/** What Go decodes a field into; `bytes` is base64. */
export type GoType = 'string' | 'bool' | 'bytes' | 'strings' | 'object' | 'map' | 'any';

/** One level of the connection: its path, the struct Go decodes it into, and its fields. */
export interface Level {
  readonly path: string;
  readonly struct: string;
  readonly fields: Readonly<Record<string, GoType>>;
}

/** Source: argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go ClusterConfig. */
export const LEVELS: readonly Level[] = [
  {
    path: '',
    struct: 'ClusterConfig',
    fields: {
      username: 'string',
      password: 'string',
      bearerToken: 'string',
      tlsClientConfig: 'object',
      awsAuthConfig: 'object',
      execProviderConfig: 'object',
      disableCompression: 'bool',
      proxyUrl: 'string',
    },
  },
  {
    path: 'tlsClientConfig',
    struct: 'TLSClientConfig',
    fields: { insecure: 'bool', serverName: 'string', certData: 'bytes', keyData: 'bytes', caData: 'bytes' },
  },
  {
    path: 'awsAuthConfig',
    struct: 'AWSAuthConfig',
    fields: { clusterName: 'string', roleARN: 'string', profile: 'string' },
  },
  {
    path: 'execProviderConfig',
    struct: 'ExecProviderConfig',
    fields: {
      command: 'string',
      args: 'strings',
      env: 'map',
      apiVersion: 'string',
      installHint: 'string',
      provideClusterInfo: 'bool',
      config: 'any',
    },
  },
];

/** An entry of a level, and the field it is without regard to case. */
export interface ConfigField {
  readonly level: Level;
  readonly entry: Entry;
  /** The field's name in Go; `undefined` where there is none. */
  readonly name: string | undefined;
  readonly type: GoType | undefined;
}

/** All entries of all levels. */
export function configFields({ root }: ClusterConfig): ConfigField[] {
  return LEVELS.flatMap((level) =>
    entries(level.path === '' ? root : field(root, level.path)?.value).map((entry): ConfigField => {
      const lower = entry.key.text.toLowerCase();
      const name = Object.keys(level.fields).find((f) => f.toLowerCase() === lower);
      return { level, entry, name, type: name === undefined ? undefined : level.fields[name] };
    }),
  );
}

export const pathOf = (level: Level, name: string): string => (level.path === '' ? name : `${level.path}.${name}`);
