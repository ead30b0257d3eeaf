import { textMapOf } from '../../embed/embedded.ts';
import { label } from '../../model/object.ts';
import { asScalar, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { podTemplates } from '../views.ts';

export default defineRule({
  id: 'harness/init-script-comment',
  on: podTemplates,
  severity: 'warning',
  partial: true,
  summary: 'A line of the init script of a delegate starts with `//`, which is no comment of the shell.',
  why: 'The delegate runs `INIT_SCRIPT` with a shell, whose comments start with `#`. It tries to run `//` and goes on with an error in its log.',
  references: ['https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html'],
  *check(template) {
    const labelled = label(template.object, 'harness.io/name') ?? template.label('harness.io/name');
    for (const container of template.containers) {
      if (!labelled && !(textAt(container.node, 'image') ?? '').includes('harness/delegate')) continue;
      const script = asScalar(container.env.find((e) => e.nameText === 'INIT_SCRIPT')?.value);
      const map = typeof script?.value === 'string' ? textMapOf(script, false) : undefined;
      if (!script || !map) continue;
      for (const match of map.text.matchAll(/^[ \t]*(\/\/[^\r\n]*)/gm)) {
        const line = match[1] as string;
        const start = match.index + match[0].length - line.length;
        const edits = map.edit([{ span: { start, end: start + 2 }, newText: '#' }]);
        yield report(
          { tree: script.tree, span: map.spanToHost({ start, end: start + line.length }) },
          '"//" starts no comment in a shell, which tries to run it. Write # instead.',
          { fix: edits && unsafeFix('Write #', { tree: script.tree, edits }) },
        );
      }
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A comment of another language',
      yaml: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: delegate
spec:
  template:
    spec:
      containers:
        - name: delegate
          image: harness/delegate:26.01.1
          env:
            - name: INIT_SCRIPT
              value: |-
                <|// tools|>
                microdnf install -y unzip
`,
      fixed: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: delegate
spec:
  template:
    spec:
      containers:
        - name: delegate
          image: harness/delegate:26.01.1
          env:
            - name: INIT_SCRIPT
              value: |-
                # tools
                microdnf install -y unzip
`,
    },
  ],
  good: [
    {
      title: 'A comment of the shell, a URL, and another container',
      yaml: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: delegate
spec:
  template:
    spec:
      containers:
        - name: delegate
          image: harness/delegate:26.01.1
          env:
            - name: INIT_SCRIPT
              value: |-
                # tools
                curl -sSLo /tmp/tool https://example.com/tool
        - name: other
          image: contoso.azurecr.io/other:1
          env:
            - name: INIT_SCRIPT
              value: // anything
`,
    },
  ],
};
