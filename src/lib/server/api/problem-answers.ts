/** A problem for a program or a page of ours to show: `{ message }`. */
export const problemAnswer = (
	status: number,
	message: string,
	headers: HeadersInit = {}
): Response => Response.json({ message }, { status, headers });

/** No council here goes by this host name. A person sees a page, a program a message. */
export function unknownHostAnswer(url: URL): Response {
	const message =
		`This server keeps no council’s register at “${url.host}”. ` +
		'Check the address; the person who runs the server sets it with “npx bops council add … --host”.';
	if (url.pathname.startsWith('/api/')) return problemAnswer(404, message);
	return new Response(page(message), {
		status: 404,
		headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
	});
}

const page = (message: string): string => `<!doctype html>
<html lang="en-GB">
	<head>
		<meta charset="utf-8" />
		<meta name="viewport" content="width=device-width" />
		<title>No council at this address</title>
	</head>
	<body>
		<main>
			<h1>No council at this address</h1>
			<p>${escaped(message)}</p>
		</main>
	</body>
</html>
`;

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
