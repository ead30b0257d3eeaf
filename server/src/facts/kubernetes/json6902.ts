import { defineFormat, list, object, oneOf, string } from '../define.ts';

export default defineFormat({
  language: 'kustomize-patch',
  title: 'JSON6902 patch',
  doc: 'A list of operations on the objects that the target selects.',
  shape: list(
    object(
      {
        op: oneOf('What to do.', {
          add: {
            doc: 'Adds a field, or an item to a list: before the one at an index, or at the end with `-`. The list, or map, has to exist.',
          },
          replace: { doc: 'Replaces what is there. It has to exist.' },
          remove: { doc: 'Removes what is there. It has to exist.' },
          test: { doc: 'Fails the build where the value differs.' },
          move: { doc: 'Moves what is at `from`.' },
          copy: { doc: 'Copies what is at `from`.' },
        }),
        path: string(
          'Where, as a JSON pointer: `/metadata/annotations/azure.workload.identity~1client-id`. A slash in a key is written `~1`.',
          {
            suggestions: [
              {
                value: '/metadata/annotations/azure.workload.identity~1client-id',
                doc: 'The client id of a ServiceAccount.',
              },
              {
                value: '/spec/template/metadata/labels/azure.workload.identity~1use',
                doc: 'The label of a workload’s pods.',
              },
              {
                value: '/spec/template/spec/containers/0/args/-',
                doc: 'An argument of the first container, at the end.',
              },
              {
                value: '/spec/template/spec/containers/0/env/-',
                doc: 'A variable of the first container, at the end.',
              },
              {
                value: '/spec/template/spec/containers/0/volumeMounts/-',
                doc: 'A mount of the first container, at the end.',
              },
              {
                value: '/spec/template/spec/volumes/-',
                doc: 'A volume of the pods, at the end: a projected token or a certificate for a Flux controller.',
              },
            ],
          },
        ),
        value: { type: 'any', fact: { doc: 'What is written, for `add`, `replace` and `test`.' } },
        from: string('Where from, for `move` and `copy`.'),
      },
      { required: ['op', 'path'] },
    ),
  ),
});
