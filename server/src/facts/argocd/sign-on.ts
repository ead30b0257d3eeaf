import { boolean, defineFormat, defineRole, list, object, oneOf, string } from '../define.ts';

// Source: argo-cd v3.5.1 util/settings/settings.go; dex v2.45.1 connector/microsoft/microsoft.go.
const MICROSOFT = 'https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/microsoft/';
const GUID = '${1:00000000-0000-0000-0000-000000000000}';
const ISSUERS = [
  {
    value: 'https://login.microsoftonline.com/${1:tenant-id}/v2.0',
    label: 'https://login.microsoftonline.com/…/v2.0',
    doc: 'Entra ID in the Azure public cloud.',
  },
  {
    value: 'https://login.microsoftonline.us/${1:tenant-id}/v2.0',
    label: 'https://login.microsoftonline.us/…/v2.0',
    doc: 'Entra ID in Azure US Government.',
  },
  {
    value: 'https://login.partner.microsoftonline.cn/${1:tenant-id}/v2.0',
    label: 'https://login.partner.microsoftonline.cn/…/v2.0',
    doc: 'Entra ID in Azure in China.',
  },
];
const SCOPE = string('A scope. Entra ID knows no scope `groups` and refuses the login that asks for it.', {
  suggestions: [
    { value: 'openid', doc: 'A login at all.' },
    { value: 'profile', doc: 'The name of the user.' },
    { value: 'email', doc: 'The address of the user.' },
  ],
});

const oidc = defineFormat({
  language: 'argocd-oidc-config',
  title: 'Single sign-on of Argo CD',
  doc: 'How people log in to Argo CD with an identity provider of their own. One value of a wrong type and the login disappears, with `invalid oidc config` in the log.',
  link: MICROSOFT,
  shape: object(
    {
      name: string('What the button on the login page says.'),
      issuer: string(
        'The issuer, compared letter by letter with what the provider calls itself. For Entra ID with the tenant and `/v2.0`, without a slash at the end.',
        { suggestions: ISSUERS, link: MICROSOFT },
      ),
      clientID: string('The application (client) id of the app registration.', { snippet: GUID }),
      clientSecret: string(
        'The client secret, as a reference to a key of argocd-secret: `$oidc.azure.clientSecret`. Not needed with workload identity.',
        { snippet: '\\$oidc.azure.clientSecret' },
      ),
      cliClientID: string('Another application for the command line, where it has one of its own.', { snippet: GUID }),
      azure: object(
        {
          useWorkloadIdentity: boolean(
            'Logs in to Entra ID with the token of argocd-server’s ServiceAccount instead of a client secret. Its pod needs the label, its ServiceAccount the annotation, the app registration a federated credential.',
            { since: 'Argo CD 3.0', link: MICROSOFT },
          ),
          enableUserGroupOverageClaim: boolean(
            'Asks Microsoft Graph for the groups of users who are in more groups than fit into a token.',
            { since: 'Argo CD 3.5' },
          ),
          graphApiEndpoint: string('Where Microsoft Graph is, for other clouds. Only https and its known hosts.', {
            since: 'Argo CD 3.5',
            suggestions: [
              { value: 'https://graph.microsoft.com/v1.0', doc: 'Azure public cloud, the default.' },
              { value: 'https://graph.microsoft.us/v1.0', doc: 'Azure US Government.' },
              { value: 'https://microsoftgraph.chinacloudapi.cn/v1.0', doc: 'Azure in China.' },
            ],
          }),
          userGroupOverageClaimCacheExpiration: string('How long those groups are kept.', { since: 'Argo CD 3.5' }),
        },
        { open: true, doc: 'What is special about Entra ID.' },
      ),
      requestedScopes: list(
        SCOPE,
        'The scopes to ask for. Without the list Argo CD asks for `groups` too, which Entra ID refuses (AADSTS650053): always set it.',
        { snippet: '[openid, profile, email]', link: MICROSOFT },
      ),
      requestedIDTokenClaims: {
        type: 'any',
        fact: {
          doc: 'Claims that the token has to have. For groups the app registration needs the groups claim as well.',
          snippet: '\n  groups:\n    essential: true',
        },
      },
      enablePKCEAuthentication: boolean('Logs in from the browser, without a client secret.'),
      domainHint: string('The domain that Entra ID takes users to be of.', {
        since: 'Argo CD 2.12',
        snippet: '${1:contoso.com}',
      }),
      allowedAudiences: list(string('A client id.'), 'Audiences whose tokens are taken. Without it the client ids.'),
      skipAudienceCheckWhenTokenHasNoAudience: boolean('Takes tokens without an audience.'),
      enableUserInfoGroups: boolean('Reads groups from the UserInfo endpoint, which Entra ID has none of.'),
      userInfoPath: string('The path of the UserInfo endpoint.'),
      userInfoBaseURL: string('The address of the UserInfo endpoint, where it is another.'),
      userInfoCacheExpiration: string('How long answers of it are kept.'),
      refreshTokenThreshold: string('When a token is renewed before it ends.'),
      logoutURL: string('Where a logout leads to.', {
        suggestions: [
          {
            value: 'https://login.microsoftonline.com/${1:tenant-id}/oauth2/v2.0/logout',
            label: 'https://login.microsoftonline.com/…/logout',
            doc: 'Ends the session at Entra ID too.',
          },
        ],
      }),
      rootCA: string('The certificate authority of the provider, PEM.', { snippet: '|\n  ${1}' }),
    },
    { open: true },
  ),
  snippets: [
    {
      label: 'Entra ID with workload identity',
      doc: 'A login without a client secret. Argo CD 3.0 and later.',
      body: `name: Entra ID
issuer: https://login.microsoftonline.com/\${1:tenant-id}/v2.0
clientID: \${2:client-id}
azure:
  useWorkloadIdentity: true
requestedScopes: [openid, profile, email]
`,
    },
    {
      label: 'Entra ID with a client secret',
      doc: 'The secret is a key of argocd-secret.',
      body: `name: Entra ID
issuer: https://login.microsoftonline.com/\${1:tenant-id}/v2.0
clientID: \${2:client-id}
clientSecret: \\$oidc.azure.clientSecret
requestedScopes: [openid, profile, email]
`,
    },
  ],
});

const dex = defineFormat({
  language: 'argocd-dex-config',
  title: 'Single sign-on of Argo CD through Dex',
  doc: 'Connectors of Dex, which Argo CD brings along. For Entra ID `oidc.config` does without it.',
  link: 'https://dexidp.io/docs/connectors/microsoft/',
  shape: object(
    {
      connectors: list(
        object(
          {
            type: string('What the connector speaks.', {
              suggestions: [{ value: 'microsoft', doc: 'Entra ID.' }],
            }),
            id: string('A name for addresses.'),
            name: string('What the button on the login page says.'),
            config: object(
              {
                clientID: string('The application (client) id.', { snippet: GUID }),
                clientSecret: string('The client secret, as a reference to a key of argocd-secret.', {
                  snippet: '\\$dex.microsoft.clientSecret',
                }),
                clientAssertion: string('A file with a token, instead of a client secret.'),
                redirectURI: string('The address of Argo CD with `/api/dex/callback`.', {
                  snippet: 'https://${1:argocd.contoso.com}/api/dex/callback',
                }),
                tenant: string(
                  'The tenant. Without it, and with `common`, `consumers` or `organizations`, Dex reads no groups.',
                  { snippet: GUID },
                ),
                groups: list(string('A group, by what `groupNameFormat` says.'), 'Groups whose members may log in.'),
                groupNameFormat: oneOf('What groups are called. Another word and Dex does not start.', {
                  name: { doc: 'Their names, the default.' },
                  id: { doc: 'Their object ids, which do not change.' },
                }),
                onlySecurityGroups: boolean('Leaves other groups out.'),
                useGroupsAsWhitelist: boolean('Tells Argo CD of the groups in `groups` alone.'),
                emailToLowercase: boolean('Writes addresses in lower case.'),
                batchGroupLookups: boolean('Asks for groups by the dozen.'),
                apiURL: string('The address of Entra ID, for other clouds.', {
                  suggestions: [
                    { value: 'https://login.microsoftonline.us', doc: 'Azure US Government.' },
                    { value: 'https://login.chinacloudapi.cn', doc: 'Azure in China.' },
                  ],
                }),
                graphURL: string('The address of Microsoft Graph, for other clouds.', {
                  suggestions: [
                    { value: 'https://graph.microsoft.us', doc: 'Azure US Government.' },
                    { value: 'https://microsoftgraph.chinacloudapi.cn', doc: 'Azure in China.' },
                  ],
                }),
                promptType: string('What Entra ID asks people for.'),
                domainHint: string('The domain that Entra ID takes users to be of.'),
                scopes: list(SCOPE, 'Scopes to ask for.'),
                preferredUsernameField: string('The field that holds the name of the user.'),
              },
              { open: true },
            ),
          },
          { open: true },
        ),
        'Ways to log in.',
      ),
    },
    { open: true },
  ),
});

const settings = defineRole({
  role: 'argocd-cm',
  kind: 'ConfigMap',
  name: 'argocd-cm',
  title: 'Settings of Argo CD',
  doc: 'Argo CD reads its settings, and how people log in, from the ConfigMap of this name in its own namespace.',
  link: MICROSOFT,
  shape: object(
    {
      url: string('Where people reach Argo CD. Entra ID sends them back to it, with `/auth/callback`.', {
        snippet: 'https://${1:argocd.contoso.com}',
      }),
      'oidc.config': string(
        'How people log in: YAML in a string. Comments begin with `#`; `//`, as in a sample of the documentation, becomes part of the value.',
        {
          link: MICROSOFT,
          snippet:
            '|\n  name: Entra ID\n  issuer: https://login.microsoftonline.com/${1:tenant-id}/v2.0\n  clientID: ${2:client-id}\n  azure:\n    useWorkloadIdentity: true\n  requestedScopes: [openid, profile, email]',
        },
      ),
      'dex.config': string('How people log in through Dex: YAML in a string.'),
      'admin.enabled': string('Whether the account `admin` may log in.', { snippet: '"false"' }),
    },
    { open: true },
  ),
});

const rbac = defineRole({
  role: 'argocd-rbac-cm',
  kind: 'ConfigMap',
  name: 'argocd-rbac-cm',
  title: 'Permissions in Argo CD',
  doc: 'Who may do what. Entra ID sends object ids of groups, not their names.',
  link: MICROSOFT,
  shape: object(
    {
      'policy.csv': string(
        'Lines of `p` for permissions and `g` for members of roles. A group of Entra ID is its object id: `g, "<object id>", role:admin`.',
        { snippet: '|\n  g, "${1:object id of a group}", role:${2|admin,readonly|}' },
      ),
      'policy.default': string('The role of everybody who logs in.', {
        suggestions: [
          { value: 'role:readonly', doc: 'Sees everything, changes nothing.' },
          { value: "''", doc: 'Sees nothing.' },
        ],
      }),
      scopes: string('The claims that hold groups, as a list in a string. With app roles `[roles]`.', {
        snippet: "'[groups, email]'",
      }),
    },
    { open: true },
  ),
});

const secret = defineRole({
  role: 'argocd-secret',
  kind: 'Secret',
  name: 'argocd-secret',
  title: 'Secrets of Argo CD',
  doc: 'Passwords and keys of Argo CD itself, and what `$name` in its settings refers to.',
  shape: object(
    {
      'oidc.azure.clientSecret': string('The client secret that `$oidc.azure.clientSecret` of `oidc.config` names.', {
        secret: true,
      }),
      'webhook.azuredevops.username': string(
        'The user name of web hooks of Azure DevOps, which send basic authentication. Together with the password.',
        { since: 'Argo CD 2.9' },
      ),
      'webhook.azuredevops.password': string('The password of web hooks of Azure DevOps.', {
        since: 'Argo CD 2.9',
        secret: true,
      }),
    },
    { open: true },
  ),
});

export default [oidc, dex, settings, rbac, secret];
