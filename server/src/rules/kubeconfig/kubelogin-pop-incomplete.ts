import { addItems } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { flagPlace, isLiteral, isOn, kubelogins, LOGIN_METHODS, loginOf, valuePlace } from './_users.ts';

const METHODS = ['interactive', 'spn', 'ropc'];

export default defineRule({
  id: 'kubeconfig/kubelogin-pop-incomplete',
  on: kubelogins,
  severity: 'error',
  partial: true,
  summary: 'Proof of possession needs both flags, the claim `u` and a login that knows it.',
  why: 'For clusters of Azure Arc kubelogin asks for a token that is bound to the cluster: `--pop-enabled` with `--pop-claims "u=<resource id of the cluster>"`. One flag without the other is an error, and so are claims without `u`. Only the logins `interactive`, `spn` and `ropc` can do it.',
  references: [
    'Azure/kubelogin@v0.2.19 pkg/internal/token/options.go',
    'Azure/kubelogin@v0.2.19 pkg/internal/converter/convert.go',
  ],
  versions: 'kubelogin 0.0.32 and later',
  *check(kubelogin) {
    const { flag, args, open } = kubelogin;
    const enabled = flag('--pop-enabled');
    const claims = flag('--pop-claims');
    const on = isOn(enabled);
    if (on && enabled && !claims && !open)
      yield report(enabled.node, '--pop-enabled needs --pop-claims "u=<resource id of the cluster>".', {
        fix: args && unsafeFix('Add --pop-claims', addItems(args, ['--pop-claims', 'u='])),
      });
    if (claims && !enabled && !open)
      yield report(
        flagPlace(claims),
        '--pop-claims has no effect without --pop-enabled, and kubelogin refuses it alone.',
        {
          fix: args && unsafeFix('Add --pop-enabled', addItems(args, ['--pop-enabled'])),
        },
      );
    const value = claims?.value;
    if (value && isLiteral(value.text) && !value.text.split(',').some((claim) => claim.trim().startsWith('u=')))
      yield report(
        valuePlace(value),
        'required u-claim not provided for PoP token flow: add u=<resource id of the cluster>.',
      );
    const login = loginOf(kubelogin);
    if (on && enabled && login && !METHODS.includes(login.method) && LOGIN_METHODS.includes(login.method))
      yield report(
        login.place ?? flagPlace(enabled),
        `Proof of possession works with login interactive, spn or ropc, not with ${login.method}.`,
      );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Without claims',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: arc
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args:
          - get-token
          - --login=interactive
          - --server-id=6256c85f-0aad-4d50-b960-e6e9b21efe35
          - --client-id=3f4439ff-e698-4d6d-84fe-09c9d574f06b
          - --tenant-id=0f8fad5b-d9cb-469f-a165-70867728950e
          - <|--pop-enabled|>
`,
      fixed: `apiVersion: v1
kind: Config
users:
  - name: arc
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args:
          - get-token
          - --login=interactive
          - --server-id=6256c85f-0aad-4d50-b960-e6e9b21efe35
          - --client-id=3f4439ff-e698-4d6d-84fe-09c9d574f06b
          - --tenant-id=0f8fad5b-d9cb-469f-a165-70867728950e
          - --pop-enabled
          - --pop-claims
          - u=
`,
    },
    {
      title: 'Claims without u, and a login that cannot',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: arc
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, <|azurecli|>, --server-id, 6256c85f-0aad-4d50-b960-e6e9b21efe35, --pop-enabled, --pop-claims, <|"host=arc.contoso.com"|>]
`,
    },
  ],
  good: [
    {
      title: 'Both, and switched off',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: arc
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args:
          - get-token
          - --login
          - interactive
          - --server-id
          - 6256c85f-0aad-4d50-b960-e6e9b21efe35
          - --client-id
          - 3f4439ff-e698-4d6d-84fe-09c9d574f06b
          - --tenant-id
          - 0f8fad5b-d9cb-469f-a165-70867728950e
          - --pop-enabled
          - --pop-claims
          - u=/subscriptions/9b2d8d5c-5d1f-4b0a-8a57-3f0c6d1e2a4b/resourceGroups/arc/providers/Microsoft.Kubernetes/connectedClusters/edge
  - name: off
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, msi, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630, --pop-enabled=false]
`,
    },
  ],
};
