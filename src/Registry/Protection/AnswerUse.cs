using Governance.Registry.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Registry.Protection;

/// <summary>Whose budget.</summary>
public enum BudgetHolderKind
{
    /// <summary>A person or a service account.</summary>
    Principal,

    /// <summary>The members of a team together.</summary>
    Team,

    /// <summary>Everybody who asks the model.</summary>
    Model,
}

/// <summary>A budget's holder.</summary>
/// <param name="Kind">What the id is of.</param>
/// <param name="Id">Of the account, the team or the model.</param>
public readonly record struct BudgetHolder(BudgetHolderKind Kind, Guid Id);

/// <summary>Units that a holder spent on a model in one hour: what windows are summed from.</summary>
/// <remarks>Operational: it counts, and is no fact of governance; neither ledger nor triggers know it.</remarks>
public sealed class AnswerUse
{
    /// <summary>Starts an hour.</summary>
    /// <param name="model">On which model.</param>
    /// <param name="kind">Whose.</param>
    /// <param name="holder">The account, the team or the model.</param>
    /// <param name="hour">See <see cref="HourOf"/>.</param>
    public AnswerUse(ModelId model, BudgetHolderKind kind, Guid holder, long hour)
    {
        Model = model;
        Kind = kind;
        Holder = holder;
        Hour = hour;
    }

    public ModelId Model { get; private init; }

    public BudgetHolderKind Kind { get; private init; }

    public Guid Holder { get; private init; }

    /// <summary>Whole hours since year 1, UTC.</summary>
    public long Hour { get; private init; }

    /// <summary>Units charged, with those reserved and not yet spent; never negative.</summary>
    public long Units { get; private set; }

    /// <summary>Of them, units of answers that disclose more than a decision of a linear model; never negative.</summary>
    public long Disclosing { get; private set; }

    /// <summary>The hour of a time.</summary>
    public static long HourOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerHour;

    /// <summary>When an hour begins.</summary>
    public static DateTimeOffset Begin(long hour) => new(hour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    /// <summary>Adds units, or takes reserved ones back.</summary>
    /// <exception cref="InvalidOperationException">More would be taken back than was charged.</exception>
    internal void Add(long units, long disclosing)
    {
        if (Units + units < 0 || Disclosing + disclosing < 0)
        {
            throw new InvalidOperationException("More would be given back than was charged.");
        }

        Units += units;
        Disclosing += disclosing;
    }
}

internal sealed class AnswerUseMapping : IEntityTypeConfiguration<AnswerUse>
{
    public void Configure(EntityTypeBuilder<AnswerUse> builder)
    {
        builder.ToTable("AnswerUses");
        builder.HasKey(use => new { use.Model, use.Kind, use.Holder, use.Hour });
        builder.Property(use => use.Hour).ValueGeneratedNever();
    }
}
