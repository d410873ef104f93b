using Governance.Portal.Features.Monitoring;
using Governance.Registry.Deployments;
using Governance.Registry.Monitors;
using Governance.Tests;

namespace Governance.Portal.Tests.Monitoring;

/// <summary>What a page shows of thirty days of readings.</summary>
internal static class GivenBoard
{
    /// <summary>The board of all rows.</summary>
    public static MonitoringBoard Of(int columns = 4) => new()
    {
        Page = "/deployments/1/monitoring", Query = "days=30",
        Readings = [.. GivenReadings.Of(DeploymentId.New(), MonitorPlanId.New(), columns).Where(reading => reading.Cohort is null)],
        Events = [new AxisEvent(GivenReadings.Start.AddDays(3), "deployed to production", "/deployments/1")],
        Importance = new Dictionary<string, double> { ["c0"] = 0.5, ["c1"] = 0.3, ["c2"] = 0.2 },
        Window = (GivenReadings.Start.AddDays(29), GivenReadings.Start.AddDays(30)),
    };
}
