/** Names of Kubernetes and Git that answers must follow, each with the reason it is refused. */

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** A name of most kinds: RFC 1123 subdomain. */
export const objectNameProblem = (text: string): string | undefined =>
  text.length <= 253 && SUBDOMAIN.test(text)
    ? undefined
    : `"${text}" is no object name: lower-case letters, digits, "-" and ".", starting and ending with a letter or digit.`;

/** A namespace: RFC 1123 label. */
export const namespaceProblem = (text: string): string | undefined =>
  LABEL.test(text)
    ? undefined
    : `"${text}" is no namespace: at most 63 lower-case letters, digits and "-", starting and ending with a letter or digit.`;

/** A branch that git would accept (git check-ref-format, the parts people meet). */
export const branchProblem = (text: string): string | undefined =>
  /^[^\s~^:?*[\\]+$/.test(text) && !/^[-/.]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|[/.]$/.test(text)
    ? undefined
    : `"${text}" is no name git accepts for a branch.`;

const DURATION = /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/;

export const durationProblem = (text: string): string | undefined =>
  DURATION.test(text) ? undefined : `"${text}" is no duration of Flux, such as 10m or 1h30m.`;

/** A path inside the repository, as Flux wants it: relative to its root. */
export const repositoryPathProblem = (text: string): string | undefined =>
  text.split('/').includes('..') || text.startsWith('/') || /[\s\\]/.test(text)
    ? `"${text}" must be a path inside the repository, such as ./clusters/production.`
    : undefined;

/** A range as Masterminds/semver reads it, as far as its characters go. */
export const semverRangeProblem = (text: string): string | undefined =>
  /^[0-9xX*v<>=~^!][0-9A-Za-z.\s<>=~^!|,*+-]*$/.test(text)
    ? undefined
    : `"${text}" is no semver range such as >=1.0.0 or 1.x.`;
