import { CLOUDS, type Cloud, hostOf } from './clouds.ts';
import type { Range } from './text-kinds.ts';

/** Key URLs as SOPS reads them: getsops/sops azkv/keysource.go. The version became optional with 3.11.0. */
export const KEY_URL = /^(https:\/\/[^/]+)\/keys\/([^/]+)(\/[^/]*)?$/;
export const KEY_URL_WITH_VERSION = /^(https:\/\/[^/]+)\/keys\/([^/]+)\/([^/]+)$/;

const VAULT_NAME = /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/;
const KEY_NAME = /^[0-9a-zA-Z-]{1,127}$/;
const KEY_VERSION = /^[0-9a-fA-F]{32}$/;

export const isVaultName = (text: string): boolean => VAULT_NAME.test(text);
export const isKeyName = (text: string): boolean => KEY_NAME.test(text);
export const isKeyVersion = (text: string): boolean => KEY_VERSION.test(text);

export const VAULT_NAME_RULE =
  'a vault name has 3 to 24 letters, digits and hyphens, starts with a letter, ends with a letter or digit and has no "--"';
export const KEY_NAME_RULE = 'a key name has 1 to 127 letters, digits and hyphens';
export const KEY_VERSION_RULE = 'a key version has 32 hexadecimal digits';

export interface VaultHost {
  /** The label before the suffix. */
  readonly name: string;
  /** Without the leading dot. */
  readonly suffix: string;
  readonly hsm: boolean;
  /** undefined for a suffix of the setting keyVaultSuffixes. */
  readonly cloud: Cloud | undefined;
}

interface VaultSuffix {
  readonly suffix: string;
  readonly hsm: boolean;
  readonly cloud: Cloud;
}

const SUFFIXES: readonly VaultSuffix[] = CLOUDS.flatMap((cloud) => [
  { suffix: cloud.keyVaultSuffix, hsm: false, cloud },
  ...(cloud.managedHsmSuffix === undefined ? [] : [{ suffix: cloud.managedHsmSuffix, hsm: true, cloud }]),
]);

/** All known suffixes of vault and Managed HSM hosts, without a leading dot. */
export const VAULT_SUFFIXES: readonly string[] = SUFFIXES.map(({ suffix }) => suffix);

/** Reads the host of a vault (a URL will do); `extra` are suffixes of private clouds, with or without a leading dot. */
export function parseVaultHost(text: string, extra: readonly string[] = []): VaultHost | undefined {
  const host = hostOf(text);
  for (const { suffix, hsm, cloud } of SUFFIXES)
    if (host.endsWith(`.${suffix}`)) return { name: host.slice(0, -suffix.length - 1), suffix, hsm, cloud };
  for (const given of extra) {
    const suffix = given.replace(/^\./, '').toLowerCase();
    if (suffix !== '' && host.endsWith(`.${suffix}`))
      return { name: host.slice(0, -suffix.length - 1), suffix, hsm: false, cloud: undefined };
  }
  return undefined;
}

export interface KeyUrl {
  /** `https://` and the host, without a slash at the end. */
  readonly vaultUrl: string;
  readonly host: string;
  /** undefined when the host has no known suffix. */
  readonly vault: VaultHost | undefined;
  readonly key: string;
  /** undefined when absent or empty. */
  readonly version: string | undefined;
  /** Offsets into the text that was given. */
  readonly at: {
    readonly host: Range;
    /** The first label of the host. */
    readonly vault: Range;
    readonly key: Range;
    readonly version: Range | undefined;
  };
}

/** Reads a key URL as SOPS from 3.11.0 does, blanks around it ignored; undefined when SOPS would refuse it. */
export function parseKeyUrl(text: string, extraSuffixes: readonly string[] = []): KeyUrl | undefined {
  const trimmed = text.trim();
  const match = KEY_URL.exec(trimmed);
  if (match === null) return undefined;
  const vaultUrl = match[1]!;
  const key = match[2]!;
  const hostStart = text.indexOf(trimmed) + 'https://'.length;
  const authority = vaultUrl.slice('https://'.length);
  const keyStart = hostStart + authority.length + '/keys/'.length;
  const version = match[3]?.slice(1);
  const versionStart = keyStart + key.length + 1;
  return {
    vaultUrl,
    host: hostOf(vaultUrl),
    vault: parseVaultHost(vaultUrl, extraSuffixes),
    key,
    version: version === '' ? undefined : version,
    at: {
      host: { start: hostStart, end: hostStart + authority.length },
      vault: { start: hostStart, end: hostStart + authority.search(/[.:]|$/) },
      key: { start: keyStart, end: keyStart + key.length },
      version: version === undefined ? undefined : { start: versionStart, end: versionStart + version.length },
    },
  };
}

const NOT_A_KEY = /^https?:\/\/[^/]+\/(secrets|certificates)\//;

/** `secret` or `certificate` when the URL names one of these instead of a key. */
export function vaultObjectThatIsNoKey(text: string): 'secret' | 'certificate' | undefined {
  const kind = NOT_A_KEY.exec(text.trim())?.[1];
  return kind === 'secrets' ? 'secret' : kind === 'certificates' ? 'certificate' : undefined;
}

/** The URL that SOPS reads; without a version SOPS before 3.11.0 refuses it. */
export const keyUrl = (cloud: Cloud, vault: string, key: string, version?: string): string =>
  `https://${vault}.${cloud.keyVaultSuffix}/keys/${key}${version ? `/${version}` : ''}`;
