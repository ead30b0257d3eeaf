import { isGuid } from './text-kinds.ts';

/** What azidentity lets pass as a tenant: Azure/azure-sdk-for-go sdk/azidentity (validTenantID). */
export const TENANT_PATTERN = /^[0-9a-zA-Z-.]+$/;

export const TENANT_RULE = 'a tenant is its GUID or one of its verified domains, such as contoso.onmicrosoft.com';

/**
 * `guid` and `domain` are tenants; `word` passes the SDK but cannot be one (no GUID, no dot);
 * `invalid` has a character the SDK refuses.
 */
export function tenantKind(text: string): 'guid' | 'domain' | 'word' | 'invalid' {
  if (isGuid(text)) return 'guid';
  if (!TENANT_PATTERN.test(text)) return 'invalid';
  return text.includes('.') ? 'domain' : 'word';
}

/** True for a GUID or a domain. */
export const isTenant = (text: string): boolean => tenantKind(text) === 'guid' || tenantKind(text) === 'domain';
