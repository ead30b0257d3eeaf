import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { addItems, replacePart, replaceText, type TreeEdit } from '../../yaml/edits.ts';
import type { SeqNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { FLAGS, type Flag, flagPlace, isFlag, kubelogins } from './_users.ts';

export default defineRule({
  id: 'kubeconfig/kubelogin-unknown-flag',
  on: kubelogins,
  severity: 'error',
  partial: true,
  summary: '`kubelogin get-token` has no flag of this name.',
  why: 'kubelogin ends with `unknown flag` and prints no token. A flag and its value are two arguments, or one with `=`: with a blank between them in one argument the value is taken for a part of the name.',
  references: ['Azure/kubelogin@v0.2.19 pkg/internal/token/options.go AddFlags'],
  versions: 'the flags of kubelogin 0.2.19',
  *check({ flags, args }) {
    for (const flag of flags) {
      const name = flag.written;
      if (isFlag(flag.name) || isTemplate(name)) continue;
      const blank = /^(--?[a-z-]+)[ \t]+(\S.*)$/.exec(flag.node.text);
      if (blank && isFlag(long(blank[1] as string))) {
        yield report(
          flag.node,
          `unknown flag: ${long(blank[1] as string)} and its value are two arguments, or one with "=".`,
          {
            fix: args && unsafeFix('Make two arguments', ...split(args, flag, blank[1] as string, blank[2] as string)),
          },
        );
        continue;
      }
      const meant = isFlag(`-${name}`) ? `-${name}` : nearest(name, FLAGS, 3);
      yield report(
        flagPlace(flag),
        `unknown flag: ${name}${meant ? `; did you mean ${meant}?` : '. kubelogin prints no token.'}`,
        {
          fix: meant ? unsafeFix(`Write ${meant}`, replacePart(flag.node, 0, name.length, meant)) : undefined,
        },
      );
    }
  },
});

const long = (name: string): string => (/^-[a-z]{2}/.test(name) ? `-${name}` : name);

const split = (args: SeqNode, flag: Flag, name: string, value: string): (TreeEdit | undefined)[] => {
  const at = args.items.indexOf(flag.node);
  if (at < 0) return [undefined];
  const rest = at + 1 === args.items.length ? addItems(args, [value]) : addItems(args, [value], at + 1);
  return [replaceText(flag.node, long(name)), rest];
};

export const examples: Examples = {
  bad: [
    {
      title: 'Misspelled',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args:
          - get-token
          - --login=azurecli
          - --server-id=6dae42f8-4368-4678-94ff-3960e28e3630
          - <|--tenantid|>
          - 0f8fad5b-d9cb-469f-a165-70867728950e
          - <|--enviroment|>=AzurePublicCloud
`,
      fixed: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args:
          - get-token
          - --login=azurecli
          - --server-id=6dae42f8-4368-4678-94ff-3960e28e3630
          - --tenant-id
          - 0f8fad5b-d9cb-469f-a165-70867728950e
          - --environment=AzurePublicCloud
`,
    },
    {
      title: 'A flag and its value in one argument, and one hyphen for two',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, <|-login|>, azurecli, <|"--server-id 6dae42f8-4368-4678-94ff-3960e28e3630"|>]
`,
      fixed: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, azurecli, "--server-id", 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
    },
  ],
  good: [
    {
      title: 'Known flags, short ones, and a value that looks like a flag',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, -l, spn, -t=0f8fad5b-d9cb-469f-a165-70867728950e, --client-id, --not-a-flag, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630, --legacy]
  - name: short
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, -lmsi, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630, "\${MORE}"]
`,
    },
  ],
};
