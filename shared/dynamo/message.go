package dynamo

import (
	"context"
	"errors"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"portero/shared/domain/email"
	"portero/shared/domain/fault"
	"portero/shared/domain/id"
	"portero/shared/domain/mailbox"
	"portero/shared/domain/message"
	"portero/shared/domain/page"
	"portero/shared/domain/password"
	"portero/shared/dynamo/schema"
)

// Message reads one, or not_found.
func (s *Store) Message(ctx context.Context, ws id.Workspace, m id.Message) (message.Message, error) {
	return get[message.Message](ctx, s, schema.Core, messageKeys(ws, m))
}

// Waiting reads the messages of due entries that are still queued, eventually
// consistent. Of one that cannot be decoded only its name and age are known.
func (s *Store) Waiting(ctx context.Context, due []DueItem) ([]message.Message, error) {
	places := make([]place, len(due))
	for i, d := range due {
		places[i] = place{schema.Core, messageKeys(d.Workspace, id.Message(d.Thing))}
	}
	found, err := s.glance(ctx, places)
	if err != nil {
		return nil, err
	}
	var waiting []message.Message
	for i, p := range places {
		m, there, err := optional(pick[message.Message](found, p.keys))
		if err != nil {
			name := id.Message(due[i].Thing)
			m, there = message.Message{Workspace: due[i].Workspace, ID: name, Delivery: message.Queued, CreatedAt: id.Time(name)}, true
		}
		if there && m.Delivery == message.Queued {
			waiting = append(waiting, m)
		}
	}
	return waiting, nil
}

// ClaimMessage takes a queued message for one attempt, in one conditional
// update: it is due, or for a first attempt untried, no lease lives, and it has
// attempts left. It returns the message as it is now, or false if it is
// somebody else's turn, or nobody's. The due key stays where it is.
//
// A claim whose answer was lost is known again by its name when the SDK repeats
// it: the same attempt goes on.
func (s *Store) ClaimMessage(ctx context.Context, ws id.Workspace, m id.Message, c message.Claim) (message.Message, bool, error) {
	update := "SET lease_until = :until, claim = :claim, attempts = if_not_exists(attempts, :none) + :one, v = v + :one"
	values := Item{
		":until": text(instant(c.At.Add(message.Lease))), ":now": text(instant(c.At)), ":claim": text(c.Name),
		":none": number(0), ":one": number(1), ":most": number(message.MaxAttempts), ":queued": text(string(message.Queued)),
	}
	if c.Secret != nil {
		update += " ADD secrets :secret, stops :stop"
		values[":secret"] = &types.AttributeValueMemberBS{Value: [][]byte{c.Secret}}
		values[":stop"] = &types.AttributeValueMemberBS{Value: [][]byte{c.Stop}}
	}
	turn := "delivery = :queued AND (attribute_not_exists(lease_until) OR lease_until <= :now)" +
		" AND (attribute_not_exists(attempts) OR attempts < :most)"
	if c.First {
		turn += " AND attribute_not_exists(attempts) AND attribute_not_exists(reason)"
	} else {
		turn += " AND due <= :now"
	}
	out, err := s.Client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: s.table(schema.Core), Key: messageKeys(ws, m).primary(),
		UpdateExpression: aws.String(update), ConditionExpression: aws.String(turn), ExpressionAttributeValues: values,
		ReturnValues:                        types.ReturnValueAllNew,
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
		ReturnConsumedCapacity:              s.consumption(),
	})
	if err == nil {
		s.countedOne("UpdateItem", out.ConsumedCapacity)
		claimed, err := decode[message.Message](out.Attributes)
		return claimed, err == nil, err
	}
	var refused *types.ConditionalCheckFailedException
	if !errors.As(err, &refused) {
		return message.Message{}, false, translate(err)
	}
	if str(refused.Item["claim"]) != c.Name {
		return message.Message{}, false, nil
	}
	claimed, err := decode[message.Message](refused.Item)
	return claimed, err == nil, err
}

// RecordMessage replaces a message, whose version must still be the one that was read,
// and with tell also shows the report on its invitation, in one transaction, if
// this mail is its latest. changed_meanwhile if the message was changed.
func (s *Store) RecordMessage(ctx context.Context, m message.Message, r message.Report, tell bool) error {
	_, item, err := encode(m)
	if err != nil {
		return err
	}
	item[versionAttr] = number(m.Version + 1)
	replace := &types.Put{TableName: s.table(schema.Core), Item: item, ConditionExpression: aws.String("v = :v"),
		ExpressionAttributeValues: Item{":v": number(m.Version)}}
	if !tell || m.Invitation == "" || !m.Kind.ToInvitee() {
		return s.putMessage(ctx, replace)
	}
	out, err := s.Client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{
		TransactItems:          []types.TransactWriteItem{{Put: replace}, {Update: s.tell(m, r)}},
		ReturnConsumedCapacity: s.consumption(),
	})
	if err == nil {
		s.counted("TransactWriteItems", out.ConsumedCapacity...)
		return nil
	}
	if onlyFailed(err, 1) { // the invitation shows a newer mail, or knows more already
		return s.putMessage(ctx, replace)
	}
	var cancelled *types.TransactionCanceledException
	if errors.As(err, &cancelled) {
		return fault.Stale(err)
	}
	return translate(err)
}

func (s *Store) putMessage(ctx context.Context, p *types.Put) error {
	out, err := s.Client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: p.TableName, Item: p.Item, ConditionExpression: p.ConditionExpression,
		ExpressionAttributeValues: p.ExpressionAttributeValues, ReturnConsumedCapacity: s.consumption(),
	})
	if err != nil {
		return translate(err)
	}
	s.countedOne("PutItem", out.ConsumedCapacity)
	return nil
}

// onlyFailed reports whether a transaction failed by the condition of one item
// alone.
func onlyFailed(err error, which int) bool {
	var cancelled *types.TransactionCanceledException
	if !errors.As(err, &cancelled) {
		return false
	}
	for i, r := range cancelled.CancellationReasons {
		if code := aws.ToString(r.Code); i == which != (code == "ConditionalCheckFailed") || i != which && code != "None" && code != "" {
			return false
		}
	}
	return true
}

// tell is the update that shows a report on the message's invitation, on
// condition that the message is its latest mail and that the report says more
// than what was heard of it before (invitation.Told).
func (s *Store) tell(m message.Message, r message.Report) *types.Update {
	update := "SET #d = :d, delivery_at = :at, delivery_of = :m, v = v + :one"
	values := Item{":d": text(string(r.Delivery)), ":at": text(instant(r.At)), ":m": text(string(m.ID)), ":one": number(1)}
	names := map[string]string{"#d": "delivery", "#m": "message", "#r": "reason"}
	if r.Reason != "" {
		update += ", #r = :r"
		values[":r"] = text(r.Reason)
	} else {
		update += " REMOVE #r"
	}
	more := "delivery_of <> :m"
	if names := placeholders(r.Delivery.Earlier(), values); names != "" {
		more += " OR #d IN (" + names + ")"
	}
	return &types.Update{TableName: s.table(schema.Core), Key: invitationKeys(m.Workspace, m.Invitation).primary(),
		UpdateExpression:         aws.String(update),
		ConditionExpression:      aws.String("#m = :m AND (attribute_not_exists(delivery_of) OR " + more + ")"),
		ExpressionAttributeNames: names, ExpressionAttributeValues: values}
}

func placeholders(states []message.Delivery, values Item) string {
	var list string
	for i, d := range states {
		name := ":e" + strconv.Itoa(i)
		values[name] = text(string(d))
		if i > 0 {
			list += ", "
		}
		list += name
	}
	return list
}

// TellInvitation shows a report on the message's invitation: one write and its
// list entry. latest is false if the invitation is gone or shows a newer mail;
// told is false as well if the report says nothing new.
func (s *Store) TellInvitation(ctx context.Context, m message.Message, r message.Report) (told, latest bool, err error) {
	u := s.tell(m, r)
	out, err := s.Client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: u.TableName, Key: u.Key, UpdateExpression: u.UpdateExpression, ConditionExpression: u.ConditionExpression,
		ExpressionAttributeNames: u.ExpressionAttributeNames, ExpressionAttributeValues: u.ExpressionAttributeValues,
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
		ReturnConsumedCapacity:              s.consumption(),
	})
	if err == nil {
		s.countedOne("UpdateItem", out.ConsumedCapacity)
		return true, true, nil
	}
	var refused *types.ConditionalCheckFailedException
	if !errors.As(err, &refused) {
		return false, false, translate(err)
	}
	return false, str(refused.Item["message"]) == string(m.ID), nil
}

// SetTemporary gives an address the hash of the temporary password that is about
// to be mailed; not_found if nothing is known of the address any more.
func (s *Store) SetTemporary(ctx context.Context, ws id.Workspace, k email.Key, t mailbox.Temporary) error {
	out, err := s.Client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: s.table(schema.Core), Key: mailboxKeys(ws, k).primary(),
		UpdateExpression:         aws.String("SET #t = :t, v = v + :one"),
		ConditionExpression:      aws.String("attribute_exists(pk)"),
		ExpressionAttributeNames: map[string]string{"#t": "temporary"},
		ExpressionAttributeValues: Item{":one": number(1), ":t": &types.AttributeValueMemberM{Value: Item{
			"hash": text(string(t.Hash)), "invitation": text(string(t.Invitation)), "until": text(instant(t.Until)),
		}}},
		ReturnConsumedCapacity: s.consumption(),
	})
	if err != nil {
		if unmet(err) {
			return errNotFound
		}
		return translate(err)
	}
	s.countedOne("UpdateItem", out.ConsumedCapacity)
	return nil
}

// SetCode gives a verification the hash of the code that is about to be mailed;
// not_found if it is gone.
func (s *Store) SetCode(ctx context.Context, ws id.Workspace, v id.Verification, h password.Hash) error {
	out, err := s.Client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: s.table(schema.Ephemera), Key: verificationKeys(ws, v).primary(),
		UpdateExpression:          aws.String("SET code_hash = :h, v = v + :one"),
		ConditionExpression:       aws.String("attribute_exists(pk)"),
		ExpressionAttributeValues: Item{":h": text(string(h)), ":one": number(1)},
		ReturnConsumedCapacity:    s.consumption(),
	})
	if err != nil {
		if unmet(err) {
			return errNotFound
		}
		return translate(err)
	}
	s.countedOne("UpdateItem", out.ConsumedCapacity)
	return nil
}

// Notes reads what waits for somebody's digest, the oldest first.
func (s *Store) Notes(ctx context.Context, ws id.Workspace, to id.Identity, most int) ([]message.Note, error) {
	all, _, err := list[message.Note](ctx, s, query{table: schema.Core, partition: noteKeys(ws, to, "").pk, prefix: notePrefix}, page.Ask{Oldest: true, Limit: most})
	return all, err
}
