namespace Governance.Audit.Runs;

/// <summary>What came of computing evidence again.</summary>
public sealed record ReproductionReport
{
    /// <summary>SHA-256 of the document that was sealed, lower-case hex.</summary>
    public required string SealedDigest { get; init; }

    /// <summary>SHA-256 of the document that was computed now, lower-case hex.</summary>
    public required string Digest { get; init; }

    /// <summary>Whether both are the same bytes.</summary>
    public required bool BitEqual { get; init; }

    /// <summary>How many values differ.</summary>
    public required int Count { get; init; }

    /// <summary>The largest difference between two numbers; null where no number differs.</summary>
    public double? Largest { get; init; }

    /// <summary>The values that differ, in the order of the document; the first <see cref="CompareDocuments.MostListed"/>.</summary>
    public required IReadOnlyList<Deviation> Deviations { get; init; }
}

/// <summary>One value that differs.</summary>
/// <param name="Path">Where it stands, such as findings[3].value.</param>
/// <param name="Sealed">As it was sealed; null where there was none.</param>
/// <param name="Now">As it was computed now; null where there is none.</param>
/// <param name="Difference">Now − sealed, for numbers.</param>
public sealed record Deviation(string Path, string? Sealed, string? Now, double? Difference);
