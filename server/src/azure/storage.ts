import { CLOUDS, type Cloud, hostOf } from './clouds.ts';

const ACCOUNT = /^[a-z0-9]{3,24}$/;
const CONTAINER = /^(\$root|\$web|\$logs|[0-9a-z](?!.*--)[0-9a-z-]{1,61}[0-9a-z])$/;

export const isStorageAccountName = (text: string): boolean => ACCOUNT.test(text);
export const isContainerName = (text: string): boolean => CONTAINER.test(text);

export const STORAGE_ACCOUNT_RULE = 'a storage account has 3 to 24 lower-case letters and digits';
export const CONTAINER_RULE =
  'a container has 3 to 63 lower-case letters, digits and single hyphens, and starts and ends with a letter or digit';

export interface BlobEndpoint {
  readonly scheme: 'https' | 'http';
  readonly host: string;
  readonly account: string;
  /** undefined for an emulator or a private cloud. */
  readonly cloud: Cloud | undefined;
  /** What follows the host, without slashes at the ends: nothing, in a right endpoint of a Flux Bucket. */
  readonly path: string;
}

/** Reads the endpoint of a storage account; undefined when it is no URL. */
export function parseBlobEndpoint(text: string): BlobEndpoint | undefined {
  const match = /^(https?):\/\/([^/?#\s]+)([^?#\s]*)/i.exec(text);
  if (match === null) return undefined;
  const host = hostOf(text);
  return {
    scheme: match[1]!.toLowerCase() as 'https' | 'http',
    host,
    account: host.split('.')[0]!,
    cloud: CLOUDS.find((cloud) => host.endsWith(`.${cloud.blobSuffix}`)),
    path: match[3]!.replace(/^\/+|\/+$/g, ''),
  };
}

export const blobEndpoint = (cloud: Cloud, account: string): string => `https://${account}.${cloud.blobSuffix}`;
