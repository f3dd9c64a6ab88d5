import { fromAddress, toAddress, type RegisterQuery } from '../register/query.ts';

/** As a search of the register, but beginning with the cases of nobody. */
export function fromAssignAddress(params: URLSearchParams): RegisterQuery {
	const query = fromAddress(params);
	const officer = params.get('officer');
	return {
		...query,
		officer: officer === null ? 'nobody' : officer === 'anybody' ? null : officer
	};
}

export function toAssignAddress(query: RegisterQuery): string {
	const { officer } = query;
	return toAddress({
		...query,
		officer: officer === 'nobody' ? null : (officer ?? 'anybody')
	});
}
