import { isAcrHost } from '../../azure/registries.ts';
import { addAt, removeEntry, replaceText, setValue } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { editable, HELM_REPOSITORY, inAllBuilds, literalAt, nameOf, providerOf, textOr } from './_sources.ts';

export default defineRule({
  id: 'flux/helmrepository-provider-ignored',
  on: kinds(HELM_REPOSITORY),
  severity: 'warning',
  summary: 'A HelmRepository over HTTP has `provider: azure`.',
  why: 'The provider counts for `type: oci` alone. A repository over HTTP or HTTPS is read without an identity, or with the user and password of its Secret.',
  references: [
    'fluxcd/source-controller@v1.9.1 api/v1/helmrepository_types.go',
    'fluxcd/source-controller@v1.9.1 internal/helm/getter/client_opts.go',
  ],
  *check(object, { workspace }) {
    const url = inAllBuilds(object, workspace, (root) => {
      const value = literalAt(root, 'spec', 'url');
      if (providerOf(root) !== 'azure' || textOr(root, ['spec', 'type'], 'default') !== 'default') return undefined;
      return /^https?:/.test(value?.text ?? '') && value;
    });
    const http = /^https?:\/\//.exec(url?.text ?? '');
    if (!url || !http || !workspace.isComplete(object)) return;
    const own = editable(object, 'spec', 'provider');
    const type = editable(object, 'spec', 'type');
    yield report(
      get(object.root, 'spec', 'provider') ?? nameOf(object),
      'provider: azure is only taken into account for type: oci and is ignored here. Remove it, or set type: oci and an oci:// URL.',
      {
        fix: [
          own && unsafeFix('Remove provider', removeEntry(own)),
          isAcrHost(url.text) && url.tree === object.tree
            ? unsafeFix(
                'Set type: oci and an oci:// URL',
                type ? setValue(type, 'oci') : addAt(object.root, ['spec', 'type'], 'oci'),
                replaceText(url, `oci://${url.text.slice(http[0].length)}`),
              )
            : undefined,
        ],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A repository of charts over HTTPS',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
spec:
  interval: 1h
  provider: <|azure|>
  url: https://charts.contoso.com/stable
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
spec:
  interval: 1h
  url: https://charts.contoso.com/stable
`,
    },
  ],
  good: [
    {
      title: 'A registry, and a repository over HTTPS with a Secret',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
spec:
  interval: 1h
  type: oci
  provider: azure
  url: oci://fleetregistry.azurecr.io/charts
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: stable
spec:
  interval: 1h
  provider: generic
  url: https://charts.contoso.com/stable
  secretRef:
    name: charts
`,
    },
  ],
};
