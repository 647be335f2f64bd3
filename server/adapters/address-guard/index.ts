export { createAddressGuard, type AddressGuard, type Lookup } from './guard.ts';
export type { Pass } from './pass.ts';
export { createFilteringProxy, type FilteringProxy } from './proxy.ts';
