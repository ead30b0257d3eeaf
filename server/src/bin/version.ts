declare const AZURE_GITOPS_VERSION: string | undefined;

/** The version of the extension, the server and the command line, which are released together; the build fills it in. */
export const VERSION = typeof AZURE_GITOPS_VERSION === 'string' ? AZURE_GITOPS_VERSION : '0.0.0';
