using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Privacy;

/// <summary>
/// That a person was shown figures of a part of a data set. Not a fact: it is there so that the next part shown to them
/// does not tell, by its difference to this one, of a handful of persons.
/// </summary>
public sealed class ShownCohort
{
    /// <summary>The longest condition kept, in UTF-16 code units; a longer one is not shown to who must be protected from.</summary>
    public const int MaxLength = 4_000;

    /// <summary>Which.</summary>
    public required Guid Id { get; init; }

    /// <summary>To whom.</summary>
    public required UserId Person { get; init; }

    /// <summary>The digest of the data set's bytes.</summary>
    public required ArtifactDigest Dataset { get; init; }

    /// <summary>The condition that chose the rows.</summary>
    public required string Where { get; init; }

    /// <summary>The rows themselves as a packed set of bits, where the condition hangs on what a model said of them; else null.</summary>
    public byte[]? Rows { get; init; }

    /// <summary>Whether figures by protected group were shown of the part too.</summary>
    public bool ByGroup { get; init; }

    /// <summary>UTC, to the microsecond.</summary>
    public required DateTimeOffset At { get; init; }
}

internal sealed class ShownCohortMapping : IEntityTypeConfiguration<ShownCohort>
{
    public void Configure(EntityTypeBuilder<ShownCohort> builder)
    {
        builder.HasKey(cohort => cohort.Id);
        builder.Property(cohort => cohort.Id).ValueGeneratedNever();
        builder.Property(cohort => cohort.Where).HasMaxLength(ShownCohort.MaxLength);
        builder.HasIndex(cohort => new { cohort.Person, cohort.Dataset });
    }
}

/// <summary>The parts of data sets that each person was shown.</summary>
public sealed class ShownCohorts(IDbContextFactory<GovernanceDb> contexts, TimeProvider clock)
{
    /// <summary>The parts shown to someone before, the oldest first, each once.</summary>
    public async Task<IReadOnlyList<ShownRows>> OfAsync(UserId person, ArtifactDigest dataset, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<ShownRows> shown = await db.ShownCohorts.AsNoTracking().Where(row => row.Person == person && row.Dataset == dataset)
            .OrderBy(row => row.At).Select(row => new ShownRows(row.Where, row.Rows, row.ByGroup)).ToListAsync(cancellationToken);
        return [.. shown.DistinctBy(row => (row.Where, row.Packed is null ? "" : Convert.ToHexString(row.Packed), row.ByGroup))];
    }

    /// <summary>Writes down what is about to be shown.</summary>
    public async Task AddAsync(
        UserId person, ArtifactDigest dataset, IReadOnlyList<ShownRows> parts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parts);
        DateTimeOffset now = Microseconds.Truncate(clock.GetUtcNow());
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        db.ShownCohorts.AddRange(parts.Select(part => new ShownCohort
        {
            Id = Guid.CreateVersion7(now), Person = person, Dataset = dataset, Where = part.Where, Rows = part.Packed, ByGroup = part.ByGroup, At = now,
        }));
        await db.SaveChangesAsync(cancellationToken);
    }
}

/// <summary>A part of a data set that was shown.</summary>
/// <param name="Where">The condition that chose the rows.</param>
/// <param name="Packed">The rows as a packed set of bits, where the condition alone does not say which they are; else null.</param>
/// <param name="ByGroup">Whether figures by protected group were shown too.</param>
public sealed record ShownRows(string Where, byte[]? Packed = null, bool ByGroup = false);
