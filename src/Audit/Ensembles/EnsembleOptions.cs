using Governance.Audit.Data;

namespace Governance.Audit.Ensembles;

/// <summary>How an ensemble is made.</summary>
public sealed record EnsembleOptions
{
    /// <summary>The most members of one ensemble: each is a whole model in one file and in memory.</summary>
    public const int MostMembers = 16;

    /// <summary>How members are put together.</summary>
    public required Combination Combination { get; init; }

    /// <summary>One weight a member, above 0, of <see cref="Combination.Weighted"/> and, if wished, of votes; null counts each alike.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>
    /// The positive score from which on (inclusive) the ensemble of two classes says the positive class; null takes the
    /// members' own where they agree, else 0.5. Votes have no threshold.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>Which numbers a stacked model learns.</summary>
    public StackedForm Stacked { get; init; } = StackedForm.Chosen;

    /// <summary>What fits these options wrongly, before anything is loaded.</summary>
    /// <param name="members">The number of members.</param>
    /// <exception cref="InputException">The options contradict each other or the number of members.</exception>
    public void Check(int members)
    {
        if (members < 2)
        {
            throw new InputException("An ensemble needs at least two members.");
        }

        if (members > MostMembers)
        {
            throw new InputException($"An ensemble has at most {MostMembers} members, not {members}.");
        }

        if (Weights is null)
        {
            if (Combination == Combination.Weighted)
            {
                throw new InputException("A weighted ensemble needs a weight for each member.");
            }
        }
        else if (Combination is Combination.Average or Combination.Stacking)
        {
            throw new InputException($"Weights belong to the combinations weighted and majority, not to {Combination.ToString().ToLowerInvariant()}.");
        }
        else if (Weights.Count != members)
        {
            throw new InputException($"There are {members} members and {Weights.Count} weights: each member needs one.");
        }
        else if (Weights.Any(weight => !double.IsFinite(weight) || weight <= 0))
        {
            throw new InputException("A member's weight is a number above 0; leave out a member that shall not count.");
        }

        if (Stacked != StackedForm.Chosen && Combination != Combination.Stacking)
        {
            throw new InputException($"The form of a stacked model belongs to stacking, not to {Combination.ToString().ToLowerInvariant()}.");
        }

        if (Threshold is double threshold && (threshold is not (> 0 and < 1) || Combination == Combination.Majority))
        {
            throw new InputException(Combination == Combination.Majority
                ? "A majority of votes has no threshold: each member decides by its own."
                : "The threshold of an ensemble lies between 0 and 1.");
        }
    }

    /// <summary>Shape [members], the sum being 1.</summary>
    internal double[] Shares(int members)
    {
        double[] weights = Weights is null ? Enumerable.Repeat(1.0, members).ToArray() : [.. Weights];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
