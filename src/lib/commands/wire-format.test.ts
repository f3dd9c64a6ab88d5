import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { editableFields } from '#lib/domain/editable-fields.ts';
import { recordSchemas } from '#lib/domain/records.ts';
import { envelope, wireVersion } from './envelope.ts';
import { commands } from './index.ts';

const shapeOf = (schema: z.ZodType): string =>
	createHash('sha256')
		.update(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })))
		.digest('hex')
		.slice(0, 16);

const shapes = (): Record<string, string> =>
	Object.fromEntries([
		['envelope', shapeOf(envelope)],
		...[...commands.values()].map((command) => [command.name, shapeOf(command.payload)]),
		...Object.entries(editableFields).flatMap(([kind, fields]) =>
			Object.entries<{ schema: z.ZodType }>(fields).map(([field, { schema }]) => [
				`${kind}.${field}`,
				shapeOf(schema)
			])
		),
		...Object.entries(recordSchemas).map(([kind, schema]) => [`record ${kind}`, shapeOf(schema)])
	]) as Record<string, string>;

/**
 * What travels, at this version. Devices out on site send what their version sends, and the
 * register reads the versions of the last twelve months.
 */
const pinned = {
	wireVersion: 2,
	shapes: {
		'add-document': 'ec3708d17adf86d3',
		'agree-time': 'a28cd40a6c1f10a1',
		'answer-checks': '439c4302f64c645d',
		'assign-case': '6deaf7d5ba7ea1e3',
		'attach-resubmission': 'b465cf33141e0832',
		'cancel-visit': '803fe7475816a38a',
		'case.accessNote': '7b769920d69ce577',
		'case.address': '5bfbc248b5662323',
		'case.description': '5f05b1714575c57d',
		'case.point': '7261c743d8e0ded6',
		'case.uprn': '87c439f8e61f531a',
		'change-type': '16969b8b81084018',
		'confirm-bytes': 'f4a68c05d1bd0ceb',
		'create-case': 'a35f5e43305aa445',
		'document.description': '7b769920d69ce577',
		'document.drawingNumber': '15dbf7dda31a3a58',
		'document.publicRegisterStatus': '726998b5e639d293',
		'document.tags': '47b13313aebc5af3',
		'edit-record': '78ee34a12dc35ce7',
		envelope: 'b0dac771f0ea7e79',
		'erase-records': '2b60c19f0a950dd0',
		'erase-submitted': '0ab4db6c380b2be9',
		'facts.agriculture': '377f3c79b48dba21',
		'facts.biodiversity': '05fb226286a93474',
		'facts.cil': 'e639c1346274bc66',
		'facts.councilInterest': 'e9f09c7f71b0e7c9',
		'facts.developmentType': '021470dcfd00a643',
		'facts.eia': 'f2af1696dbf3866b',
		'facts.ownership': '89bd48044651a372',
		'facts.feeBasis': 'ef2cdbb14ed0a649',
		'file-case': 'ea06afd28d0387ea',
		'finding.value': 'da623d7dac77e1b2',
		'finish-visit': '0cbc256685a29391',
		'measurement.remark': '4f883d5d14c14085',
		'measurement.value': 'cdc0791cbaab8cbf',
		'measurement.what': '5bfbc248b5662323',
		'note.text': '5f05b1714575c57d',
		'override-check': '1084e952b12178c0',
		'photo.caption': '899a812175f6988b',
		'photo.publicRegisterStatus': '726998b5e639d293',
		'pin-case': '11f8c34fd01f64a5',
		'plan-visit': '0b3e3152bebf3754',
		'record case': '5e7ad4f215426d4b',
		'record check': 'a0e655f5facc91c8',
		'record clock': 'd333273f3f3e50b5',
		'record conflict': 'a132600a25a0fd24',
		'record constraint': '33d052efc056bb7a',
		'record document': '95c205ed3e3d0792',
		'record event': '3184aab46db92118',
		'record facts': '4cae08dc189f2a0e',
		'record finding': 'b1ac10426e677f27',
		'record measurement': '17a302555178a820',
		'record note': '0bd806704b277c36',
		'record payment': 'bc352f3cc6caa4e1',
		'record person': '5ac4a469e20424e1',
		'record photo': 'b8d2b59022ed9061',
		'record pin': 'd4a54460eebb9c26',
		'record submission': '6cc05fa30513708e',
		'record visit': '6a2f78a49d70f192',
		'record-act': 'ae43254273c96536',
		'record-approval-required': '1d0921e10e8708ca',
		'record-fetch-problem': '27b9fc650009df2c',
		'record-payment': '648e9cac371cc991',
		'record-publicity': '27d0179b61be00c4',
		'record-required-information': 'ab7f21908f5f77ea',
		'resolve-conflict': 'c7d0e3f268ea479e',
		'see-late-work': '298d0d7ace3e6010',
		'start-visit': '604dbe3369dfb301',
		'supply-document': 'df3f748449eabee6',
		'take-back-check': '921678a2eba8ac8d',
		'take-measurement': 'a366968fe4d376a1',
		'take-photo': '6ca816cf6288228c',
		'visit.access': '7b769920d69ce577',
		'visit.plannedFor': '8f99041cd12ead8a',
		'visit.plannedTime': 'a0f4399f1dfade54',
		'visit.purpose': '899a812175f6988b',
		'visit.summary': '5f05b1714575c57d',
		'withdraw-capture': 'b56f9e849aa51421',
		'withdraw-clock-entry': '019260c66284f610',
		'withdraw-payment': '803fe7475816a38a',
		'write-note': '7a6c31a45fbe42a9'
	}
};

test('what travels has not changed without a new version', () => {
	expect(
		{ wireVersion, shapes: shapes() },
		'The shape of an envelope, a payload, an editable field or a record has changed. If a device of an earlier ' +
			'version may send the old shape: raise wireVersion in envelope.ts, teach the register to ' +
			'upcast the old one, and only then pin the new shapes here. A command that is new needs ' +
			'its line here and no more.'
	).toEqual(pinned);
});
