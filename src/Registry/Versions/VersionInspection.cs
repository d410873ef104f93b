using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;

namespace Governance.Registry.Versions;

/// <summary>What was found when a version's file was inspected, before it was registered. Written once.</summary>
/// <remarks>A row of its own and no column of the version: versions that were registered before have none.</remarks>
public sealed class VersionInspection : IFact, IAppendOnly
{
    /// <summary>Puts an inspection on record.</summary>
    /// <param name="version">Of which version; it has one.</param>
    /// <param name="report">The report in the store, JSON.</param>
    /// <param name="faults">How many of its checks failed, at least 0.</param>
    /// <param name="inspectedAt">UTC, to the microsecond.</param>
    public VersionInspection(ModelVersionId version, ArtifactDigest report, int faults, DateTimeOffset inspectedAt)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(faults);
        Version = version;
        Report = report;
        Faults = faults;
        InspectedAt = inspectedAt;
    }

    public ModelVersionId Version { get; private init; }

    public ArtifactDigest Report { get; private init; }

    /// <summary>How many of its checks failed.</summary>
    public int Faults { get; private init; }

    public DateTimeOffset InspectedAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Inspection, Version.ToString());

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["version"] = Version.ToString(),
        ["report"] = Report.Hex,
        ["faults"] = Faults,
        ["inspectedAt"] = Microseconds.Iso(InspectedAt),
    };
}

/// <summary>An inspection to put on record with a version.</summary>
/// <param name="Report">JSON in UTF-8.</param>
/// <param name="Faults">How many of its checks failed.</param>
public sealed record NewInspection(ReadOnlyMemory<byte> Report, int Faults);
