using Governance.Audit.Data;
using Governance.Audit.Monitoring;
using Governance.Audit.Traffic;

namespace Governance.Audit.Tests.Monitoring;

public sealed class KnownLabelsTests
{
    [Fact]
    public void A_label_that_is_no_class_is_unknown_and_without_classes_every_label_counts()
    {
        Assert.Equal((string?[])["yes", null, null, null], (IEnumerable<string?>)KnownLabels.Of(["yes", "1", null, "Yes"], ["no", "yes"]));
        Assert.Equal((string?[])["12.5", null], (IEnumerable<string?>)KnownLabels.Of(["12.5", null], null));
    }

    // What a sender wrote in other words must not count as the other class, and must not make a window look mature.
    [Fact]
    public void Traffic_of_a_deployment_is_read_with_the_labels_that_are_classes()
    {
        DateTimeOffset at = GivenMonitors.Start;
        TrafficWindow window = new()
        {
            From = at, To = at.AddDays(1), Ids = ["a", "b"], Times = [at, at], Labels = TextColumn.Of("label", ["yes", "1"]), KnownAt = [at, at],
            Decisions = TextColumn.Of("decision", ["yes", "no"]),
        };

        MonitoredRows rows = DeploymentRows.Of(window, "yes", false, ["no", "yes"]);

        Assert.Equal((string?[])["yes", null], (IEnumerable<string?>)rows.Labels!);
        Assert.Null(rows.MatureAt(0.9));
    }
}
