import { addAt } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { isWhole, specsOf } from './_fields.ts';
import { IMAGE_AUTOMATION, isSet } from './_sources.ts';

export default defineRule({
  id: 'flux/automation-git-missing',
  on: kinds(IMAGE_AUTOMATION),
  severity: 'error',
  summary: 'An ImageUpdateAutomation has no `spec.git`.',
  why: 'The CRD leaves the field open for other kinds of sources, but there is none: a GitRepository is the only one, and for it the controller wants to know what to check out, as whom to commit and where to push.',
  references: ['fluxcd/image-automation-controller@v1.2.1 internal/source/source.go NewSourceManager'],
  *check(object, { workspace }) {
    const specs = specsOf(object, workspace);
    if (!isWhole(object, specs, workspace) || specs.some((spec) => isSet(spec, 'git'))) return;
    yield report(
      get(object.root, 'kind') ?? object.root,
      "source kind 'GitRepository' necessitates field .spec.git: invalid source configuration. Add spec.git with the author of the commits and the branch.",
      {
        fix: unsafeFix(
          'Add spec.git with checkout, commit and push',
          addAt(object.root, ['spec', 'git'], {
            checkout: { ref: { branch: 'main' } },
            commit: { author: { name: 'fluxbot', email: 'fluxbot@example.com' } },
            push: { branch: 'main' },
          }),
        ),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Only a source',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1
kind: <|ImageUpdateAutomation|>
metadata:
  name: images
spec:
  interval: 30m
  sourceRef:
    kind: GitRepository
    name: fleet
`,
      fixed: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: images
spec:
  interval: 30m
  sourceRef:
    kind: GitRepository
    name: fleet
  git:
    checkout:
      ref:
        branch: main
    commit:
      author:
        name: fluxbot
        email: fluxbot@example.com
    push:
      branch: main
`,
    },
  ],
  good: [
    {
      title: 'With spec.git; in a patch',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: images
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
---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
patches:
  - patch: |
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImageUpdateAutomation
      metadata:
        name: images
      spec:
        interval: 1h
`,
    },
  ],
};
