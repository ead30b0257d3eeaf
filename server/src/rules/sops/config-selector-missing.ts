import type { Workspace } from '../../model/context.ts';
import {
  type CreationRule,
  readSopsConfig,
  ruleFor,
  type SopsConfig,
  selectorsOf,
} from '../../model/views/sops-config.ts';
import { addEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { onlyLanguages, view } from '../views.ts';

/** Kinds that people encrypt; each is one look at the index. */
const KINDS = [
  ['', 'Secret'],
  ['', 'ConfigMap'],
  ['helm.toolkit.fluxcd.io', 'HelmRelease'],
] as const;

/** The first creation rule that matches a Kubernetes object of the workspace, for each object's file. */
function rulesOfObjects(config: SopsConfig, workspace: Workspace): Map<CreationRule, string> {
  const found = new Map<CreationRule, string>();
  for (const [group, kind] of KINDS)
    for (const object of workspace.objects(group, kind)) {
      if (!/\.ya?ml$/.test(object.document.uri)) continue;
      const rule = ruleFor(config, object.document.uri);
      if (rule && rule !== 'unknown' && !found.has(rule)) found.set(rule, object.document.uri);
    }
  return found;
}

export default defineRule({
  id: 'sops/config-selector-missing',
  on: view<SopsConfig>(
    '.sops.yaml',
    function* (unit) {
      const config = unit.language === 'sops-config' ? readSopsConfig(unit.document, unit.root) : undefined;
      if (config) yield config;
    },
    onlyLanguages('sops-config'),
  ),
  severity: 'warning',
  summary: 'A creation rule for Kubernetes manifests does not say what to encrypt.',
  why: 'Without a selector SOPS encrypts every value, `apiVersion`, `kind` and `metadata` among them. Flux and Argo CD cannot tell what such a file is.',
  references: [
    'getsops/sops@v3.13.2 stores/stores.go',
    'fluxcd/kustomize-controller@v1.9.4 docs/spec/v1/kustomizations.md',
  ],
  *check(config, { workspace }) {
    const wanting = config.rules.filter((r) => selectorsOf(r.root).length === 0);
    if (wanting.length === 0) return;
    const used = rulesOfObjects(config, workspace);
    for (const rule of wanting) {
      const uri = used.get(rule);
      const first = rule.pathRegex ?? rule.root.entries[0];
      if (!uri || !first) continue;
      const name = uri.slice(uri.lastIndexOf('/') + 1);
      yield report(
        first,
        `This rule is for Kubernetes manifests (${name} among them) and has no encrypted_regex: SOPS would encrypt apiVersion, kind and metadata too, and Flux and Argo CD could not use the file.`,
        {
          fix: unsafeFix(
            'Encrypt data and stringData only',
            addEntry(rule.root, 'encrypted_regex', '^(data|stringData)$', rule.pathRegex),
          ),
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A rule for Secrets',
      files: {
        '.sops.yaml': `creation_rules:
  - <|path_regex|>: secrets/.*
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
        'secrets/token.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: token
stringData:
  token: \${TOKEN}
`,
      },
      fixed: `creation_rules:
  - path_regex: secrets/.*
    encrypted_regex: "^(data|stringData)$"
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
    },
  ],
  good: [
    {
      title: 'A rule for values files',
      files: {
        '.sops.yaml': `creation_rules:
  - path_regex: values\\.enc\\.yaml$
    azure_keyvault: https://fleet.vault.azure.net/keys/sops/0123456789abcdef0123456789abcdef
`,
        'secrets/token.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: token
stringData:
  token: \${TOKEN}
`,
      },
    },
  ],
};
