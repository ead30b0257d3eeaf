import { atLeast } from '../../model/context.ts';
import { setValue } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { editable, IMAGE_AUTOMATION } from './_sources.ts';

const REMOVED = /\.Updated\b|\.Changed\.ImageResult\b/g;
const INSTEAD = '{{range .Changed.Changes}}{{println .OldValue "->" .NewValue}}{{end}}';

export default defineRule({
  id: 'flux/automation-template-removed',
  on: kinds(IMAGE_AUTOMATION),
  severity: 'error',
  partial: true,
  summary: 'The commit message of an ImageUpdateAutomation uses a field that is gone.',
  why: 'Flux 2.7 removed `.Updated` and `.Changed.ImageResult` from the data of the message template. The controller stalls the object with reason `RemovedTemplateField` and commits nothing; `.Changed.Changes` and `.Changed.Objects` hold what changed.',
  references: [
    'fluxcd/image-automation-controller@v1.2.1 internal/source/source.go',
    'https://fluxcd.io/blog/2025/09/flux-v2.7.0/',
  ],
  versions: 'Flux 2.7 and later',
  *check(object, { flux }) {
    const template = asScalar(get(object.root, 'spec', 'git', 'commit', 'messageTemplate'));
    if (!template || typeof template.value !== 'string' || !atLeast(flux, '2.7')) return;
    const own = editable(object, 'spec', 'git', 'commit', 'messageTemplate');
    // In the source, where the template shows itself whatever its style.
    const source = template.tree.text.slice(template.span.start, template.span.end);
    for (const match of source.matchAll(REMOVED)) {
      const start = template.span.start + match.index;
      yield report(
        { tree: template.tree, span: { start, end: start + match[0].length } },
        `template uses removed '${match[0]}' field. Please use '.Changed' instead: .Changed.Changes has OldValue and NewValue.`,
        { fix: own && unsafeFix('Replace the template by one with .Changed.Changes', setValue(own, INSTEAD)) },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A template of Flux 2.6',
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
      messageTemplate: |
        Images:
        {{ range <|.Updated|>.Images -}}
        - {{ . }}
        {{ end -}}
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
    commit:
      author:
        email: fluxbot@contoso.com
      messageTemplate: "{{range .Changed.Changes}}{{println .OldValue \\"->\\" .NewValue}}{{end}}"
`,
      message: "template uses removed '.Updated' field. Please use '.Changed' instead",
    },
    {
      title: 'In a patch',
      yaml: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - images.yaml
patches:
  - patch: |
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImageUpdateAutomation
      metadata:
        name: images
      spec:
        git:
          commit:
            messageTemplate: '{{ <|.Changed.ImageResult|> }}'
`,
    },
  ],
  good: [
    {
      title: 'What there is now',
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
      messageTemplate: '{{ range .Changed.Changes }}{{ .UpdatedBy }}{{ println .NewValue }}{{ end }}'
`,
    },
    {
      title: 'In Flux 2.6',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1beta2
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
      messageTemplate: '{{ range .Updated.Images }}{{ println . }}{{ end }}'
`,
      settings: { fluxVersion: '2.6' },
    },
  ],
};
