// Somebody leaves the staff, and how staff hear of answers.
export default {
  'leave.title': '{name} leaves the staff',
  'leave.self': 'Leave the staff',
  'leave.about': 'Their clients, join links and open invitations go to the colleague you choose, within a few minutes. Sessions and API keys end at once.',
  'leave.mine': 'Your clients, join links and open invitations go to the colleague you choose. You are signed out at once, and your API keys end.',
  'leave.successor': 'Who goes on',
  'leave.choose': 'Choose a colleague',
  'leave.remove': 'Remove from the staff',
  'leave.go': 'Leave',
  'leave.back': 'Back',
  'leave.done': '{name} is no longer staff. What was theirs is being handed over.',
  'leave.ask': 'If you leave, choose first to whom your clients go.',

  'notices.title': 'Answers to invitations',
  'notices.how': 'When somebody accepts or declines, when a mail comes back, or an invitation expires',
  'notices.each': 'A mail each time',
  'notices.digest': 'One mail a day',
  'notices.none': 'No mail',
  'notices.hint': 'Requests that wait for you come one by one.',

  'error.successor_missing': 'Name the colleague to whom your clients and open invitations go.',
  'error.successor_unknown': 'This is nobody of the staff, or who leaves. Choose another colleague.',
  'error.successor_unneeded': 'A successor is named only when somebody leaves.',
};
