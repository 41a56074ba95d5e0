// What became of an invitation.
export default {
  'over.accepted': 'You have already accepted',
  'over.accepted_about': 'This invitation of {firm} is accepted. Go on to sign in.',
  'over.enter': 'Continue',
  'over.declined': 'This invitation was declined',
  'over.declined_about': 'If you have changed your mind, ask {inviter} for a new invitation.',
  'over.cancelled': 'This invitation was withdrawn',
  'over.cancelled_about': '{firm} has cancelled it. If that surprises you, ask for a new link; {inviter} will be told.',
  'over.expired': 'This invitation is over',
  'over.expired_about': 'It could be accepted until {when}. Ask for a new link; {inviter} will be told.',
  'over.ask': 'Ask for a new link',
  'over.asked': '{inviter} has been told. If a new link is sent, it comes by mail.',
};
