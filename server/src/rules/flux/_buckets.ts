import { hostOf } from '../../azure/clouds.ts';
import { serviceOfHost } from '../../azure/hosts.ts';
import { maskTemplates, nearest } from '../../azure/text-kinds.ts';
import type { DataItem } from '../../model/views/secret-data.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import type { Node } from '../../yaml/tree.ts';
import { hasValue, usedSecrets } from './_secrets.ts';
import { BUCKET, providerOf } from './_sources.ts';

/** Whether the endpoint of a Bucket is a host of Azure Blob Storage; `undefined` where the files do not tell. */
export function isBlobEndpoint(root: Node | undefined): boolean | undefined {
  const endpoint = asScalar(get(root, 'spec', 'endpoint'));
  if (!endpoint || typeof endpoint.value !== 'string') return undefined;
  const masked = maskTemplates(endpoint.text, (t) => 'x'.repeat(t.length));
  if (serviceOfHost(masked)?.service === 'blob-storage') return true;
  // The account is often a variable; the suffix of a host that ends in one is unknown.
  return masked === endpoint.text || hostOf(maskTemplates(endpoint.text, '?')).indexOf('?') < 0 ? false : undefined;
}

/** True for the host of a storage account, or its URL. */
export const isBlobHost = (text: string): boolean => serviceOfHost(text)?.service === 'blob-storage';

/** The keys that the controller reads from the Secret of a Bucket with provider azure, letter by letter. */
export const BUCKET_KEYS = [
  'tenantId',
  'clientId',
  'clientSecret',
  'clientCertificate',
  'clientCertificatePassword',
  'clientCertificateSendChain',
  'authorityHost',
  'accountKey',
  'sasKey',
] as const;
/** One of these keys makes the Secret pass the controller's check. */
const SUFFICIENT = ['clientId', 'accountKey', 'sasKey', 'authorityHost'];

/** Secrets of Buckets with provider azure. */
export const bucketSecrets = usedSecrets('secretRef', [BUCKET], ({ root }) => providerOf(root) === 'azure');

const OTHER_NAMES: Readonly<Record<string, string>> = {
  appid: 'clientId',
  applicationid: 'clientId',
  password: 'clientSecret',
  tenant: 'tenantId',
  certificate: 'clientCertificate',
  clientcert: 'clientCertificate',
  sendcertificatechain: 'clientCertificateSendChain',
  key: 'accountKey',
  storageaccountkey: 'accountKey',
  storagekey: 'accountKey',
  sas: 'sasKey',
  sastoken: 'sasKey',
  sharedaccesssignature: 'sasKey',
};

/** The key that an unknown one most likely stands for. */
export function meantBucketKey(key: string): string | undefined {
  const folded = key
    .toLowerCase()
    .replace(/[-_.]/g, '')
    .replace(/^azure/, '');
  if (folded === 'accountname' || folded === 'resourceid') return undefined;
  return BUCKET_KEYS.find((k) => k.toLowerCase() === folded) ?? OTHER_NAMES[folded] ?? nearest(folded, BUCKET_KEYS, 2);
}

/** True where one of the Secret's unknown keys is meant to be one of these: that key is what is wrong. */
export const misspelled = (data: ReadonlyMap<string, unknown>, ...wanted: readonly string[]): boolean =>
  [...data.keys()].some(
    (key) => !(BUCKET_KEYS as readonly string[]).includes(key) && wanted.includes(meantBucketKey(key) ?? ''),
  );

/** What the controller signs in with, in its own order, and the keys that are there for nothing. */
export function bucketCredential(data: ReadonlyMap<string, DataItem>): {
  readonly credential: string | undefined;
  readonly unused: readonly string[];
} {
  const has = (key: string): boolean => hasValue(data.get(key));
  const families: readonly (readonly [string, boolean, readonly string[]])[] = [
    ['clientSecret', has('tenantId') && has('clientId') && has('clientSecret'), ['clientSecret']],
    ['clientCertificate', has('tenantId') && has('clientId') && has('clientCertificate'), ['clientCertificate']],
    ['the managed identity of clientId', has('clientId'), []],
    ['accountKey', has('accountKey'), ['accountKey']],
    ['sasKey', has('sasKey'), ['sasKey']],
  ];
  const winner = families.findIndex(([, complete]) => complete);
  return {
    credential: families[winner]?.[0],
    unused: families.slice(winner + 1).flatMap(([, complete, keys]) => (winner >= 0 && complete ? keys : [])),
  };
}

export const passesCheck = (data: ReadonlyMap<string, unknown>): boolean => SUFFICIENT.some((key) => data.has(key));
