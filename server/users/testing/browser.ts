/** Follows links and keeps cookies by host, as far as a sign-in needs it. */
export const createBrowser = (origins: Readonly<Record<string, string>>) => {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (host: string) => {
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };

  const get = async (address: string): Promise<Response> => {
    const url = new URL(address);
    const jar = jarOf(url.host);
    const target = `${origins[url.origin] ?? url.origin}${url.pathname}${url.search}`;
    const Cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(target, { redirect: 'manual', headers: { Cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };

  /** The address of the first page that redirects no further, or that `until` accepts. */
  const follow = async (
    address: string,
    until: (url: string) => boolean = () => false,
  ): Promise<string> => {
    const response = await get(address);
    const location = response.headers.get('Location');
    if (location === null) return address;
    const next = new URL(location, address).href;
    return until(next) ? next : follow(next, until);
  };

  return { follow, cookies: (host: string) => jarOf(host) };
};
