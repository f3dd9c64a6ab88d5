import type { Command } from './command.ts';
import { assignCase } from './case/assign-case.ts';
import { attachResubmission } from './case/attach-resubmission.ts';
import { changeType } from './case/change-type.ts';
import { createCase } from './case/create-case.ts';
import { editRecord } from './case/edit-record.ts';
import { eraseRecords } from './case/erase-records.ts';
import { eraseSubmitted } from './case/erase-submitted.ts';
import { fileCase } from './case/file-case.ts';
import { pinCase } from './case/pin-case.ts';
import { recordAct } from './case/record-act.ts';
import { resolveConflict } from './case/resolve-conflict.ts';
import { seeLateWork } from './case/see-late-work.ts';
import { writeNote } from './case/write-note.ts';
import { agreeTime } from './clock/agree-time.ts';
import { recordApprovalRequired } from './clock/record-approval-required.ts';
import { recordPublicity } from './clock/record-publicity.ts';
import { recordRequiredInformation } from './clock/record-required-information.ts';
import { withdrawClockEntry } from './clock/withdraw-clock-entry.ts';
import { addDocument } from './document/add-document.ts';
import { confirmBytes } from './document/confirm-bytes.ts';
import { recordFetchProblem } from './document/record-fetch-problem.ts';
import { supplyDocument } from './document/supply-document.ts';
import { recordPayment } from './fee/record-payment.ts';
import { withdrawPayment } from './fee/withdraw-payment.ts';
import { cancelVisit } from './visit/cancel-visit.ts';
import { finishVisit } from './visit/finish-visit.ts';
import { planVisit } from './visit/plan-visit.ts';
import { startVisit } from './visit/start-visit.ts';
import { takeMeasurement } from './visit/take-measurement.ts';
import { takePhoto } from './visit/take-photo.ts';
import { withdrawCapture } from './visit/withdraw-capture.ts';
import { answerChecks } from './validation/answer-checks.ts';
import { overrideCheck } from './validation/override-check.ts';
import { takeBackCheck } from './validation/take-back-check.ts';

/** Everything that can be done, by name. A command that is not here cannot be done. */
export const commands: ReadonlyMap<string, Command> = new Map(
	[
		fileCase,
		createCase,
		assignCase,
		attachResubmission,
		changeType,
		editRecord,
		eraseRecords,
		eraseSubmitted,
		pinCase,
		recordAct,
		resolveConflict,
		seeLateWork,
		writeNote,
		agreeTime,
		recordApprovalRequired,
		recordRequiredInformation,
		recordPublicity,
		withdrawClockEntry,
		addDocument,
		supplyDocument,
		confirmBytes,
		recordFetchProblem,
		recordPayment,
		withdrawPayment,
		planVisit,
		startVisit,
		finishVisit,
		cancelVisit,
		takePhoto,
		takeMeasurement,
		withdrawCapture,
		answerChecks,
		overrideCheck,
		takeBackCheck
	].map((command) => [command.name, command as Command])
);
