using Governance.Registry.Alerts;
using Governance.Registry.Monitors;

namespace Governance.Portal.Features.Monitoring;

/// <summary>What a monitoring page shows besides the readings: the choice, the plan and its budget, the alerts.</summary>
public sealed record MonitoringDesk
{
    /// <summary>The spans that are offered, in days; 0 for everything.</summary>
    public static IReadOnlyList<int> Spans { get; } = [30, 90, 365, 0];

    /// <summary>The readings.</summary>
    public required MonitoringBoard Board { get; init; }

    /// <summary>The deployment that is shown; empty where there is none.</summary>
    public Guid Deployment { get; init; }

    /// <summary>The deployments to choose from.</summary>
    public IReadOnlyList<(Guid Id, string Name)> Deployments { get; init; } = [];

    /// <summary>The cohort; null for all rows.</summary>
    public string? Cohort { get; init; }

    /// <summary>The cohorts to choose from.</summary>
    public IReadOnlyList<string> Cohorts { get; init; } = [];

    /// <summary>The span in days; 0 for everything.</summary>
    public int Days { get; init; }

    /// <summary>The plan in force; null for none.</summary>
    public MonitorPlan? Plan { get; init; }

    /// <summary>The plan's budget of false alarms, in words; null where no plan is in force.</summary>
    public string? Budget { get; init; }

    /// <summary>Alerts that nobody has settled.</summary>
    public IReadOnlyList<AlertView> Alerts { get; init; } = [];

    /// <summary>Alerts that were raised in the span.</summary>
    public int Raised { get; init; }

    /// <summary>Those of them that people explained as no fault of the model.</summary>
    public int Explained { get; init; }

    /// <summary>The window beside the reference; null where nothing is stored of it.</summary>
    public WindowComparison? Comparison { get; init; }

    /// <summary>What stands under the lanes: plan, reference, how well estimates did.</summary>
    public IReadOnlyList<string> Provenance { get; init; } = [];

    /// <summary>The address of this view.</summary>
    public string Permalink => Board.Window is (DateTimeOffset from, DateTimeOffset to) ? Board.AddressOf(from, to) : $"{Board.Page}?{Board.Query}";

    /// <summary>The readings of the span as CSV.</summary>
    public string CsvAddress => $"/deployments/{Deployment}/monitoring.csv?{Board.Query}";
}
