using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.WhatIf;

/// <summary>Which what-if session.</summary>
public readonly record struct WhatIfSessionId(Guid Value) : IGuidId<WhatIfSessionId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static WhatIfSessionId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static WhatIfSessionId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>One person's what-if on one known row of a data set. Not a fact: it is removed with the data or after a time.</summary>
public sealed class WhatIfSession
{
    /// <summary>Edits of one row at most, by one person.</summary>
    public const int MostEdits = 30;

    /// <summary>Rows that one person begins on one version in a day at most.</summary>
    public const int MostRowsADay = 20;

    /// <summary>After so many days a session is over, and its row may be begun again.</summary>
    public const int KeptDays = 30;

    /// <summary>Which session.</summary>
    public required WhatIfSessionId Id { get; init; }

    /// <summary>Whose.</summary>
    public required UserId Person { get; init; }

    /// <summary>Of which version.</summary>
    public required ModelVersionId Version { get; init; }

    /// <summary>Of which data set the row is.</summary>
    public required DatasetId Dataset { get; init; }

    /// <summary>The row, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>UTC, to the microsecond.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>Edits made, undone ones included; at most <see cref="MostEdits"/>. Counts changes too: the concurrency token.</summary>
    public int Edits { get; internal set; }
}

/// <summary>One edit: the cells that differ from the known row, and what the version answered. Belongs to its session.</summary>
public sealed class WhatIfEdit
{
    /// <summary>The longest JSON of cells or answer, in UTF-16 code units.</summary>
    public const int MaxLength = 20_000;

    /// <summary>Of which session.</summary>
    public required WhatIfSessionId Session { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>UTC, to the microsecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A JSON object: the new cell of each column that differs from the known row.</summary>
    public required string Cells { get; init; }

    /// <summary>What was answered, as it was shown; JSON.</summary>
    public required string Answer { get; init; }

    /// <summary>Whether the person took it back. It counts all the same.</summary>
    public bool Undone { get; internal set; }
}

internal sealed class WhatIfSessionMapping : IEntityTypeConfiguration<WhatIfSession>
{
    public void Configure(EntityTypeBuilder<WhatIfSession> builder)
    {
        builder.HasKey(session => session.Id);
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.Edits).IsConcurrencyToken();
        builder.HasIndex(session => new { session.Person, session.Version, session.Dataset, session.Row });
        builder.HasIndex(session => session.BegunAt);
        builder.HasIndex(session => session.Dataset);
    }
}

internal sealed class WhatIfEditMapping : IEntityTypeConfiguration<WhatIfEdit>
{
    public void Configure(EntityTypeBuilder<WhatIfEdit> builder)
    {
        builder.HasKey(edit => new { edit.Session, edit.Number });
        builder.Property(edit => edit.Cells).HasMaxLength(WhatIfEdit.MaxLength);
        builder.Property(edit => edit.Answer).HasMaxLength(WhatIfEdit.MaxLength);
        builder.HasOne<WhatIfSession>().WithMany().HasForeignKey(edit => edit.Session).OnDelete(DeleteBehavior.Cascade);
    }
}
