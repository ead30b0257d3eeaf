import { CLOUDS, type Cloud, hostOf } from './clouds.ts';

const NAMESPACE = /^[a-zA-Z][-a-zA-Z0-9]{4,48}[a-zA-Z0-9]$/;
const HUB = /^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,254}[a-zA-Z0-9])?$/;

export const isEventHubsNamespace = (text: string): boolean => NAMESPACE.test(text);
export const isEventHubName = (text: string): boolean => HUB.test(text);

export const EVENT_HUBS_NAMESPACE_RULE =
  'a namespace has 6 to 50 letters, digits and hyphens, starts with a letter and ends with a letter or digit';
export const EVENT_HUB_RULE =
  'an event hub has 1 to 256 letters, digits, ".", "_" and "-", and starts and ends with a letter or digit';

export interface ConnectionString {
  /** Host of Endpoint, lower case. */
  readonly host: string | undefined;
  readonly namespace: string | undefined;
  readonly cloud: Cloud | undefined;
  readonly keyName: string | undefined;
  /** True when SharedAccessKey has a value; the value itself is not kept. */
  readonly hasKey: boolean;
  readonly entityPath: string | undefined;
}

/** notification-controller takes an address for a connection string when it contains this text. */
export const isConnectionString = (text: string): boolean => text.includes('SharedAccessKey');

/** Reads a connection string of Event Hubs or Service Bus; undefined when it has no `key=value;` parts. */
export function parseConnectionString(text: string): ConnectionString | undefined {
  const parts = new Map<string, string>();
  for (const part of text.trim().split(';')) {
    const at = part.indexOf('=');
    if (at > 0) parts.set(part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim());
  }
  if (parts.size === 0) return undefined;
  const endpoint = parts.get('endpoint');
  const host = endpoint === undefined ? undefined : hostOf(endpoint);
  const cloud = host === undefined ? undefined : CLOUDS.find((c) => host.endsWith(`.${c.serviceBusSuffix}`));
  return {
    host,
    namespace: cloud && host?.split('.')[0],
    cloud,
    keyName: parts.get('sharedaccesskeyname'),
    hasKey: (parts.get('sharedaccesskey') ?? '') !== '',
    entityPath: parts.get('entitypath') || undefined,
  };
}
