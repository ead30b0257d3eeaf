import { isTemplate } from '../../azure/text-kinds.ts';
import { atLeast } from '../../model/context.ts';
import { byText } from '../../model/object-index.ts';
import { asScalar, get, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report } from '../define.ts';
import { kinds } from '../views.ts';
import { sourcesOf } from './_automations.ts';
import { IMAGE_AUTOMATION, nameOf, providerOf } from './_sources.ts';

export default defineRule({
  id: 'flux/automation-service-account-namespace',
  on: kinds(IMAGE_AUTOMATION),
  severity: 'warning',
  summary:
    'The ServiceAccount of a GitRepository is not in the namespace of the ImageUpdateAutomation that pushes to it.',
  why: 'An ImageUpdateAutomation takes the provider and the name of the ServiceAccount from its GitRepository, but looks for the ServiceAccount in its own namespace, though it finds the Secret in that of the GitRepository. A ServiceAccount of the same name is needed in both.',
  references: ['fluxcd/image-automation-controller@v1.2.1 internal/source/git.go WithServiceAccountNamespace'],
  versions: 'Flux 2.7 and later',
  *check(object, { workspace, flux }) {
    const namespace = asScalar(get(object.root, 'spec', 'sourceRef', 'namespace'));
    if (!namespace || typeof namespace.value !== 'string' || isTemplate(namespace.text) || !atLeast(flux, '2.7'))
      return;
    const own = workspace.namespacesOf(object);
    if (!own.known || own.names.has(namespace.text)) return;
    for (const source of sourcesOf(object, workspace)) {
      const account = textAt(source.root, 'spec', 'serviceAccountName');
      if (account === undefined || isTemplate(account) || providerOf(source.root) !== 'azure') continue;
      if (workspace.find('', 'ServiceAccount', account, object).state !== 'absent') continue;
      const elsewhere = workspace.having('', 'ServiceAccount', byText('metadata', 'name'), account)[0];
      if (!elsewhere) continue;
      yield report(
        namespace,
        `image-automation-controller looks for ServiceAccount "${account}" of GitRepository "${source.name}" in the namespace of the ImageUpdateAutomation, "${[...own.names].join('", "')}", where there is none. Add one there, or move the ImageUpdateAutomation to "${namespace.text}".`,
        { related: [related(nameOf(elsewhere), `ServiceAccount ${account}`)] },
      );
      return;
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The account is beside the GitRepository',
      files: {
        'images.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: images
  namespace: apps
spec:
  interval: 30m
  sourceRef:
    kind: GitRepository
    name: fleet
    namespace: <|flux-system|>
  git:
    commit:
      author:
        email: fluxbot@contoso.com
    push:
      branch: main
`,
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  provider: azure
  serviceAccountName: fleet-writer
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: fleet-writer
  namespace: flux-system
`,
      },
    },
  ],
  good: [
    {
      title: 'An account in both namespaces, and one that nobody sees',
      files: {
        'images.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: one
  namespace: apps
spec:
  interval: 30m
  sourceRef:
    kind: GitRepository
    name: fleet
    namespace: flux-system
  git:
    commit:
      author:
        email: fluxbot@contoso.com
    push:
      branch: main
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: two
  namespace: apps
spec:
  interval: 30m
  sourceRef:
    kind: GitRepository
    name: clusters
    namespace: flux-system
  git:
    commit:
      author:
        email: fluxbot@contoso.com
    push:
      branch: main
`,
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  provider: azure
  serviceAccountName: fleet-writer
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: clusters
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/clusters
  provider: azure
  serviceAccountName: clusters-writer
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: fleet-writer
  namespace: flux-system
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: fleet-writer
  namespace: apps
`,
      },
    },
  ],
};
