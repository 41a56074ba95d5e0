// Whether a job goes on only if somebody says so, or later than anybody waits for.

export const stuck = ({state, reason}) => state === 'stopped' || (state === 'waiting' && (reason === 'trouble' || reason === 'unknown'));
