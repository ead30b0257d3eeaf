import { addAt } from '../../yaml/edits.ts';
import { textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { sourcesOf } from './_automations.ts';
import { IMAGE_AUTOMATION, inAllBuilds, isSet, nameOf, placeAt } from './_sources.ts';

export default defineRule({
  id: 'flux/automation-push-branch-missing',
  on: kinds(IMAGE_AUTOMATION),
  severity: 'error',
  summary: 'Nobody says to which branch an ImageUpdateAutomation pushes.',
  why: 'Without `push.branch` the controller pushes to the branch that it checked out: that of `checkout.ref`, else that of the GitRepository. A tag or commit there names none, and a `push.refspec` does not help.',
  references: ['fluxcd/image-automation-controller@v1.2.1 internal/source/git.go configurePush'],
  *check(object, { workspace }) {
    const open = inAllBuilds(
      object,
      workspace,
      (root) =>
        isSet(root, 'spec', 'git') &&
        !isSet(root, 'spec', 'git', 'push', 'branch') &&
        !isSet(root, 'spec', 'git', 'checkout', 'ref', 'branch'),
    );
    if (!open || !workspace.isComplete(object)) return;
    const checkout = isSet(object.root, 'spec', 'git', 'checkout', 'ref');
    const sources = sourcesOf(object, workspace);
    const [source] = sources;
    if (!source || !sources.every((s) => textAt(s.root, 'spec', 'ref', 'branch') === undefined)) return;
    if (sources.some((s) => isSet(s.root, 'spec', 'ref', 'branch'))) return;
    // Neither says anything: the default branch of the GitRepository, master, which cannot be inferred either.
    yield report(
      placeAt(object, 'spec', 'git'),
      `push spec not provided, and cannot be inferred from .spec.git.checkout.ref or GitRepository .spec.ref. Add push.branch${checkout ? '' : ', or a branch to the GitRepository'}.`,
      {
        related: [related(nameOf(source), `GitRepository ${source.name}`)],
        fix: unsafeFix('Add push.branch: main', addAt(object.root, ['spec', 'git', 'push', 'branch'], 'main')),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A GitRepository that follows a tag',
      files: {
        'images.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: images
  namespace: flux-system
spec:
  interval: 30m
  sourceRef:
    kind: GitRepository
    name: fleet
  <|git|>:
    commit:
      author:
        email: fluxbot@contoso.com
`,
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  ref:
    tag: v1.0.0
`,
      },
      fixed: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: images
  namespace: flux-system
spec:
  interval: 30m
  sourceRef:
    kind: GitRepository
    name: fleet
  git:
    commit:
      author:
        email: fluxbot@contoso.com
    push:
      branch: main
`,
    },
  ],
  good: [
    {
      title: 'The branch of the GitRepository, of the checkout, and of a GitRepository that nobody sees',
      files: {
        'images.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: one
  namespace: flux-system
spec:
  interval: 30m
  sourceRef:
    kind: GitRepository
    name: fleet
  git:
    commit:
      author:
        email: fluxbot@contoso.com
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: two
  namespace: flux-system
spec:
  interval: 30m
  sourceRef:
    kind: GitRepository
    name: tagged
  git:
    checkout:
      ref:
        branch: main
    commit:
      author:
        email: fluxbot@contoso.com
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: three
  namespace: flux-system
spec:
  interval: 30m
  sourceRef:
    kind: GitRepository
    name: elsewhere
  git:
    commit:
      author:
        email: fluxbot@contoso.com
`,
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  ref:
    branch: main
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: tagged
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  ref:
    tag: v1.0.0
`,
      },
    },
  ],
};
