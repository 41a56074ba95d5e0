// The accounts that somebody has chosen in the list, as {id, name}, while other views are looked at.

let accounts = [];

export const choice = () => accounts;
export const setChoice = (chosen) => { accounts = chosen; };
