import { annotation, label } from '../../model/object.ts';
import { addAt, removeEntry } from '../../yaml/edits.ts';
import { asScalar, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { CLIENT_ID, TENANT_ID, TOKEN_EXPIRATION } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/annotation-as-label',
  on: kinds('/ServiceAccount'),
  severity: 'warning',
  partial: true,
  summary: 'An annotation of Azure Workload Identity stands among the labels.',
  why: 'The webhook and Flux read these keys from the annotations of the ServiceAccount. As labels they are kept and ignored.',
  references: [
    'Azure/azure-workload-identity@v1.6.0 pkg/webhook/consts.go',
    'fluxcd/pkg@e2cfd1a2 auth/azure/options.go',
  ],
  *check(account) {
    for (const key of [CLIENT_ID, TENANT_ID, TOKEN_EXPIRATION]) {
      const entry = label(account, key);
      if (!entry) continue;
      const existing = annotation(account, key);
      const value = asScalar(entry.value);
      const same = existing && text(existing.value) === value?.text;
      const add = existing || !value ? undefined : addAt(account.root, ['metadata', 'annotations', key], value.text);
      yield report(entry, `${key} is an annotation: as a label it is ignored.`, {
        fix: entry.key.synthetic
          ? undefined
          : same
            ? safeFix('Remove the label', removeEntry(entry))
            : existing
              ? undefined
              : safeFix('Move it to the annotations', removeEntry(entry), add),
      });
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The client id as a label',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  labels:
    app: worker
    <|azure.workload.identity/client-id|>: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      fixed: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  labels:
    app: worker
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
  ],
  good: [
    {
      title: 'As an annotation',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
  ],
};
