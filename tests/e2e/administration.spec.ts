import { join } from 'node:path';
import { openInstallation } from '#lib/server/installation.ts';
import { fileSubmission } from '#lib/server/intake/file-submission.ts';
import { desk, tablet } from './support/person.ts';
import { choosePin, hasCases, signIn } from './support/screens.ts';
import { expect, test } from './support/story.ts';

test.use({ council: { cases: 10, assigned: { who: 'jo', first: 10 } } });

test('an administrator adds an officer, who can sign in until they are made inactive', async ({
	story
}) => {
	story.watch.expect(/401 \(Unauthorized\)/);
	const ada = await signIn(story.person('Ada', desk), 'ada');
	await ada.goto('/officers');
	await ada.getByLabel('Name', { exact: true }).fill('Noor Haddad');
	await ada.getByLabel('Initials').fill('nh');
	await ada.getByLabel('E-mail address').fill('noor@lambeth.example');
	await ada.getByRole('checkbox', { name: 'Case officer' }).check();
	await ada.getByRole('button', { name: 'Add officer' }).click();
	const password = await ada.locator('strong.bops-code').innerText();
	await expect(ada.getByRole('row').filter({ hasText: 'Noor Haddad (NH)' })).toContainText(
		'Active'
	);

	const noor = await story.person('Noor', tablet).open('/');
	const enter = async () => {
		await noor.getByLabel('E-mail address').fill('noor@lambeth.example');
		await noor.getByLabel('Password').fill(password);
		await noor.getByRole('button', { name: 'Sign in' }).click();
	};
	await enter();
	await choosePin(noor);
	await expect(noor.getByRole('heading', { name: 'My work', level: 1 })).toBeVisible();

	await ada.getByRole('button', { name: 'Change Noor Haddad' }).click();
	await ada.getByRole('button', { name: 'Deactivate…' }).click();
	await ada.getByRole('button', { name: 'Deactivate Noor Haddad' }).click();
	await expect(ada.getByText('Noor Haddad can no longer sign in.')).toBeVisible();
	await expect(noor.getByText(/session has ended/).first()).toBeVisible();
});

test('a payload is erased with a reason, and its hash is what is left', async ({ story }) => {
	const installation = openInstallation(join(story.folder, 'data'));
	try {
		const register = installation.council('LBH')?.register;
		if (register === undefined) throw new Error('The council is not there.');
		fileSubmission(register, Buffer.from('{"not": "an application"}'), {
			sender: 'api:Portal',
			council: 'LBH',
			whateverItNames: false,
			now: new Date()
		});
	} finally {
		installation.close();
	}
	const page = await signIn(story.person('Ada', desk), 'ada');
	await page.goto('/intake');
	await page.getByRole('table').getByRole('link').first().click();
	await page.waitForURL(/intake\/.+/);
	const address = page.url();
	await page.getByRole('button', { name: 'Erase the payload…' }).click();
	await page.getByRole('button', { name: 'Erase it' }).click();
	const reason = page.getByLabel('Reason, for the record');
	await expect(reason).toHaveAccessibleDescription(/./);
	await reason.fill('Sent here by mistake');
	await page.getByRole('button', { name: 'Erase it' }).click();
	await expect(page.getByText('What was sent has been erased')).toBeVisible();
	await page.goto(address);
	await expect(page.getByText(/only its hash is left/)).toBeVisible();
});

test('cases that would all leave a tablet at once stay until the officer lets them go', async ({
	story
}) => {
	const jo = await signIn(story.person('Jo', tablet), 'jo');
	const references = story.cases.map(({ reference }) => reference);
	await hasCases(jo, references);
	const priya = await signIn(story.person('Priya', desk), 'priya');
	await priya.goto('/assign?officer=anybody');
	await priya.getByLabel('Choose all on this page').check();
	await priya.getByLabel('Give to').selectOption({ label: 'Nobody' });
	await priya.getByRole('button', { name: 'Assign', exact: true }).click();

	await expect(jo.getByText('10 of your 10 cases would leave this tablet')).toBeVisible();
	await hasCases(jo, references);
	await jo.getByRole('button', { name: 'Let them go' }).click();
	await expect(jo.getByText('No case is assigned to you.')).toBeVisible();
});
