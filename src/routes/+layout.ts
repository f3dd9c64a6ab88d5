// Every screen is made on the device, from the device's copy: no page needs the server to open.
export const ssr = false;
export const prerender = false;
export const trailingSlash = 'never';
