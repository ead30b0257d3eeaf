/** True for an address that names a host, where the name of an event hub is expected. */
export const isHubUrl = (address: string): boolean => /:\/\/|\.servicebus\./i.test(address);
