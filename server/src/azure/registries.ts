import { CLOUDS, type Cloud, hostOf } from './clouds.ts';

/** The hosts that Flux takes for a registry of Azure with provider azure: fluxcd/pkg auth/azure. */
export const FLUX_REGISTRY_HOST = /^.+\.(azurecr\.io|azurecr\.cn|azurecr\.de|azurecr\.us)$/;

/** The host part of a registry URL or image reference: no scheme, no port, nothing after the first slash; case kept. */
export function registryHostOf(text: string): string {
  const rest = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const authority = rest.slice(0, rest.search(/\/|$/));
  return authority.replace(/:\d+$/, '');
}

/** True for the host, URL or image of an Azure container registry in any cloud. */
export const isAcrHost = (text: string): boolean => FLUX_REGISTRY_HOST.test(registryHostOf(text).toLowerCase());

export interface LoginServer {
  /** The first label: the registry's name, with a `-hash` when it was made with a domain name label. */
  readonly name: string;
  readonly cloud: Cloud;
}

/** Reads the login server of a registry from a host, URL or image reference. */
export function parseLoginServer(text: string): LoginServer | undefined {
  const host = hostOf(text);
  for (const cloud of CLOUDS)
    if (host.endsWith(`.${cloud.registrySuffix}`)) return { name: host.split('.')[0]!, cloud };
  return undefined;
}

const REGISTRY_NAME = /^[a-zA-Z0-9]{5,50}$/;
const LOGIN_LABEL = /^[a-zA-Z0-9]{5,50}(-[a-zA-Z0-9]+)?$/;

export const isRegistryName = (text: string): boolean => REGISTRY_NAME.test(text);

/** True for the first label of a login server: a registry name, or one with the hash of a domain name label. */
export const isLoginLabel = (text: string): boolean => LOGIN_LABEL.test(text);

export const REGISTRY_NAME_RULE = 'a registry name has 5 to 50 letters and digits';

export interface ImageReference {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Splits an image reference without a scheme; undefined when it has one or names no repository. */
export function parseImage(text: string): ImageReference | undefined {
  const match = /^([^/@]+)\/([^@:]+)(?::([^@/]+))?(?:@(.+))?$/.exec(text);
  if (match === null || text.includes('://')) return undefined;
  return { registry: match[1]!, repository: match[2]!, tag: match[3], digest: match[4] };
}

/** A repository inside a registry: lower-case path components of the OCI distribution specification. */
const REPOSITORY = /^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;

export const isRepositoryPath = (text: string): boolean => text.length <= 255 && REPOSITORY.test(text);

export const REPOSITORY_RULE =
  'a repository is lower-case letters, digits, ".", "_", "-" and "/", without tag, digest or scheme';
