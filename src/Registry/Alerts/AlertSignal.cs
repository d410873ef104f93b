using Governance.Registry.Deployments;
using Governance.Registry.Evidence;
using Governance.Registry.Versions;

namespace Governance.Registry.Alerts;

/// <summary>What saw it.</summary>
/// <param name="Kind">A monitor, a schedule or an audit.</param>
/// <param name="Id">Its id in its own words, 1 to <see cref="Alert.MaxSourceLength"/> characters: the deployment of a monitor, a schedule, a version.</param>
public readonly record struct AlertSource(AlertSourceKind Kind, string Id);

/// <summary>What makes two signals the same matter: of one key at most one alert is open.</summary>
/// <param name="Source">What saw it.</param>
/// <param name="Monitor">The monitor's id within its plan, a gate's id, or "missed-run".</param>
/// <param name="Column">The column that it is about; null for the whole.</param>
/// <param name="Cohort">The cohort that it is about; null for all rows.</param>
public readonly record struct AlertKey(AlertSource Source, string Monitor, string? Column = null, string? Cohort = null);

/// <summary>That something passed its limit in one window.</summary>
public sealed record AlertSignal
{
    /// <summary>What saw it.</summary>
    public required AlertSource Source { get; init; }

    /// <summary>What it is about.</summary>
    public required AlertTopic Topic { get; init; }

    /// <summary>The version that it is about.</summary>
    public required ModelVersionId Version { get; init; }

    /// <summary>The deployment that it is about; null for none.</summary>
    public DeploymentId? Deployment { get; init; }

    /// <summary>The monitor's id within its plan, a gate's id, or "missed-run"; 1 to <see cref="Alert.MaxMonitorLength"/> characters.</summary>
    public required string Monitor { get; init; }

    /// <summary>The column; null for the whole.</summary>
    public string? Column { get; init; }

    /// <summary>The cohort; null for all rows.</summary>
    public string? Cohort { get; init; }

    /// <summary>The start of the window, inclusive.</summary>
    public required DateTimeOffset WindowFrom { get; init; }

    /// <summary>Its end, exclusive; not before its start.</summary>
    public required DateTimeOffset WindowTo { get; init; }

    /// <summary>
    /// How far it is by itself. Of a monitor, what is not info counts as a warning until as many windows in a row sounded as the
    /// policy asks for.
    /// </summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>What was measured, in plain words with its uncertainty; 1 to <see cref="Alert.MaxSentenceLength"/> characters, nothing personal.</summary>
    public required string Sentence { get; init; }

    /// <summary>The evidence that shows it; null for none.</summary>
    public EvidenceId? Evidence { get; init; }

    /// <summary>The matter that it belongs to.</summary>
    public AlertKey Key => new(Source, Monitor, Column, Cohort);
}
