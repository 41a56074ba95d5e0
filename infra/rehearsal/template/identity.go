package template

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// identity is a resource as its kind's row names it.
type identity struct {
	*Resource
	stack *stack
	env   Environment
}

// identify gives a resource its Ref, its ARN and its attributes: the
// environment's where it knows them, else what its kind's row says.
func (s *stack) identify(r *Resource, k kind) {
	i := identity{Resource: r, stack: s, env: s.loader.env}
	physical, ok := i.env.value(*r, "")
	if !ok {
		physical = generated(s, r.LogicalID)
		if k.ref != nil {
			physical = k.ref(i)
		}
	}
	r.Physical = physical
	if k.arn != nil {
		r.arn = k.arn(i)
	}
	if k.arnAttribute != "" {
		if arn, ok := i.env.value(*r, k.arnAttribute); ok {
			r.arn = arn
		}
		r.attributes[k.arnAttribute] = r.arn
	}
	if k.refIsARN {
		r.arn = r.Physical
	}
	for name, value := range k.attributes {
		if given, ok := i.env.value(*r, name); ok {
			r.attributes[name] = given
		} else {
			r.attributes[name] = value(i)
		}
	}
}

// property is a property that gives a name, or what CloudFormation would make up.
func (i identity) property(name string) string {
	i.reads.mark(name)
	if given, ok := i.Properties[name].(string); ok && given != "" {
		return given
	}
	return generated(i.stack, i.LogicalID)
}

func (i identity) made(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", i.env.Partition, service, i.env.Region, i.env.Account, resource)
}

// global is the ARN of something that has no region.
func (i identity) global(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s::%s:%s", i.env.Partition, service, i.env.Account, resource)
}

// code is n characters that AWS would draw, always the same for one resource.
func (i identity) code(n int) string { return code(i.stack.deployed+"/"+i.LogicalID, n) }

func (i identity) uuid() string { return uuid(i.stack.deployed + "/" + i.LogicalID) }

// generated is a physical name as CloudFormation makes them up: stack, logical
// id and twelve characters, cut to the 64 that a role may have
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html).
// The characters come from the names, not from chance.
func generated(s *stack, logicalID string) string {
	cut := func(text string) string { return text[:min(len(text), 25)] }
	return cut(s.deployed) + "-" + cut(logicalID) + "-" + strings.ToUpper(code(s.deployed+"/"+logicalID, 12))
}

func stackID(env Environment, deployed string) string {
	return fmt.Sprintf("arn:%s:cloudformation:%s:%s:stack/%s/%s", env.Partition, env.Region, env.Account, deployed, uuid(deployed))
}

// code is n (at most 32) lower-case letters and digits.
func code(seed string, n int) string {
	const letters = "0123456789abcdefghijklmnopqrstuvwxyz"
	sum := sha256.Sum256([]byte(seed))
	out := make([]byte, n)
	for i := range out {
		out[i] = letters[int(sum[i])%len(letters)]
	}
	return string(out)
}

func uuid(seed string) string {
	sum := sha256.Sum256([]byte(seed))
	h := hex.EncodeToString(sum[:16])
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}
