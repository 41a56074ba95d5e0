package stacks

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsses"
	"github.com/aws/jsii-runtime-go"
)

// mailEvents are what SES tells us of a mail. Opens and clicks are not among
// them: asking for either makes SES rewrite links and add a pixel
// (https://docs.aws.amazon.com/ses/latest/dg/configure-custom-open-click-domains.html).
// Written as CDK's own EmailSendingEvent writes them, which is tried in real
// accounts; SES's API shouts them.
var mailEvents = []string{"bounce", "complaint", "delivery", "deliveryDelay", "reject"}

// mail holds the sender's identity and the configuration set that every mail
// goes through.
func (b *builder) mail() awscdk.Stack {
	stack := b.stack("mail", "the sender's identity and the configuration set", false)
	set := awsses.NewCfnConfigurationSet(stack, jsii.String("ConfigurationSet"), &awsses.CfnConfigurationSetProps{
		Name:               jsii.String(b.deployed.ConfigurationSet),
		DeliveryOptions:    &awsses.CfnConfigurationSet_DeliveryOptionsProperty{TlsPolicy: jsii.String("REQUIRE")},
		ReputationOptions:  &awsses.CfnConfigurationSet_ReputationOptionsProperty{ReputationMetricsEnabled: jsii.Bool(true)},
		SendingOptions:     &awsses.CfnConfigurationSet_SendingOptionsProperty{SendingEnabled: jsii.Bool(true)},
		SuppressionOptions: &awsses.CfnConfigurationSet_SuppressionOptionsProperty{SuppressedReasons: jsii.Strings("BOUNCE", "COMPLAINT")},
	})
	awsses.NewCfnConfigurationSetEventDestination(stack, jsii.String("Events"), &awsses.CfnConfigurationSetEventDestinationProps{
		ConfigurationSetName: set.Ref(),
		EventDestination: &awsses.CfnConfigurationSetEventDestination_EventDestinationProperty{
			Name: jsii.String("portero"), Enabled: jsii.Bool(true), MatchingEventTypes: jsii.Strings(mailEvents...),
			EventBridgeDestination: &awsses.CfnConfigurationSetEventDestination_EventBridgeDestinationProperty{
				EventBusArn: jsii.String(fmt.Sprintf("arn:%s:events:%s:%s:event-bus/default", *awscdk.Aws_PARTITION(), *awscdk.Aws_REGION(), *awscdk.Aws_ACCOUNT_ID())),
			},
		},
	})
	if !b.settings.ExistingIdentity {
		b.identity(stack)
	}
	return stack
}

// identity asks SES to verify the sender's domain. It outlives the stack:
// another stage, or another program, may be mailing from the same domain.
func (b *builder) identity(stack awscdk.Stack) {
	domain := b.settings.senderDomain()
	identity := awsses.NewCfnEmailIdentity(stack, jsii.String("Identity"), &awsses.CfnEmailIdentityProps{
		EmailIdentity:         jsii.String(domain),
		DkimAttributes:        &awsses.CfnEmailIdentity_DkimAttributesProperty{SigningEnabled: jsii.Bool(true)},
		DkimSigningAttributes: &awsses.CfnEmailIdentity_DkimSigningAttributesProperty{NextSigningKeyLength: jsii.String("RSA_2048_BIT")},
		// Bounces come as events; a copy by mail to the sender would only be lost.
		FeedbackAttributes: &awsses.CfnEmailIdentity_FeedbackAttributesProperty{EmailForwardingEnabled: jsii.Bool(false)},
	})
	identity.OverrideLogicalId(jsii.String("SenderIdentity"))
	identity.ApplyRemovalPolicy(awscdk.RemovalPolicy_RETAIN, nil)
	for i, record := range [][2]*string{
		{identity.AttrDkimDnsTokenName1(), identity.AttrDkimDnsTokenValue1()},
		{identity.AttrDkimDnsTokenName2(), identity.AttrDkimDnsTokenValue2()},
		{identity.AttrDkimDnsTokenName3(), identity.AttrDkimDnsTokenValue3()},
	} {
		output(stack, fmt.Sprintf("Dkim%d", i+1), "A CNAME to add to the DNS of "+domain+" (name, value).", *record[0]+" "+*record[1])
	}
}
