import { drawing } from './support/drawing.ts';
import { everythingReceived, openCase } from './support/on-case.ts';
import { desk, tablet } from './support/person.ts';
import { signIn } from './support/screens.ts';
import { planVisit } from './support/site-visit.ts';
import { expect, test } from './support/story.ts';

test('a plan added at the desk is read on site with no signal, page by page', async ({ story }) => {
	const [filed] = story.cases;
	if (filed === undefined) throw new Error('The council has a case.');
	const office = await signIn(story.person('Priya', desk), 'priya');
	await office.goto(`/cases/${filed.caseId}/documents`);
	await office.getByText('Add documents').click();
	await office
		.getByLabel('Files')
		.setInputFiles({ name: 'plans.pdf', mimeType: 'application/pdf', buffer: await drawing() });
	await office.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(office.getByText(/Saved on this tablet: plans.pdf/)).toBeVisible();
	await everythingReceived(office);

	const jo = story.person('Jo', tablet);
	let field = await signIn(jo, 'jo');
	await openCase(field, filed);
	await planVisit(field, 'Ring first');
	const visit = new URL(field.url()).pathname;
	const pack = field.getByRole('region', { name: 'Take to site' });
	await pack.getByRole('button', { name: 'Take to site' }).click();
	await pack.getByText(/What is on the tablet and what is missing/).click();
	const row = pack.getByRole('row').filter({ hasText: 'plans.pdf' });
	await expect(row).toContainText('On this tablet');
	await expect(row).toContainText(/\d[\d.,]* (bytes|kB|KB|MB)/);

	await story.server.kill();
	await jo.close();
	field = await jo.open(visit);
	await field
		.getByRole('navigation', { name: 'This case' })
		.getByRole('link', { name: 'Documents', exact: true })
		.click();
	await field.getByRole('button', { name: 'plans.pdf' }).click();
	await expect(field.getByText('Page 1 of 2')).toBeVisible();
	await expect(field.getByText('Proposed ground floor plan')).toBeAttached();
	await field.getByRole('button', { name: 'Next page' }).click();
	await expect(field.getByText('Page 2 of 2')).toBeVisible();
	await expect(field.getByText('Proposed rear elevation')).toBeAttached();
});
