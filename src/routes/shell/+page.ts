// The one page that is made at build time: the service worker answers every address with it.
export const prerender = true;
