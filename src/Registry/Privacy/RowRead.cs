using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Privacy;

/// <summary>By which way rows were read.</summary>
public enum ReadPurpose
{
    Page,
    Api,
    Export,
}

/// <summary>What was read of rows.</summary>
public enum ReadKind
{
    Explanation,
    Counterfactual,
    WhatIf,
    Prediction,
    Evidence,
    Subject,
}

/// <summary>That someone looked at a row, or at many at once. Not a fact: a log of high volume, kept two years.</summary>
/// <remarks>
/// It names rows by keyed digests only. Written before the rows are shown; where it cannot be written they are not shown.
/// </remarks>
public sealed class RowRead
{
    /// <summary>Of the log, in days: older entries are removed when new ones are written.</summary>
    public const int KeptDays = 730;

    /// <summary>Which look.</summary>
    public required Guid Id { get; init; }

    /// <summary>UTC, to the microsecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who looked.</summary>
    public required UserId Person { get; init; }

    /// <summary>Through which version; null where through none.</summary>
    public ModelVersionId? Version { get; init; }

    /// <summary>At which data set.</summary>
    public required DatasetId Dataset { get; init; }

    /// <summary>How many rows at once; at least 1.</summary>
    public required int Rows { get; init; }

    /// <summary>The keyed digest of the row; of many, that of their list.</summary>
    public required string Row { get; init; }

    /// <summary>By which way.</summary>
    public required ReadPurpose Purpose { get; init; }

    /// <summary>What was shown.</summary>
    public required ReadKind Kind { get; init; }

    /// <summary>Whether protected and personal cells were shown too.</summary>
    public required bool Unmasked { get; init; }
}

internal sealed class RowReadMapping : IEntityTypeConfiguration<RowRead>
{
    public void Configure(EntityTypeBuilder<RowRead> builder)
    {
        builder.HasKey(read => read.Id);
        builder.Property(read => read.Id).ValueGeneratedNever();
        builder.Property(read => read.Row).HasMaxLength(64);
        builder.HasIndex(read => read.At);
        builder.HasIndex(read => read.Row);
        builder.HasIndex(read => new { read.Person, read.At });
        builder.HasIndex(read => new { read.Version, read.At });
    }
}

/// <summary>A look that is about to happen.</summary>
/// <param name="Version">Through which version; null where through none.</param>
/// <param name="Dataset">At which data set.</param>
/// <param name="Content">The digest of its bytes.</param>
/// <param name="Rows">Which rows, from 0; at least one.</param>
/// <param name="Purpose">By which way.</param>
/// <param name="Kind">What is shown.</param>
/// <param name="Unmasked">Whether protected and personal cells are shown too.</param>
public sealed record RowLook(
    ModelVersionId? Version, DatasetId Dataset, ArtifactDigest Content, IReadOnlyList<int> Rows, ReadPurpose Purpose,
    ReadKind Kind, bool Unmasked)
{
    /// <summary>What a look at many rows at once is digested from.</summary>
    public static string ListOf(ArtifactDigest content, IReadOnlyList<int> rows) => $"rows\n{content.Hex}\n{string.Join(',', rows)}";
}
