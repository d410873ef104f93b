using Governance.Registry.Deployments;

namespace Governance.Audit.Traffic;

/// <summary>Takes the rows that our own serving answered, behind the answers. A real seam: serving without traffic runs too.</summary>
public interface ITrafficSink
{
    /// <summary>Takes a row; never waits.</summary>
    /// <returns>False where too many wait to be written: the row is then counted as lost, and shown.</returns>
    bool TryAppend(ServedRow row);
}

/// <summary>A row that our own serving answered.</summary>
/// <param name="Deployment">By which deployment.</param>
/// <param name="Id">What labels are joined by; unique in the deployment, at most <see cref="TrafficBatch.MaxIdLength"/> characters.</param>
/// <param name="At">When it was answered.</param>
/// <param name="Cells">Readable columns by name: <see cref="double"/> or <see cref="string"/>; null where missing.</param>
public sealed record ServedRow(DeploymentId Deployment, string Id, DateTimeOffset At, IReadOnlyDictionary<string, object?> Cells)
{
    /// <summary>What the model gave each class; null where it gives none.</summary>
    public IReadOnlyDictionary<string, double>? Scores { get; init; }

    /// <summary>The decision as people read it; null for none.</summary>
    public string? Decision { get; init; }

    /// <summary>How long the answer took, in milliseconds; null where unknown.</summary>
    public double? LatencyMs { get; init; }
}
