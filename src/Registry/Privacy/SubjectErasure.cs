using System.Text.Json.Nodes;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Privacy;

/// <summary>That a data set was replaced by one without a person's rows. Written once.</summary>
public sealed class SubjectErasure : IFact, IAppendOnly
{
    /// <summary>Records it, before the old file goes.</summary>
    /// <param name="request">At whose request.</param>
    /// <param name="dataset">The data set whose file was destroyed.</param>
    /// <param name="replacement">The one with the other rows; null where there were no others.</param>
    /// <param name="rows">How many rows were left out; at least 1.</param>
    /// <param name="erasedAt">UTC, to the microsecond.</param>
    public SubjectErasure(SubjectRequestId request, DatasetId dataset, DatasetId? replacement, long rows, DateTimeOffset erasedAt)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        Request = request;
        Dataset = dataset;
        Replacement = replacement;
        Rows = rows;
        ErasedAt = erasedAt;
    }

    public SubjectRequestId Request { get; private init; }

    public DatasetId Dataset { get; private init; }

    public DatasetId? Replacement { get; private init; }

    public long Rows { get; private init; }

    public DateTimeOffset ErasedAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(
        LedgerSubject.SubjectErasure, FactDigest.Of(new JsonArray(Request.ToString(), Dataset.ToString())).Hex);

    /// <inheritdoc/>
    public JsonObject ToFact() => new()
    {
        ["request"] = Request.ToString(),
        ["dataset"] = Dataset.ToString(),
        ["replacement"] = Replacement?.ToString(),
        ["rows"] = Rows,
        ["erasedAt"] = Microseconds.Iso(ErasedAt),
    };
}

internal sealed class SubjectErasureMapping : IEntityTypeConfiguration<SubjectErasure>
{
    public void Configure(EntityTypeBuilder<SubjectErasure> builder)
    {
        builder.HasKey(erasure => new { erasure.Request, erasure.Dataset });
        builder.Ignore(erasure => erasure.Subject);
        builder.HasIndex(erasure => erasure.Dataset);
        builder.HasOne<SubjectRequest>().WithMany().HasForeignKey(erasure => erasure.Request).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Dataset>().WithMany().HasForeignKey(erasure => erasure.Dataset).OnDelete(DeleteBehavior.Restrict);
    }
}
