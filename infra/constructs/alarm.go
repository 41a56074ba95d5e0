package constructs

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	tree "github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// Metric is one series in CloudWatch.
type Metric struct {
	Namespace, Name string
	Dimensions      []Dimension
	Statistic       string
}

// Dimension is one of a metric's dimensions.
type Dimension struct{ Name, Value string }

// Alarm is something that somebody on call wants to be woken for.
type Alarm struct {
	Name string
	// Do says what it means and what to do, in words for somebody just woken.
	Do string
	// Metrics are added up; a missing value counts as nothing.
	Metrics []Metric
	// AtLeast raises the alarm when Of periods out of as many reach it.
	AtLeast       float64
	PeriodSeconds int
	Of            int
	// Silence raises the alarm too: the metric is one that always comes.
	Silence bool
}

// maxSummed is how many metrics one alarm can add up
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html).
const maxSummed = 10

// NewAlarm makes an alarm that tells topic when it is raised and when it is
// over. It panics if more metrics are to be added up than CloudWatch can.
func NewAlarm(scope tree.Construct, d Deployment, topic *string, a Alarm) {
	if len(a.Metrics) > maxSummed {
		panic(fmt.Sprintf("alarm %s adds up %d metrics, CloudWatch takes %d", a.Name, len(a.Metrics), maxSummed))
	}
	props := &awscloudwatch.CfnAlarmProps{
		AlarmName: jsii.String(d.Name(a.Name)), AlarmDescription: jsii.String(a.Do),
		ComparisonOperator: jsii.String("GreaterThanOrEqualToThreshold"), Threshold: jsii.Number(a.AtLeast),
		EvaluationPeriods: jsii.Number(float64(a.Of)), DatapointsToAlarm: jsii.Number(float64(a.Of)),
		TreatMissingData: jsii.String("notBreaching"), AlarmActions: &[]any{topic}, OkActions: &[]any{topic},
	}
	if a.Silence {
		props.TreatMissingData = jsii.String("breaching")
	}
	if len(a.Metrics) == 1 {
		m := a.Metrics[0]
		props.Namespace, props.MetricName, props.Statistic = jsii.String(m.Namespace), jsii.String(m.Name), jsii.String(m.Statistic)
		props.Dimensions, props.Period = dimensions(m), jsii.Number(float64(a.PeriodSeconds))
	} else {
		props.Metrics = summed(a)
	}
	awscloudwatch.NewCfnAlarm(scope, jsii.String(a.Name), props)
}

func dimensions(m Metric) []any {
	var all []any
	for _, d := range m.Dimensions {
		all = append(all, &awscloudwatch.CfnAlarm_DimensionProperty{Name: jsii.String(d.Name), Value: jsii.String(d.Value)})
	}
	return all
}

// summed returns the metrics and the expression that adds them up.
func summed(a Alarm) []any {
	all := []any{&awscloudwatch.CfnAlarm_MetricDataQueryProperty{
		Id: jsii.String("sum"), Expression: jsii.String("SUM(FILL(METRICS(), 0))"), Label: jsii.String(a.Name), ReturnData: jsii.Bool(true),
	}}
	for i, m := range a.Metrics {
		all = append(all, &awscloudwatch.CfnAlarm_MetricDataQueryProperty{
			Id: jsii.String(fmt.Sprintf("m%d", i)), ReturnData: jsii.Bool(false),
			MetricStat: &awscloudwatch.CfnAlarm_MetricStatProperty{
				Metric: &awscloudwatch.CfnAlarm_MetricProperty{Namespace: jsii.String(m.Namespace), MetricName: jsii.String(m.Name), Dimensions: dimensions(m)},
				Period: jsii.Number(float64(a.PeriodSeconds)), Stat: jsii.String(m.Statistic),
			},
		})
	}
	return all
}
