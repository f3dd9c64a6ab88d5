import { v7 as uuid } from 'uuid';
import { largestUpload } from '#lib/commands/protocol.ts';
import { isRefusal, refusalSentence } from '#lib/domain/refusal.ts';
import { sha256Of } from '#lib/local/captures.ts';
import { draft, dropDraft, keepDraft } from '#lib/local/drafts.ts';
import { bytesWords } from '#lib/ui/day-words.ts';
import type { App } from '../../app.svelte.ts';
import { londonToday } from '../../london-today.ts';
import { sentenceFor, Told } from '../../sentence-for.ts';
import { redLineFrom } from './red-line.ts';

const draftKey = 'new-case';

export interface Typed {
	caseId: string;
	applicationType: string;
	receivedOn: string;
	address: string;
	postcode: string;
	description: string;
	applicant: string;
	applicantEmail: string;
	applicantPhone: string;
	agent: string;
	agentEmail: string;
	agentPhone: string;
}

const blank = (): Typed => ({
	caseId: uuid(),
	applicationType: '',
	receivedOn: londonToday(),
	address: '',
	postcode: '',
	description: '',
	applicant: '',
	applicantEmail: '',
	applicantPhone: '',
	agent: '',
	agentEmail: '',
	agentPhone: ''
});

const given = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const person = (name: string, email: string, phone: string) =>
	given(name + email + phone) === null
		? null
		: {
				id: uuid(),
				name: name.trim(),
				organisation: null,
				email: given(email),
				phone: given(phone)
			};

/** The form for an application that came on paper: kept as it is typed, and a case when it is whole. */
export class Making {
	typed = $state.raw<Typed>(blank());
	problem = $state('');
	message = $state('');
	busy = $state(false);
	/** the case is made: only files may still be missing */
	#made = false;
	readonly #done = new WeakSet<File>();
	#kept: Promise<void> = Promise.resolve();
	readonly #app: App;

	constructor(app: App) {
		this.#app = app;
		const untouched = this.typed;
		void draft(app.device, draftKey).then((left) => {
			if (left === undefined || this.typed !== untouched) return;
			this.typed = JSON.parse(left) as Typed;
			this.message = 'What you had not finished is back. Choose the files again.';
		});
	}

	change(part: Partial<Typed>): void {
		this.typed = { ...this.typed, ...part };
		this.problem = '';
		const words = JSON.stringify(this.typed);
		this.#kept = this.#kept
			.then(() => keepDraft(this.#app.device, draftKey, words, this.typed.caseId))
			.catch((error: unknown) => {
				this.problem = sentenceFor(error);
			});
	}

	/** Makes the case and adds its files. Gives its id when everything is saved on this tablet. */
	async make(files: readonly File[], redLine: File | undefined): Promise<string | null> {
		if (this.busy) return null;
		this.busy = true;
		this.problem = '';
		const { caseId } = this.typed;
		try {
			if (!this.#made) await this.#create(redLine);
			for (const file of files) await this.#add(file);
			await this.#kept;
			await dropDraft(this.#app.device, draftKey);
			return caseId;
		} catch (error) {
			this.problem = sentenceFor(error);
			return null;
		} finally {
			this.busy = false;
		}
	}

	async #create(redLine: File | undefined): Promise<void> {
		const said = this.typed;
		if (said.applicationType === '') throw new Told('Choose the application type.');
		const read = redLine === undefined ? { area: null } : redLineFrom(await redLine.text());
		if ('problem' in read) throw new Told(`“${redLine?.name ?? ''}”: ${read.problem}`);
		const result = await this.#app.perform('create-case', said.caseId, {
			applicationType: said.applicationType,
			address: said.address,
			postcode: given(said.postcode),
			description: said.description,
			receivedOn: said.receivedOn,
			applicant: person(said.applicant, said.applicantEmail, said.applicantPhone),
			agent: person(said.agent, said.agentEmail, said.agentPhone),
			boundary: read.area
		});
		if (isRefusal(result)) throw new Told(refusalSentence(result));
		this.#made = true;
	}

	async #add(file: File): Promise<void> {
		// pressed again after one of several failed: the others are there already
		if (this.#done.has(file)) return;
		if (file.size > largestUpload.document)
			throw new Told(
				`The case is made. “${file.name}” is larger than the register takes (${bytesWords(largestUpload.document)}) and was not added. Choose a smaller file and press the button again.`
			);
		const bytes = await file.arrayBuffer();
		if (bytes.byteLength === 0)
			throw new Told(`The case is made. “${file.name}” is empty and was not added.`);
		const sha256 = await sha256Of(bytes);
		const id = uuid();
		const mime = file.type === '' ? 'application/octet-stream' : file.type;
		const { caseId, receivedOn } = this.typed;
		const about = { tags: [], description: '', drawingNumber: null, receivedOn };
		const result = await this.#app.perform(
			'add-document',
			caseId,
			{ id, name: file.name, ...about, sha256, mime, size: bytes.byteLength },
			[{ sha256, of: 'document', id, mime, bytes }]
		);
		if (isRefusal(result)) throw new Told(`“${file.name}”: ${refusalSentence(result)}`);
		this.#done.add(file);
	}
}
