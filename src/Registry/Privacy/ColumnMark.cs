using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Privacy;

/// <summary>What a column tells of a person.</summary>
public enum ColumnMarkKind
{
    /// <summary>Personal data: masked in rows as protected columns are.</summary>
    Personal,

    /// <summary>Says whose row it is: one person's rows are found by it. Personal too.</summary>
    Subject,
}

/// <summary>That a column of a registered data set is personal. Written once: a mark is never taken away.</summary>
/// <remarks>Taking one away would lay rows open; who was wrong registers the data set anew, with other marks.</remarks>
public sealed class ColumnMark : IFact, IAppendOnly
{
    /// <summary>Marks a column.</summary>
    /// <param name="dataset">Of which data set.</param>
    /// <param name="column">As in its header.</param>
    /// <param name="kind">What it tells.</param>
    /// <param name="markedBy">Who said so; null for the system.</param>
    /// <param name="markedAt">UTC, to the microsecond.</param>
    public ColumnMark(DatasetId dataset, string column, ColumnMarkKind kind, UserId? markedBy, DateTimeOffset markedAt)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        Dataset = dataset;
        Column = column;
        Kind = kind;
        MarkedBy = markedBy;
        MarkedAt = markedAt;
    }

    public DatasetId Dataset { get; private init; }

    public string Column { get; private init; }

    public ColumnMarkKind Kind { get; private init; }

    public UserId? MarkedBy { get; private init; }

    public DateTimeOffset MarkedAt { get; private init; }

    // A ledger id has at most 64 characters, a column's name may have more.
    /// <inheritdoc/>
    public LedgerSubject Subject => new(
        LedgerSubject.ColumnMark, FactDigest.Of(new JsonArray(Dataset.ToString(), Column, Kind.ToString())).Hex);

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["dataset"] = Dataset.ToString(),
        ["column"] = Column,
        ["kind"] = Kind.ToString(),
        ["markedBy"] = MarkedBy?.ToString(),
        ["markedAt"] = Microseconds.Iso(MarkedAt),
    };
}

internal sealed class ColumnMarkMapping : IEntityTypeConfiguration<ColumnMark>
{
    public void Configure(EntityTypeBuilder<ColumnMark> builder)
    {
        builder.HasKey(mark => new { mark.Dataset, mark.Column, mark.Kind });
        builder.Ignore(mark => mark.Subject);
        builder.HasOne<Dataset>().WithMany().HasForeignKey(mark => mark.Dataset).OnDelete(DeleteBehavior.Restrict);
    }
}
